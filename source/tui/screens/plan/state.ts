import type { Plan, Step } from '../../../model/plan.ts';
import type { Wizard } from '../../wizard.ts';

export interface PlanScreen {
  readonly name: 'plan';
  /** Index of the highlighted step. */
  readonly at: number;
  /** Number of the step that `x` is about to take out: what falls with it is shown before it falls. */
  readonly dropping?: number;
}

export const planScreen: PlanScreen = { name: 'plan', at: 0 };

/** Findings that leave the plan when a step is taken out: all that the step serves. */
export const fallsWith = (step: Step): readonly string[] => step.because;

export function titlesOf(plan: Plan, ids: readonly string[], lang: Wizard['given']['lang']): readonly string[] {
  return ids.flatMap((id) => plan.findings.filter((finding) => finding.id === id).map((finding) => finding.title[lang]));
}

/** Why the plan cannot be applied from here; undefined when it can. */
export function barred(wizard: Wizard): 'dry' | 'remote' | 'empty' | undefined {
  if (wizard.given.dryRun) return 'dry';
  if (wizard.looking.machine?.docker?.remote && !wizard.given.allowRemote) return 'remote';
  return (wizard.draft?.plan?.steps.length ?? 0) === 0 ? 'empty' : undefined;
}
