import { graphemes, width } from './width.ts';

/** Marks that may not begin a line, and marks that may not end one. */
const CLOSING = /^[，。、；：？！）】》」』”’,.;:?!)\]}%…]+$/u;
const OPENING = /^[（【《「『“‘([{]$/u;

interface Unit {
  text: string;
  spaces: number;
}

/** What may not be broken: a word of Latin letters, or one wide character with its punctuation. */
function units(text: string): Unit[] {
  const found: Unit[] = [];
  let spaces = 0;
  let glued = false;
  for (const part of graphemes(text)) {
    if (part === ' ') {
      spaces += 1;
      glued = false;
      continue;
    }
    const last = found.at(-1);
    const wide = width(part) > 1;
    const joins = last !== undefined && spaces === 0 && (CLOSING.test(part) || OPENING.test(last.text.at(-1) ?? '') || (glued && !wide));
    if (joins) last.text += part;
    else found.push({ text: part, spaces });
    spaces = 0;
    glued = !wide;
  }
  return found;
}

function* pieces(unit: string, columns: number): Generator<string> {
  let piece = '';
  for (const part of graphemes(unit)) {
    if (piece !== '' && width(piece) + width(part) > columns) {
      yield piece;
      piece = '';
    }
    piece += part;
  }
  yield piece;
}

/** Lines of at most so many columns: broken between words, and between Chinese characters but not before their punctuation. */
export function wrap(text: string, columns: number): readonly string[] {
  if (width(text) <= columns) return [text];
  const lines: string[] = [];
  let line: string | undefined;
  for (const { text: unit, spaces } of units(text)) {
    const gap = ' '.repeat(spaces);
    if (line !== undefined && width(line) + spaces + width(unit) <= columns) {
      line += gap + unit;
      continue;
    }
    if (line !== undefined) lines.push(line);
    const first: string = line === undefined && width(gap + unit) <= columns ? gap + unit : unit;
    const parts = [...pieces(first, columns)];
    lines.push(...parts.slice(0, -1));
    line = parts.at(-1) ?? '';
  }
  return line === undefined ? lines : [...lines, line];
}

/** In at most so many lines; the last of them has all that is left, to be cut as its place wants it. */
export function wrapIn(text: string, columns: number, height: number): readonly string[] {
  const all = wrap(text, columns);
  if (all.length <= height) return all;
  const shown = all.slice(0, height - 1);
  // From where the last whole one ends: lines that are put together again would have blanks between Chinese characters.
  const from = shown.reduce((at, row) => text.indexOf(row, at) + row.length, 0);
  return [...shown, text.slice(from).trimStart()];
}
