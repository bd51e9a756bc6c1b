import type { Binding } from '../../keys.ts';
import { moved, movingKeys } from '../../scroll.ts';
import { openFresh, turn } from '../../turn.ts';
import type { Wizard } from '../../wizard.ts';
import { calls, goBack, quit } from '../common.ts';
import { runScreen } from '../run/state.ts';
import { openUndo } from '../undo/open.ts';
import { verify } from './open.ts';
import { mayUndo, mayVerify, runsHere, type HistoryScreen } from './state.ts';

const runAt = (screen: HistoryScreen, wizard: Wizard) => runsHere(wizard)[screen.at];

/** Rows that a page key moves by. */
const PAGE = 8;

export const historyKeys: readonly Binding<HistoryScreen>[] = [
  { keys: ['enter'], says: (words) => words.keys.open, place: 'deed', when: (screen, wizard) => runAt(screen, wizard) !== undefined, act: (screen, wizard) => turn(openFresh(wizard, runScreen(runAt(screen, wizard)!.summary.run))) },
  { keys: ['v'], says: (words) => words.keys.verify, place: 'deed', when: (screen, wizard) => mayVerify(wizard, runAt(screen, wizard)), act: (screen, wizard) => verify(wizard, runAt(screen, wizard)!.summary.run) },
  { keys: ['u'], says: (words) => words.keys.undo, place: 'deed', when: (screen, wizard) => mayUndo(wizard, runAt(screen, wizard)), act: (screen, wizard) => openUndo(wizard, runAt(screen, wizard)!.summary.run) },
  ...movingKeys((screen: HistoryScreen, wizard: Wizard, key: string) => ({ ...screen, at: moved(screen.at, key, runsHere(wizard).length, PAGE) }), 'list'),
  calls('page'),
  quit(),
  goBack(),
];
