import type { RawIni } from '../ini.ts';
import { linesOf, trim } from './lines.ts';

/**
 * As systemd's conf-parser reads: a backslash at the end of a line joins the next one with a blank,
 * comment lines in between are skipped, and a line without `=` is ignored.
 */
export function scanSystemd(text: string): RawIni {
  const sections: RawIni['sections'][number][] = [];
  const entries: RawIni['entries'][number][] = [];
  const faults: RawIni['faults'][number][] = [];
  const all = linesOf(text);
  for (let i = 0; i < all.length; i++) {
    const line = all[i]!;
    const ink = trim(text, line.start, line.contentEnd);
    const first = text[ink.start];
    if (ink.start === ink.end || first === ';' || first === '#') continue;

    const pieces = [{ from: 0, at: ink.start }];
    const parts: string[] = [];
    let length = 0;
    let from = ink.start;
    let last = line;
    for (;;) {
      const goesOn = endsInBackslash(text, from, last.contentEnd);
      const part = text.slice(from, goesOn ? last.contentEnd - 1 : last.contentEnd);
      parts.push(part);
      length += part.length;
      if (!goesOn) break;
      do i++;
      while (i < all.length && /[;#]/.test(text[trim(text, all[i]!.start, all[i]!.contentEnd).start] ?? ''));
      const next = all[i];
      if (!next) break;
      parts.push(' ');
      length++;
      last = next;
      // systemd drops the blanks before a continued line, as it does before any line.
      from = trim(text, next.start, next.contentEnd).start;
      pieces.push({ from: length, at: from });
    }
    const joined = parts.join('');
    const lines = { start: line.start, end: last.end };

    if (first === '[') {
      const close = joined.trimEnd().endsWith(']');
      const nameSpan = { start: ink.start + 1, end: Math.max(ink.start + 1, close ? ink.end - 1 : ink.end) };
      if (!close) faults.push({ message: 'The section has no closing bracket', offset: ink.start });
      sections.push({ name: text.slice(nameSpan.start, nameSpan.end), nameSpan, lines });
      continue;
    }
    const equals = joined.indexOf('=');
    if (equals === -1) {
      faults.push({ message: 'The line has no =, so systemd ignores it', offset: ink.start });
      continue;
    }
    if (sections.length === 0) faults.push({ message: 'The line stands in no section, so systemd ignores it', offset: ink.start });
    const value = joined.slice(equals + 1);
    const begin = equals + 1 + (value.length - value.trimStart().length);
    const end = Math.max(begin, joined.trimEnd().length);
    const at = (index: number) => {
      const piece = pieces.findLast((each) => each.from <= index)!;
      return piece.at + index - piece.from;
    };
    const start = Math.min(at(begin), last.contentEnd);
    entries.push({
      key: joined.slice(0, equals).trim(),
      keySpan: trim(text, ink.start, at(equals)),
      value: joined.slice(begin, end),
      valueSpan: { start, end: end > begin ? at(end - 1) + 1 : start },
      bare: false,
      lines,
      joined: { text: joined.slice(begin, end), pieces: shifted(pieces, begin, start) },
      index: sections.length - 1,
    });
  }
  return { sections, entries, faults };
}

/** The pieces as seen from the value, which begins at `begin` of the joined text. */
function shifted(pieces: readonly { from: number; at: number }[], begin: number, start: number) {
  return [{ from: 0, at: start }, ...pieces.filter((piece) => piece.from > begin).map((piece) => ({ from: piece.from - begin, at: piece.at }))];
}

/** An escaped backslash at the end continues nothing. */
function endsInBackslash(text: string, start: number, end: number): boolean {
  let count = 0;
  while (end - count > start && text[end - count - 1] === '\\') count++;
  return count % 2 === 1;
}
