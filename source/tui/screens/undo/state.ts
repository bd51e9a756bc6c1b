import type { Page } from '../../scroll.ts';

/** Asks, does and shows: what it shows follows from what is under way. */
export interface UndoScreen extends Page {
  readonly name: 'undo';
  readonly run?: string;
}

export const undoScreen = (run?: string): UndoScreen => ({ name: 'undo', run, top: 0 });
