import type { Span } from './span.ts';

/** Text that stands in several pieces (continued lines) read as one, and where each piece is in the file. */
export interface Joined {
  readonly text: string;
  /** `from` in `text` is `at` in the file. In order; a piece runs up to the next one. */
  readonly pieces: readonly { readonly from: number; readonly at: number }[];
}

export function offsetIn(joined: Joined, index: number): number {
  let low = 0;
  let high = joined.pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (joined.pieces[middle]!.from <= index) low = middle;
    else high = middle - 1;
  }
  const piece = joined.pieces[low]!;
  return piece.at + index - piece.from;
}

/** The stretch in the file of a stretch in the joined text. It may run over a continuation. */
export function spanIn(joined: Joined, start: number, end: number): Span {
  const from = offsetIn(joined, start);
  return { start: from, end: end > start ? offsetIn(joined, end - 1) + 1 : from };
}
