import stringWidth from 'string-width';

const ASCII = /^[\u0020-\u007e]*$/;
const segmenter = new Intl.Segmenter();

/** Measured before: every frame has most of its texts from the last one, and measuring is what a frame costs most. */
const known = new Map<string, number>();
const MOST = 10_000;

function measured(text: string): number {
  const before = known.get(text);
  if (before !== undefined) return before;
  if (known.size >= MOST) known.clear();
  const columns = stringWidth(text);
  known.set(text, columns);
  return columns;
}

/** Columns that a text takes: wide characters count two. The same measure as Ink's own layout. */
export const width = (text: string): number => (ASCII.test(text) ? text.length : measured(text));

export const graphemes = (text: string): readonly string[] =>
  ASCII.test(text) ? text.split('') : Array.from(segmenter.segment(text), (part) => part.segment);

/** The start of a text that fits, with a mark where something was left out. */
export function fit(text: string, columns: number, more = '…'): string {
  if (width(text) <= columns) return text;
  const room = columns - width(more);
  if (room < 0) return ''.padEnd(columns);
  let kept = '';
  let used = 0;
  for (const part of graphemes(text)) {
    used += width(part);
    if (used > room) break;
    kept += part;
  }
  return kept + more;
}

/** Both ends of a text that does not fit: of a path the last part says most, of a sentence the first. */
export function squeeze(text: string, columns: number, more = '…'): string {
  if (width(text) <= columns) return text;
  const parts = graphemes(text);
  const tail = Math.floor((columns - width(more)) * 0.6);
  let end = '';
  for (let i = parts.length - 1; i >= 0 && width(parts[i]! + end) <= tail; i--) end = parts[i]! + end;
  return fit(text, columns - width(end), more) + end;
}

export const pad = (text: string, columns: number): string => text + ' '.repeat(Math.max(0, columns - width(text)));

/** Fitted and filled up: exactly so many columns. */
export const cell = (text: string, columns: number, more?: string): string => pad(fit(text, columns, more), columns);
