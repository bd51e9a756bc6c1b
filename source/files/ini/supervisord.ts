import type { RawIni } from '../ini.ts';
import { linesOf, trim } from './lines.ts';

type Draft = { -readonly [Key in keyof RawIni['entries'][number]]: RawIni['entries'][number][Key] } & {
  parts: string[];
  pieces: { from: number; at: number }[];
  length: number;
  indent: number;
};

/**
 * As Python's RawConfigParser reads with supervisord's options: `;` and `#` behind a blank begin a comment,
 * a line indented deeper than its key goes on with the value, and `:` does what `=` does.
 */
export function scanSupervisord(text: string): RawIni {
  const sections: RawIni['sections'][number][] = [];
  const entries: Draft[] = [];
  const faults: RawIni['faults'][number][] = [];
  let open: Draft | undefined;
  let indent = 0;

  for (const line of linesOf(text)) {
    const comment = commentStart(text, line.start, line.contentEnd);
    const ink = trim(text, line.start, comment ?? line.contentEnd);
    if (ink.start === ink.end) {
      // An empty line may stand inside a value; a comment line may too, and adds nothing.
      if (comment === undefined && open) push(open, '', ink.start);
      continue;
    }
    const written = text.slice(ink.start, ink.end);
    const depth = ink.start - line.start;
    if (open && depth > indent) {
      push(open, written, ink.start);
      open.lines = { start: open.lines.start, end: line.end };
      open.valueSpan = { start: open.valueSpan.start === open.valueSpan.end ? ink.start : open.valueSpan.start, end: ink.end };
      continue;
    }
    indent = depth;
    const lines = { start: line.start, end: line.end };
    const close = written.startsWith('[') ? written.lastIndexOf(']') : -1;
    if (close > 1) {
      sections.push({ name: written.slice(1, close), nameSpan: { start: ink.start + 1, end: ink.start + close }, lines });
      open = undefined;
      continue;
    }
    const delimiter = written.search(/[=:]/);
    if (sections.length === 0 || delimiter < 1) {
      faults.push({
        message: sections.length === 0 ? 'The line stands in no section' : 'The line is neither a section nor key=value',
        offset: ink.start,
      });
      continue;
    }
    const keySpan = trim(text, ink.start, ink.start + delimiter);
    const valueSpan = trim(text, ink.start + delimiter + 1, ink.end);
    open = {
      key: text.slice(keySpan.start, keySpan.end).toLowerCase(),
      keySpan,
      value: '',
      valueSpan,
      bare: false,
      lines,
      joined: { text: '', pieces: [] },
      index: sections.length - 1,
      parts: [],
      pieces: [],
      length: 0,
      indent,
    };
    push(open, text.slice(valueSpan.start, valueSpan.end), valueSpan.start);
    entries.push(open);
  }
  return { sections, entries: entries.map(finish), faults };
}

function push(entry: Draft, part: string, at: number): void {
  if (entry.parts.length > 0) entry.length++;
  entry.pieces.push({ from: entry.length, at });
  entry.parts.push(part);
  entry.length += part.length;
}

function finish({ parts, pieces, length: _length, indent: _indent, ...entry }: Draft): RawIni['entries'][number] {
  const value = parts.join('\n').trimEnd();
  return { ...entry, value, joined: { text: value, pieces } };
}

/**
 * Where the comment of a line begins, by ConfigParser's own way of looking: the signs are tried in rounds, and
 * the first round that finds one behind a blank ends the search. (`a;b ;c # d` keeps `;c`.)
 */
function commentStart(text: string, start: number, end: number): number | undefined {
  const ink = trim(text, start, end).start;
  if (ink < end && (text[ink] === ';' || text[ink] === '#')) return start;
  let signs = [';', '#'].map((sign) => ({ sign, at: start - 1 }));
  while (signs.length > 0) {
    let found: number | undefined;
    const next: typeof signs = [];
    for (const { sign, at } of signs) {
      const index = text.indexOf(sign, at + 1);
      if (index === -1 || index >= end) continue;
      next.push({ sign, at: index });
      if (index === start || /\s/.test(text[index - 1]!)) found = Math.min(found ?? index, index);
    }
    if (found !== undefined) return found;
    signs = next;
  }
  return undefined;
}
