import type { Severity } from '../model/finding.ts';

export type Role = Severity | 'strong' | 'faint' | 'path' | 'good' | 'bad' | 'unsure' | 'added' | 'removed' | 'hunk';

const CODES: Readonly<Record<Role, string>> = {
  critical: '1;31', high: '31', medium: '33', low: '0', info: '2',
  strong: '1', faint: '2', path: '36', good: '32', bad: '1;31', unsure: '33', added: '32', removed: '31', hunk: '36',
};

/** Colours a piece of text, or leaves it: nothing is said by colour alone. */
export type Paint = (role: Role, text: string) => string;

export const painter = (colour: boolean): Paint => (role, text) => (colour && text !== '' ? `\u001b[${CODES[role]}m${text}\u001b[0m` : text);
