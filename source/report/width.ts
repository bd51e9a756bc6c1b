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

/** Columns that a text takes: wide characters count two, colours none. The same measure as Ink's own layout. */
export const width = (text: string): number => (ASCII.test(text) ? text.length : measured(text));

export const graphemes = (text: string): readonly string[] =>
  ASCII.test(text) ? text.split('') : Array.from(segmenter.segment(text), (part) => part.segment);

export const pad = (text: string, columns: number): string => text + ' '.repeat(Math.max(0, columns - width(text)));
