import { plain } from './plain.ts';
import type { Role } from './theme.ts';
import { fit, width } from './width.ts';
import { wrap } from './wrap.ts';

/** A piece of a row: harmless text, and what it is. */
export interface Span {
  readonly text: string;
  readonly role?: Role;
}

/** One row of the screen. Rows are made by pure functions and drawn by parts/rows.tsx; nothing else measures or cuts. */
export type Line = readonly Span[];

export const blank: Line = [];

/** The only way text comes into a row, so none comes in with terminal escapes. */
export const span = (text: string, role?: Role): Span => ({ text: plain(text), role });

export const line = (...parts: readonly (string | Span)[]): Line => parts.map((part) => (typeof part === 'string' ? span(part) : part));

export const lineWidth = (row: Line): number => row.reduce((sum, part) => sum + width(part.text), 0);

export const textOf = (row: Line): string => row.map((part) => part.text).join('');

/** A row cut to so many columns, with a mark where something was left out. */
export function clip(row: Line, columns: number, more = '…'): Line {
  if (lineWidth(row) <= columns) return row;
  const kept: Span[] = [];
  let left = columns;
  for (const part of row) {
    const room = width(part.text);
    if (room + width(more) > left) {
      // One column more than there is: fit() then always leaves its mark.
      kept.push({ ...part, text: room <= left ? fit(`${part.text}  `, left, more) : fit(part.text, left, more) });
      return kept;
    }
    kept.push(part);
    left -= room;
  }
  return kept;
}

/** Left and right on one row; the left gives way. */
export function sides(left: Line, right: Line, columns: number, more = '…'): Line {
  const room = columns - lineWidth(right) - 1;
  const cut = clip(left, Math.max(0, room), more);
  return [...cut, span(' '.repeat(Math.max(1, columns - lineWidth(cut) - lineWidth(right)))), ...right];
}

/** A text in as many rows as it takes, one column in from the left; its own newlines are kept. */
export function paragraph(text: string, columns: number, role?: Role, indent = 1): readonly Line[] {
  return text.split('\n').flatMap((part) => wrap(plain(part), columns - indent).map((row) => line(' '.repeat(indent), { text: row, role })));
}

/** A label and its text beside it, the later rows under the text. */
export function labelled(label: string, text: string, columns: number, indent: number, roles: { label?: Role; text?: Role } = {}): readonly Line[] {
  const rows = wrap(plain(text), columns - indent);
  const head = ` ${label}`;
  return rows.map((row, i) => line(span(i === 0 ? head + ' '.repeat(Math.max(1, indent - width(head))) : ' '.repeat(indent), roles.label), { text: row, role: roles.text }));
}

/** The places of a word in a row, reversed. Letters of either case are the same. */
export function marked(row: Line, word: string): Line {
  if (word === '') return row;
  const wanted = word.toLowerCase();
  return row.flatMap((part) => {
    const at = part.text.toLowerCase().indexOf(wanted);
    if (at < 0 || part.text.length !== part.text.toLowerCase().length) return [part];
    const end = at + wanted.length;
    return [{ ...part, text: part.text.slice(0, at) }, { text: part.text.slice(at, end), role: 'found' as const }, ...marked([{ ...part, text: part.text.slice(end) }], word)];
  });
}

/** First rows of a block, with how many were left out. */
export function cut(rows: readonly Line[], room: number, note: (left: number) => Line): readonly Line[] {
  if (rows.length <= room) return rows;
  if (room <= 0) return [];
  return [...rows.slice(0, room - 1), note(rows.length - room + 1)];
}
