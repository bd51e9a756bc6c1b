import { discreet } from './discreet.ts';
import { oneLine } from './plain.ts';

/** The title of a finding: a sentence of ours, in which an option's name is followed by what it says of it and not by a value. */
export const titled = (title: string): string =>
  oneLine(title).replace(/[\\`*_{}[\]<>#~$@]/g, '\\$&').replace(/&/g, '&amp;').replace(/(https?):\/\//gi, '$1&#58;//').replace(/^(\s*)([-+]|\d+[.)])(?=\s)/, '$1\\$2');

/** Text from files and containers as words of Markdown: nothing in it becomes a link, a picture, HTML or a mark. */
export const words = (text: string): string => titled(discreet(text));

/** Verbatim on one line, in as many backticks as it takes. */
export function code(text: string): string {
  const inside = oneLine(discreet(text));
  const longest = Math.max(0, ...(inside.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = inside.startsWith('`') || inside.endsWith('`') || inside === '' ? ' ' : '';
  return `${fence}${pad}${inside}${pad}${fence}`;
}

/** A block as it stands, in a fence that nothing in it ends. */
export function block(text: string, kind = ''): readonly string[] {
  const longest = Math.max(2, ...(text.match(/^\s*`{3,}/gm) ?? []).map((run) => run.trim().length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${kind}`, ...text.replace(/\n$/, '').split('\n'), fence];
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  // A bar ends a cell, in code too.
  const row = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...rows.map(row)];
}
