/**
 * The ground under every format: places in a text, and edits of those places.
 *
 * A file is never printed from a tree. A parser says where things stand, a fix says which stretch
 * becomes which text, and every byte outside stays what it was.
 */

/** A stretch of the text as it was read (byte order mark included), in UTF-16 units, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface TextEdit extends Span {
  readonly text: string;
}

/** What a parser could not make sense of. The rest of the file was still read. */
export interface ParseFault {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** An edit that cannot be made safely, in words for the reader. */
export interface Refused {
  readonly refused: string;
}

export type Edits = readonly TextEdit[] | Refused;

export function isRefused(edits: Edits): edits is Refused {
  return 'refused' in edits;
}

export class OverlappingEdits extends Error {
  override readonly name = 'OverlappingEdits';
}

const same = (a: TextEdit, b: TextEdit) => a.start === b.start && a.end === b.end && a.text === b.text;
const isInsert = (edit: TextEdit) => edit.start === edit.end;

/**
 * Makes all edits at once. Two findings may ask for the very same edit: it is made once. Inserts at one
 * offset keep the given order, and stand before a replacement that begins there.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const sorted = [...edits].sort((a, b) => a.start - b.start || Number(isInsert(b)) - Number(isInsert(a)));
  const parts: string[] = [];
  const made: TextEdit[] = [];
  let at = 0;
  for (const edit of sorted) {
    if (edit.start < 0 || edit.end < edit.start || edit.end > text.length) {
      throw new RangeError(`An edit of ${edit.start}..${edit.end} lies outside a text of ${text.length}`);
    }
    // Equal edits share their start, so only the last few made can be equal to this one.
    if (madeAlready(made, edit)) continue;
    if (edit.start < at) {
      throw new OverlappingEdits(`Two edits overlap at offset ${edit.start}`);
    }
    parts.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
    made.push(edit);
  }
  parts.push(text.slice(at));
  return parts.join('');
}

function madeAlready(made: readonly TextEdit[], edit: TextEdit): boolean {
  for (let i = made.length - 1; i >= 0; i--) {
    const other = made[i]!;
    if (other.start !== edit.start) return false;
    if (same(other, edit)) return true;
  }
  return false;
}

export interface Position {
  readonly line: number;
  readonly column: number;
}

const BOM = '\uFEFF';

/** Line and column as an editor shows them: both from 1, the byte order mark takes no column. */
export function position(text: string, offset: number): Position {
  return positions(text)(offset);
}

/** The same for many offsets of one text: the lines are counted once. */
export function positions(text: string): (offset: number) => Position {
  const starts = [0];
  for (let i = text.indexOf('\n'); i !== -1; i = text.indexOf('\n', i + 1)) starts.push(i + 1);
  const mark = text.startsWith(BOM) ? 1 : 0;
  return (offset) => {
    const wanted = Math.max(0, Math.min(offset, text.length));
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= wanted) low = middle;
      else high = middle - 1;
    }
    const column = wanted - starts[low]! + 1;
    return { line: low + 1, column: low === 0 ? Math.max(1, column - mark) : column };
  };
}

/** The line ending that most lines of the file have; `\n` where there is none to follow. */
export function eol(text: string): '\n' | '\r\n' {
  let unix = 0;
  let windows = 0;
  for (let i = text.indexOf('\n'); i !== -1; i = text.indexOf('\n', i + 1)) {
    if (text[i - 1] === '\r') windows++;
    else unix++;
  }
  return windows > unix ? '\r\n' : '\n';
}

/** Offset of the first character of the line that holds `offset`. */
export function lineStart(text: string, offset: number): number {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return offset <= 0 ? 0 : start;
}

/** Offset just behind the line ending of the line that holds `offset`, or the end of the text. */
export function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline === -1 ? text.length : newline + 1;
}

/** Does the text end inside a line, so that a line put behind it needs a line ending first? */
export function lacksFinalEol(text: string): boolean {
  return text.length > 0 && text !== BOM && !text.endsWith('\n');
}
