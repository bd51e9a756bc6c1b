import type { Span } from '../span.ts';

export interface Line extends Span {
  /** Where the line ending begins. */
  readonly contentEnd: number;
}

/** Lines with their line endings; a byte order mark is of no line. */
export function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let start = text.startsWith('\uFEFF') ? 1 : 0;
  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline + 1;
    let contentEnd = newline === -1 ? end : newline;
    if (contentEnd > start && text[contentEnd - 1] === '\r') contentEnd--;
    lines.push({ start, end, contentEnd });
    start = end;
  }
  return lines;
}

/** The stretch without blanks at both ends; empty at the end of the leading ones when nothing else is there. */
export function trim(text: string, start: number, end: number): Span {
  while (start < end && isBlank(text[start]!)) start++;
  while (end > start && isBlank(text[end - 1]!)) end--;
  return { start, end };
}

function isBlank(char: string): boolean {
  return char === ' ' || char === '\t' || char === '\r' || char === '\f' || char === '\v';
}
