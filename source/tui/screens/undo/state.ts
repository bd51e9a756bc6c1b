import type { Page } from '../../scroll.ts';
import type { Wizard } from '../../wizard.ts';

/** Asks, does and shows: what it shows follows from what is under way. */
export interface UndoScreen extends Page {
  readonly name: 'undo';
  readonly run?: string;
}

/** The run that is asked about went back already, from another terminal or before. */
export const wasUndone = ({ summary }: Wizard): boolean => summary !== undefined && summary !== 'none' && summary.ending === 'undone' && !summary.rest;

export const undoScreen = (run?: string): UndoScreen => ({ name: 'undo', run, top: 0 });
