import { noSearch, type Search } from '../../search.ts';
import type { Result } from '../../../engine/session.ts';
import type { Run, Wizard } from '../../wizard.ts';

export interface TakenBackScreen {
  readonly name: 'taken-back';
  /** The highlighted way on. */
  readonly way: number;
  /** The whole log instead of the outcome. */
  readonly whole: boolean;
  readonly top?: number;
  /** The row of the log last found. */
  readonly at?: number;
  readonly search: Search;
}

export const takenBackScreen: TakenBackScreen = { name: 'taken-back', way: 0, whole: false, search: noSearch };

export type WayOn = 'again' | 'without' | 'stop';

/** Findings that the failed step served, or whose fix a failed check blames: with them left out the rest may hold. */
export function blamed(run: Run, result: Result): readonly string[] {
  const step = run.plan.steps.find((one) => one.number === result.failure?.step);
  return step?.because ?? result.failure?.blames ?? [];
}

const servicesOf = ({ plan }: Run, findings: readonly string[]): readonly string[] =>
  [...new Set((plan.ties ?? []).filter((tie) => findings.includes(tie.finding)).flatMap((tie) => tie.services))];

/** The one service that all of them are about, and nothing else that was chosen: it has a name, and they have titles. */
export function oneService(run: Run, findings: readonly string[]): string | undefined {
  const services = servicesOf(run, findings);
  return services.length === 1 && !servicesOf(run, keptWithout(run, findings)).includes(services[0]!) ? services[0] : undefined;
}

const keptWithout = ({ plan }: Run, findings: readonly string[]): readonly string[] => plan.choices.map((choice) => choice.finding).filter((id) => !findings.includes(id));

/** Services whose fixes stay where those findings are left out. */
export const keptServices = (run: Run, findings: readonly string[]): readonly string[] => servicesOf(run, keptWithout(run, findings));

/** Leaving out what failed is a way on only while something else is left. */
export function waysOn(wizard: Wizard): readonly WayOn[] {
  const run = wizard.applied;
  if (!run?.result) return [];
  const out = blamed(run, run.result);
  const left = run.plan.choices.filter((choice) => !out.includes(choice.finding)).length;
  return ['again', ...(out.length > 0 && left > 0 ? ['without' as const] : []), 'stop'];
}
