import type { Wizard } from '../wizard.ts';

/** Nothing scrolls where nothing is drawn: a page is long, and as wide as lines are read well. */
export const spokenSize = ({ columns }: Wizard['size']): Wizard['size'] => ({ columns: Math.max(80, Math.min(columns, 100)), rows: 400 });
