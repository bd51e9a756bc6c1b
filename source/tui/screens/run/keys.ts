import type { Binding } from '../../keys.ts';
import { scrollKeys } from '../../scroll.ts';
import { put } from '../../turn.ts';
import { viewOf } from '../../view.ts';
import { calls, goBack, quit } from '../common.ts';
import { verify } from '../history/open.ts';
import { mayUndo, mayVerify, runOf } from '../history/state.ts';
import { openUndo } from '../undo/open.ts';
import { runContent } from './content.ts';
import type { RunScreen } from './state.ts';

export const runKeys: readonly Binding<RunScreen>[] = [
  { keys: ['v'], says: (words) => words.keys.verify, place: 'deed', when: (screen, wizard) => mayVerify(wizard, runOf(wizard, screen.run)), act: (screen, wizard) => verify(put(wizard, { ...screen, top: 0 }), screen.run) },
  { keys: ['u'], says: (words) => words.keys.undo, place: 'deed', when: (screen, wizard) => mayUndo(wizard, runOf(wizard, screen.run)), act: (screen, wizard) => openUndo(wizard, screen.run) },
  ...scrollKeys<RunScreen>((screen, wizard) => runContent(screen, wizard, viewOf(wizard)).length),
  calls('page'),
  quit(),
  goBack(),
];
