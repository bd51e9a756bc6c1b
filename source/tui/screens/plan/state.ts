import { fallingWith } from '../../../engine/dropped.ts';
import type { Plan, Step } from '../../../model/plan.ts';
import type { Wizard } from '../../wizard.ts';

export interface PlanScreen {
  readonly name: 'plan';
  /** Index of the highlighted row. */
  readonly at: number;
  /** Number of the step that `x` is about to take out: what falls with it is shown before it falls. */
  readonly dropping?: number;
}

export const planScreen: PlanScreen = { name: 'plan', at: 0 };

/** What is one row of the screen: a step, or builds side by side. */
export interface PlanRow {
  readonly steps: readonly Step[];
  /** It was left out by itself, and can be put back. */
  readonly dropped: boolean;
}

const isBuild = (row: PlanRow | undefined): boolean => row?.steps[0]?.change.kind === 'build-image';

export function rowsOf({ steps, dropped = [] }: Plan): readonly PlanRow[] {
  const all = [...steps.map((step) => ({ step, dropped: false })), ...dropped.map((step) => ({ step, dropped: true }))].sort((a, b) => a.step.number - b.step.number);
  const rows: PlanRow[] = [];
  for (const { step, dropped: out } of all) {
    const last = rows.at(-1);
    if (last && isBuild(last) && step.change.kind === 'build-image') rows[rows.length - 1] = { ...last, steps: [...last.steps, step] };
    else rows.push({ steps: [step], dropped: out });
  }
  return rows;
}

export const rowWith = (plan: Plan, number: number | undefined): PlanRow | undefined => rowsOf(plan).find((row) => row.steps.some((step) => step.number === number));

/** The number after the last one: the checks stand there. */
export const checkNumber = ({ steps, dropped = [] }: Plan): number => Math.max(0, ...[...steps, ...dropped].map((step) => step.number)) + 1;

/** What follows where a row is taken out by itself; undefined where its findings go with it. */
export const alone = ({ steps }: PlanRow) => (steps.length === 1 ? steps[0]?.alone : undefined);

/** Findings that leave the plan when a row is taken out: all that it serves, and those that can't do without one of them. */
export const fallsWith = (plan: Plan, row: PlanRow): readonly string[] => (alone(row) ? [] : [...new Set(row.steps.flatMap((step) => fallingWith(plan, step)))]);

export function titlesOf(plan: Plan, ids: readonly string[], lang: Wizard['given']['lang']): readonly string[] {
  return ids.flatMap((id) => plan.findings.filter((finding) => finding.id === id).map((finding) => finding.title[lang]));
}

/** Why the plan cannot be applied from here; undefined when it can. */
export function barred(wizard: Wizard): 'dry' | 'remote' | 'empty' | undefined {
  if (wizard.given.dryRun) return 'dry';
  if (wizard.looking.machine?.docker?.remote && !wizard.given.allowRemote) return 'remote';
  return (wizard.draft?.plan?.steps.length ?? 0) === 0 ? 'empty' : undefined;
}
