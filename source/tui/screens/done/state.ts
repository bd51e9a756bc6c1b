import type { Verdict } from '../../../model/proof.ts';
import { mainFindings } from '../findings/state.ts';
import type { Page } from '../../scroll.ts';
import type { Wizard } from '../../wizard.ts';

export interface DoneScreen extends Page {
  readonly name: 'done';
}

export const doneScreen: DoneScreen = { name: 'done', top: 0 };

/** What was left as it is on purpose: findings that the plan did not hold. */
export function untouched(wizard: Wizard, verdicts: readonly Verdict[]) {
  return mainFindings(wizard.looking.findings).filter((finding) => !verdicts.some((verdict) => verdict.finding === finding.id));
}

/** What was chosen, and of what stands in the list whatever went along with it. */
export function verdictsOf(wizard: Wizard): readonly Verdict[] {
  const result = wizard.applied?.result;
  const listed = mainFindings(wizard.looking.findings);
  return [...(result?.verdicts ?? []), ...(result?.along ?? []).filter((one) => listed.some((finding) => finding.id === one.finding))];
}

export function counted(wizard: Wizard) {
  const verdicts = verdictsOf(wizard);
  const of = (outcome: Verdict['outcome']) => verdicts.filter((verdict) => verdict.outcome === outcome).length;
  return { gone: of('gone'), left: of('left') + untouched(wizard, verdicts).length, unknown: of('cannot-tell') };
}
