import { lineStart } from '../files/span.ts';
import { replaceValue, setEntry } from '../files/ini.ts';
import type { EditFile, SpanEdit } from '../model/change.ts';
import { isRefusal, refuse, type Refusal } from '../model/risk.ts';
import { text } from '../model/text.ts';
import { editOf, editsOf } from './edit.ts';
import { effective, type Uwsgi, type UwsgiOption } from './uwsgi.ts';

export interface Wanted {
  readonly name: string;
  readonly value: string;
  /** Stands above a line that is new. */
  readonly comment?: string;
}

/** An option on a command line: its value in place (`--chmod-socket=666`, `--uid root`). */
function wordEdit(option: UwsgiOption, value: string): EditFile | Refusal {
  const { word, file } = option;
  if (!word?.at) return refuse(text(`--${option.name} can't be edited by itself`, `无法单独编辑 --${option.name}`));
  const written = file.text.slice(word.at.start, word.at.end);
  const at = option.value === '' ? -1 : written.lastIndexOf(option.value);
  if (at < 0) return refuse(text(`--${option.name} has no value to replace`, `--${option.name} 没有可替换的值`));
  return editOf(file, [{ start: word.at.start + at, end: word.at.start + at + option.value.length, text: value }]);
}

/**
 * Options set where they decide: a flag that overrules the file is changed itself, an entry gets its value, and what is
 * new is written in front of `anchor` (or at the end of the section), in the given order. Replaced, never given twice:
 * two `chmod-socket` run together to 2660 (measured).
 */
export function setOptions(uwsgi: Uwsgi, wanted: readonly Wanted[], anchor: UwsgiOption | undefined): readonly EditFile[] | Refusal {
  const { ini } = uwsgi;
  const edits: EditFile[] = [];
  const fresh: Wanted[] = [];
  for (const want of wanted) {
    const there = effective(uwsgi, want.name);
    if (!there) {
      fresh.push(want);
      continue;
    }
    if (there.value === want.value && !there.bare) continue;
    const edit = there.entry && ini ? editsOf(there.file, replaceValue(ini.parsed, there.entry, want.value)) : wordEdit(there, want.value);
    if (isRefusal(edit)) return edit;
    edits.push(edit);
  }
  if (fresh.length === 0) return edits;
  if (!ini) return refuse(text('the ini file that uWSGI reads was not found in this project', '在项目里找不到 uWSGI 读取的 ini 文件'));
  const before = anchor?.entry && anchor.file === ini.file ? anchor.entry : undefined;
  if (!before) {
    for (const want of fresh) {
      const edit = editsOf(ini.file, setEntry(ini.parsed, 'uwsgi', want.name, want.value));
      if (isRefusal(edit)) return edit;
      edits.push(edit);
    }
    return edits;
  }
  const at = lineStart(ini.file.text, before.keySpan.start);
  const written = ini.file.text.slice(at, before.valueSpan.start);
  const indent = /^\s*/.exec(written)?.[0] ?? '';
  const equals = /\s*=\s*$/.exec(written)?.[0] ?? ' = ';
  const newline = ini.file.text.includes('\r\n') ? '\r\n' : '\n';
  const lines = fresh.flatMap((w) => [...(w.comment ? [`${indent}; ${w.comment}`] : []), `${indent}${w.name}${equals}${w.value}`]);
  const insert: SpanEdit[] = [{ start: at, end: at, text: lines.map((l) => l + newline).join('') }];
  return [...edits, editOf(ini.file, insert)];
}
