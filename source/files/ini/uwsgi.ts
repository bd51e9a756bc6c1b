import type { RawIni } from '../ini.ts';
import { linesOf, trim } from './lines.ts';

/**
 * As uWSGI's core/ini.c reads: one line is one option, a comment only at the start of a line, the value is
 * everything behind the first `=`, and nothing goes on in the next line.
 */
export function scanUwsgi(text: string): RawIni {
  const sections: RawIni['sections'][number][] = [];
  const entries: RawIni['entries'][number][] = [];
  const faults: RawIni['faults'][number][] = [];
  for (const line of linesOf(text)) {
    const ink = trim(text, line.start, line.contentEnd);
    const first = text[ink.start];
    if (ink.start === ink.end || first === ';' || first === '#') continue;
    const lines = { start: line.start, end: line.end };
    if (first === '[') {
      // The last character goes, whatever it is.
      const nameSpan = { start: ink.start + 1, end: Math.max(ink.start + 1, ink.end - 1) };
      if (text[ink.end - 1] !== ']') faults.push({ message: 'The section has no closing bracket', offset: ink.start });
      sections.push({ name: text.slice(nameSpan.start, nameSpan.end), nameSpan, lines });
      continue;
    }
    const equals = text.indexOf('=', ink.start);
    const bare = equals === -1 || equals >= ink.end;
    const keySpan = trim(text, ink.start, bare ? ink.end : equals);
    const valueSpan = bare ? { start: ink.end, end: ink.end } : trim(text, equals + 1, line.contentEnd);
    const value = bare ? 'true' : text.slice(valueSpan.start, valueSpan.end);
    if (sections.length === 0) faults.push({ message: 'The option stands in no section, so uWSGI does not see it', offset: ink.start });
    entries.push({
      key: text.slice(keySpan.start, keySpan.end),
      keySpan,
      value,
      valueSpan,
      bare,
      lines,
      joined: { text: bare ? '' : value, pieces: [{ from: 0, at: valueSpan.start }] },
      index: sections.length - 1,
    });
  }
  return { sections, entries, faults };
}
