import { newRun, type Wizard } from '../../wizard.ts';
import { wholeLog, type Shown } from '../applying/state.ts';
import { rehearsalOf, type RehearsalScreen } from './state.ts';

/** Everything that was run for the copies and that it said, in sight from where one scrolled to. */
export function logInSight(screen: RehearsalScreen, wizard: Wizard): Shown {
  const rehearsal = rehearsalOf(wizard);
  const run = rehearsal && { ...newRun(rehearsal.plan), ...rehearsal.said };
  return wholeLog({ name: 'applying', whole: true, top: screen.log }, run, wizard);
}
