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

/** Findings that the failed step served: with them left out the rest may hold. */
export function blamed(run: Run, result: Result): readonly string[] {
  const step = run.plan.steps.find((one) => one.number === result.failure?.step);
  const proven = result.verdicts.filter((verdict) => verdict.outcome !== 'gone').map((verdict) => verdict.finding);
  return step?.because ?? proven;
}

/** Leaving out what failed is a way on only while something else is left. */
export function waysOn(wizard: Wizard): readonly WayOn[] {
  const run = wizard.applied;
  if (!run?.result) return [];
  const out = blamed(run, run.result);
  const left = run.plan.choices.filter((choice) => !out.includes(choice.finding)).length;
  return ['again', ...(out.length > 0 && left > 0 ? ['without' as const] : []), 'stop'];
}
