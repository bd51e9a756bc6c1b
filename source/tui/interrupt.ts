import { isUnderWay } from './rehearsing.ts';
import { leave } from './screens/common.ts';
import { note, turn, type Turn } from './turn.ts';
import { viewOf } from './view.ts';
import type { Wizard } from './wizard.ts';

/**
 * Ctrl-C, or a signal with its own exit code. While a plan is applied the step that runs is finished and all is taken
 * back; a second one leaves at once, and the journal says what is left. While a run is taken back it goes on to its end
 * first: half of it would be a mixture. Elsewhere nothing is under way, so the wizard leaves at once.
 */
export function interrupted(wizard: Wizard, code = 130, signal = false): Turn {
  const { applied, undoing, rehearsal, search } = wizard;
  if (search?.over === false) {
    if (wizard.leaveWith !== undefined) return leave(wizard, code);
    return turn({ ...wizard, search: { ...search, stopping: true }, leaveWith: code }, ...(search.stopping ? [] : [{ kind: 'interrupt' as const }]));
  }
  if (rehearsal && isUnderWay(rehearsal)) {
    // The copies are taken away first; a second ctrl-c leaves that to the next start.
    if (wizard.leaveWith !== undefined) return leave(wizard, code);
    return turn({ ...wizard, rehearsal: { ...rehearsal, stopping: true }, leaveWith: code }, ...(rehearsal.stopping ? [] : [{ kind: 'interrupt' as const }]));
  }
  if (applied && !applied.result) {
    if (applied.stopping) return leave(wizard, code);
    // A signal means that nobody reads the outcome: then the wizard leaves as soon as all is back.
    return turn({ ...wizard, applied: { ...applied, stopping: true }, leaveWith: signal ? code : undefined }, { kind: 'interrupt' });
  }
  if (undoing && !undoing.result) {
    if (wizard.leaveWith !== undefined) return leave(wizard, code);
    return turn(note({ ...wizard, leaveWith: code }, viewOf(wizard).words.undo.wait));
  }
  return leave(wizard, wizard.ended ? wizard.ended.result.exitCode : code);
}
