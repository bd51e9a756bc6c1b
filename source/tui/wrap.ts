import { broken } from '../report/breaks.ts';

/** Lines of at most so many columns; what is longer by itself goes on in the next. */
export const wrap = (text: string, columns: number): readonly string[] => broken(text, columns, 'cut');

/** In at most so many lines; the last of them has all that is left, to be cut as its place wants it. */
export function wrapIn(text: string, columns: number, height: number): readonly string[] {
  const all = wrap(text, columns);
  if (all.length <= height) return all;
  const shown = all.slice(0, height - 1);
  // From where the last whole one ends: lines that are put together again would have blanks between Chinese characters.
  const from = shown.reduce((at, row) => text.indexOf(row, at) + row.length, 0);
  return [...shown, text.slice(from).trimStart()];
}
