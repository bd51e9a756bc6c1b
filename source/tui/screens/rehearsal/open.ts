import { isRehearsable, newRehearsal } from '../../rehearsing.ts';
import { openFresh, turn, type Turn } from '../../turn.ts';
import type { Wizard } from '../../wizard.ts';
import { confirmScreen } from '../confirm/state.ts';
import { rehearsalOf, rehearsalScreen } from './state.ts';

/** There is something to rehearse, and somebody who can. */
export const canRehearse = (wizard: Wizard): boolean => wizard.given.can.rehearse === true && wizard.draft?.plan !== undefined && isRehearsable(wizard.draft.plan);

/** Begins a rehearsal of the plan, whatever was rehearsed before. */
export function rehearse(wizard: Wizard): Turn {
  const plan = wizard.draft?.plan;
  if (!plan) return turn(wizard);
  return turn({ ...openFresh(wizard, rehearsalScreen), rehearsal: newRehearsal(plan) }, { kind: 'rehearse', plan, ...(wizard.own ? { own: wizard.own } : {}) });
}

/** On from the plan: to copies, or to what they showed already; where there are none, to the confirmation. */
export function onFromPlan(wizard: Wizard): Turn {
  if (!canRehearse(wizard)) return turn(openFresh(wizard, confirmScreen));
  return rehearsalOf(wizard)?.result ? turn(openFresh(wizard, rehearsalScreen)) : rehearse(wizard);
}
