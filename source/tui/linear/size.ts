import type { Wizard } from '../wizard.ts';

/** Nothing is cut and nothing scrolls where nothing is drawn: a sentence is one row, and a page is long. */
export const SPOKEN: Wizard['size'] = { columns: 1000, rows: 400 };
