import { elsewhereOf } from '../../../engine/elsewhere.ts';
import { quote } from '../../../files/shellwords.ts';
import type { Verdict } from '../../../model/proof.ts';
import { cameTo, verdictsOf as verdictsIn } from '../../../report/came-to.ts';
import { mainFindings, ownFindings } from '../findings/state.ts';
import type { Page } from '../../scroll.ts';
import { tally } from '../../tally.ts';
import type { Wizard } from '../../wizard.ts';

export interface DoneScreen extends Page {
  readonly name: 'done';
}

export const doneScreen: DoneScreen = { name: 'done', top: 0 };

/** What was left as it is on purpose: findings that the plan did not hold. */
export function untouched(wizard: Wizard, verdicts: readonly Verdict[]) {
  return mainFindings(ownFindings(wizard.looking.findings)).filter((finding) => !verdicts.some((verdict) => verdict.finding === finding.id));
}

/** The commands that only a person can give, here and elsewhere, as they can be pasted. */
export const byHand = ({ applied }: Wizard): readonly string[] => (applied ? [...tally(applied.plan).hand.flatMap((one) => one.commands.map(quote)), ...elsewhereOf(applied.plan).flatMap((one) => (one.argv.length > 0 ? [quote(one.argv)] : []))] : []);

/** What was chosen, and whatever went along with it. */
export const verdictsOf = (wizard: Wizard): readonly Verdict[] => (wizard.applied?.result ? verdictsIn(wizard.applied.result) : []);

/** What the run came to; what it did not touch is left, too. */
export function counted(wizard: Wizard): { readonly gone: number; readonly left: number; readonly unknown: number } {
  const run = wizard.applied;
  if (!run?.result) return { gone: 0, left: 0, unknown: 0 };
  const { gone, left, unknown, untold } = cameTo({ ...run.result, plan: run.plan });
  return { gone, left: left + untouched(wizard, verdictsOf(wizard)).length, unknown: unknown + untold };
}
