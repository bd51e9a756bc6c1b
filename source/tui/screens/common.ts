import type { Binding } from '../keys.ts';
import { back, note, openFresh, turn, type Turn } from '../turn.ts';
import { viewOf } from '../view.ts';
import { isUnderWay } from '../rehearsing.ts';
import { choicesOf, type Wizard } from '../wizard.ts';
import { chosenRows } from './findings/state.ts';
import { commandsScreen } from './commands/state.ts';
import type { Screen } from './screen.ts';

/** The code the wizard leaves with: that of the last run, if there was one. */
export const exitCode = (wizard: Wizard): number => wizard.ended?.result.exitCode ?? 0;

/** Something was chosen, and nothing of it was applied yet. */
export const hasUnapplied = (wizard: Wizard): boolean => wizard.applied?.result === undefined && choicesOf(wizard).length > 0;

export const leave = (wizard: Wizard, code = exitCode(wizard)): Turn => turn({ ...wizard, left: code });

/** A plan is being tried or applied or a run taken back: only ctrl-c may end that, and esc a rehearsal. */
export const isBusy = ({ applied, undoing, rehearsal, search }: Wizard): boolean => search?.over === false || isUnderWay(rehearsal) || (applied !== undefined && !applied.result) || (undoing !== undefined && !undoing.result);

/** Leaves, asking once if something is chosen. */
export function leaving(wizard: Wizard): Turn {
  if (!hasUnapplied(wizard) || wizard.given.dryRun) return leave(wizard);
  const { words } = viewOf(wizard);
  return turn(note({ ...wizard, asksToQuit: true }, words.leave.ask(chosenRows(wizard, choicesOf(wizard).map((choice) => choice.finding)).chosen)));
}

export const quit = <S extends Screen>(place: Binding['place'] = 'page'): Binding<S> => ({
  keys: ['q'],
  says: (words, _screen, wizard) => words.keys.quitWith(exitCode(wizard)),
  place,
  when: (_screen, wizard) => !isBusy(wizard),
  act: (_screen, wizard) => leaving(wizard),
});

export const goBack = <S extends Screen>(place: Binding['place'] = 'way'): Binding<S> => ({
  keys: ['esc'],
  says: (words) => words.keys.back,
  place,
  act: (_screen, wizard) => turn(back(wizard)),
});

/** The findings, or what the run came to, as Markdown into a file of its own; where that is, is asked first. */
export const report = <S extends Screen>(place: Binding['place'] = 'deed'): Binding<S> => ({
  keys: ['w'],
  says: (words) => words.keys.report,
  place,
  when: (_screen, wizard) => wizard.given.can.report === true && wizard.looking.machine !== undefined,
  act: (_screen, wizard) => turn(wizard, { kind: 'place', page: 'report' }),
});

/** Every call and command, so far and to come. Absent while there is nothing to show. */
export const calls = <S extends Screen>(place: Binding['place'] = 'deed'): Binding<S> => ({
  keys: ['c'],
  says: (words) => words.keys.commands,
  place,
  when: (_screen, wizard) => wizard.given.can.calls || wizard.draft?.preview !== undefined || wizard.rehearsal !== undefined || wizard.applied !== undefined || wizard.toCome !== undefined,
  act: (_screen, wizard) => turn(openFresh(wizard, commandsScreen), ...(wizard.given.can.calls ? [{ kind: 'calls' as const }] : [])),
});
