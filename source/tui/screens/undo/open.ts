import { openFresh, turn, type Turn } from '../../turn.ts';
import type { Wizard } from '../../wizard.ts';
import { undoScreen } from './state.ts';

/** Looks up what a run kept, and shows what would come back. Without a name it is the last run. */
export const openUndo = (wizard: Wizard, run?: string): Turn =>
  turn(openFresh({ ...wizard, summary: undefined, since: undefined, toCome: undefined, undoing: undefined }, undoScreen(run)), { kind: 'summary', run });
