import type { Wizard } from '../../wizard.ts';

/** From so many columns on list and finding stand side by side; which of them has the keys is which of them is shown. */
const WIDE = 120;

/** Sentences have one column, however long they are. */
export const isWide = ({ size, given }: Pick<Wizard, 'size' | 'given'>): boolean => given.linear === undefined && size.columns >= WIDE;
