import { openFresh, put, turn, type Turn } from '../../turn.ts';
import type { Wizard } from '../../wizard.ts';
import { undoScreen } from './state.ts';

const asking = (wizard: Wizard): Wizard => ({ ...wizard, summary: undefined, since: undefined, toCome: undefined, undoing: undefined });

/** Looks up what a run kept, and shows what would come back. Without a name it is the last run. */
export const openUndo = (wizard: Wizard, run?: string): Turn => turn(openFresh(asking(wizard), undoScreen(run)), { kind: 'summary', run });

/** The same on the screen of an undo that left something: asked about anew. */
export const undoRest = (wizard: Wizard, run: string): Turn => turn(put(asking(wizard), undoScreen(run)), { kind: 'summary', run });
