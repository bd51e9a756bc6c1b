import { broken } from './breaks.ts';
import { pad, width } from './width.ts';

export { pad, width };

/** Lines of at most so many columns. A word that is longer, a path or a command, is left whole. */
export const wrap = (text: string, columns: number): readonly string[] => text.split('\n').flatMap((row) => (row.trim() === '' && row !== '' ? [''] : broken(row, columns, 'whole')));

/** A label, and beside it a text whose later lines stand under its first; under the label where that leaves less than two blanks between them. */
export function labelled(label: string, text: string, indent: number, columns: number): readonly string[] {
  const lines = wrap(text, Math.max(20, columns - indent)).map((line) => ' '.repeat(indent) + line);
  const head = label.trimEnd();
  if (width(head) > indent - 2) return [head, ...lines];
  return lines.map((line, i) => (i === 0 ? pad(head, indent) + line.slice(indent) : line));
}

/** A sentence that ends in a command to be pasted: the command is never broken, and stands on a line of its own where there is no room. */
export function ending(sentence: string, columns: number): readonly string[] {
  const { index } = /[:：]\s*(?=[^:：]*\bharden-tui\b|npm start)/.exec(sentence) ?? {};
  if (width(sentence) <= columns || index === undefined) return wrap(sentence, columns);
  return [...wrap(sentence.slice(0, index + 1), columns), `  ${sentence.slice(index + 1).trim()}`];
}
