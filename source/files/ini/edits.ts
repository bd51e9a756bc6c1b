import type { Dialect, IniEntry, IniFile } from '../ini.ts';
import { applyEdits, eol, lacksFinalEol, lineStart, type Edits, type Refused, type TextEdit } from '../span.ts';
import { scanSupervisord } from './supervisord.ts';

const refuse = (refused: string): Refused => ({ refused });

/** Why the program would not read this text back as this value. */
function unwritable(dialect: Dialect, value: string): string | undefined {
  if (value.trim() !== value) return 'The value begins or ends with a blank, which would be lost';
  if (/[\n\r]/.test(value) && dialect !== 'supervisord') return 'The value has several lines';
  if (dialect === 'supervisord') {
    if (/(?:^|\s)[;#]/.test(value)) return 'The value holds what supervisord takes for a comment';
    if (/^\s*$/m.test(value) && value.includes('\n')) return 'The value holds an empty line';
  }
  if (dialect === 'systemd' && value.endsWith('\\')) return 'The value ends in a backslash, which would join the next line';
  return undefined;
}

/** Another value in place of the old one; the comment behind it stays. */
export function replaceValue(file: IniFile, entry: IniEntry, value: string): Edits {
  const reason = unwritable(file.dialect, value);
  if (reason !== undefined) return refuse(reason);
  if (!entry.bare && entry.value === value) return [];
  const newline = eol(file.text);
  const text = value.split(/\r?\n/).join(`${newline}    `);
  if (entry.bare) return [{ ...entry.valueSpan, text: separator(file) + text }];
  const touching = entry.valueSpan.start > 0 && file.text[entry.valueSpan.start - 1] === '=' && / $/.test(separator(file));
  return [{ ...entry.valueSpan, text: entry.value === '' && touching ? ` ${text}` : text }];
}

/** Replaces the last entry of that key, or adds one at the end of the section, which is made when it is missing. */
export function setEntry(file: IniFile, section: string, key: string, value: string, after?: IniEntry): Edits {
  const wanted = file.dialect === 'supervisord' ? key.toLowerCase() : key;
  const old = file.entries.findLast((entry) => entry.section === section && entry.key === wanted);
  if (old) return replaceValue(file, old, value);
  if (after) return insertAfter(file, after, key, value);
  const target = file.sections.findLast((each) => each.name === section);
  const last = target?.entries.at(-1);
  if (last) return insertAfter(file, last, key, value);
  const line = newEntry(file, key, value);
  if (typeof line !== 'string') return line;
  return target ? added(file, below(file, target.lines.end, line), value) : [addSection(file, section, line)];
}

/** One more entry on the line below `entry`. */
export function insertAfter(file: IniFile, entry: IniEntry, key: string, value: string): Edits {
  const line = newEntry(file, key, value);
  if (typeof line !== 'string') return line;
  const start = lineStart(file.text, entry.keySpan.start);
  return added(file, below(file, entry.lines.end, file.text.slice(start, entry.keySpan.start).replace('\uFEFF', '') + line), value);
}

/** Takes the entry out with all its lines. */
export function removeEntry(file: IniFile, entry: IniEntry): TextEdit {
  const { start, end } = entry.lines;
  // When the last line goes, a file without a final line ending stays one.
  const unfinished = end === file.text.length && lacksFinalEol(file.text) && start > 0 && file.text[start - 1] === '\n';
  const before = unfinished ? (file.text[start - 2] === '\r' ? 2 : 1) : 0;
  return { start: start - before, end, text: '' };
}

function newEntry(file: IniFile, key: string, value: string): string | Refused {
  const reason = unwritable(file.dialect, value);
  if (reason !== undefined) return refuse(reason);
  return `${key}${separator(file)}${value.split(/\r?\n/).join(`${eol(file.text)}    `)}`;
}

/** supervisord takes an indented line for more of what stands above it, past empty lines, comments and what makes no sense: read back to be sure. */
function added(file: IniFile, edit: TextEdit, value: string): Edits {
  if (file.dialect !== 'supervisord') return [edit];
  const found = scanSupervisord(applyEdits(file.text, [edit])).entries.find((each) => each.lines.start >= edit.start);
  const words = (text: string): string => text.replace(/\s*\n\s*/g, ' ');
  if (found && words(found.value) === words(value)) return [edit];
  return refuse('The lines there are indented so that one of them and the new entry would become one');
}

/** The blanks around `=` that most entries have. */
function separator(file: IniFile): string {
  const seen = new Map<string, number>();
  for (const { keySpan, valueSpan, bare, value } of file.entries) {
    const between = file.text.slice(keySpan.end, valueSpan.start);
    if (!bare && value !== '' && between.length < 8 && /^[ \t]*[=:][ \t]*$/.test(between)) seen.set(between, (seen.get(between) ?? 0) + 1);
  }
  const [most] = [...seen].sort((a, b) => b[1] - a[1]);
  return most?.[0] ?? (file.dialect === 'uwsgi' ? ' = ' : '=');
}

/** A line at the offset where a line ends; a file that ends without a line ending still does. */
function below(file: IniFile, at: number, line: string): TextEdit {
  const newline = eol(file.text);
  const unfinished = at === file.text.length && lacksFinalEol(file.text);
  // A backslash left open at the end of the file would swallow the new line; an empty one closes it.
  const open = file.dialect === 'systemd' && /\\\r?\n?$/.test(file.text.slice(Math.max(0, at - 3), at)) ? newline : '';
  return { start: at, end: at, text: open + (unfinished ? newline + line : line + newline) };
}

function addSection(file: IniFile, name: string, line: string): TextEdit {
  const newline = eol(file.text);
  const at = file.text.length;
  const gap = file.text.trim() === '' ? '' : newline + (lacksFinalEol(file.text) ? newline : '');
  return { start: at, end: at, text: `${gap}[${name}]${newline}${line}${newline}` };
}
