import { removeEntry, replaceValue, setEntry, type IniEntry } from '../files/ini.ts';
import { eol, lacksFinalEol, lineStart } from '../files/span.ts';
import type { EditFile, SpanEdit } from '../model/change.ts';
import { isRefusal, refuse, type Refusal } from '../model/risk.ts';
import { text } from '../model/text.ts';
import { editOf, editsOf } from './edit.ts';
import { effective, isNumber, type Uwsgi, type UwsgiIni, type UwsgiOption } from './uwsgi.ts';

export interface Wanted {
  readonly name: string;
  readonly value: string;
  /** Stands above a line that is new. */
  readonly comment?: string;
}

/** Given twice, these do not overrule each other: uWSGI puts the digits of 666 and 660 together to 6660 (measured). */
const RUN_TOGETHER = new Set(['chmod-socket']);

/** `UWSGI_UID=root` in an environment: its value in place, where it stands there as it is. */
function variableEdit({ file, at, value: old }: UwsgiOption, variable: string, value: string): EditFile | Refusal {
  const written = file && at ? file.text.slice(at.start, at.end) : '';
  const name = written.indexOf(variable);
  const from = name < 0 ? -1 : written.indexOf(old, name + variable.length);
  if (!file || !at || from < 0 || old === '') return refuse(text(`${variable} is set in the environment and can't be edited by itself`, `${variable} 由环境变量给出，无法单独编辑`));
  return editOf(file, [{ start: at.start + from, end: at.start + from + old.length, text: value }]);
}

/** An option on a command line: its value in place (`--chmod-socket=666`, `--uid root`), or behind the bare name. */
function wordEdit(option: UwsgiOption, value: string): EditFile | Refusal {
  const { word, file } = option;
  if (option.variable !== undefined) return variableEdit(option, option.variable, value);
  if (!word?.at || !file) return refuse(text(`--${option.name} can't be edited by itself`, `无法单独编辑 --${option.name}`));
  const written = file.text.slice(word.at.start, word.at.end);
  const at = written.lastIndexOf(option.bare ? word.value : option.value);
  if (at < 0 || word.value === '') return refuse(text(`--${option.name} has no value to replace`, `--${option.name} 没有可替换的值`));
  if (!option.bare) return editOf(file, [{ start: word.at.start + at, end: word.at.start + at + option.value.length, text: value }]);
  const end = word.at.start + at + word.value.length;
  return editOf(file, [{ start: end, end, text: word.value.startsWith('--') ? `=${value}` : value }]);
}

/** An option that is there gets its value in its place. */
export function setOption(there: UwsgiOption, value: string): EditFile | Refusal | undefined {
  if (there.value === value && !there.bare) return undefined;
  return there.entry && there.ini ? editsOf(there.ini.file, replaceValue(there.ini.parsed, there.entry, value)) : wordEdit(there, value);
}

/** What else of the name would have its say: a second line goes, a flag says the same. */
function others(uwsgi: Uwsgi, { name, value }: Wanted, kept: UwsgiOption): readonly (EditFile | Refusal | undefined)[] {
  const rest = uwsgi.options.filter((o) => o.name === name && o !== kept);
  // A name and our number do not overrule each other: the one that comes first would stay.
  const mixed = (name === 'uid' || name === 'gid') && kept.value !== value && rest.some((o) => isNumber(o.value) !== isNumber(kept.value) || isNumber(o.value) !== isNumber(value));
  if (!RUN_TOGETHER.has(name) && !mixed) return [];
  return rest.map((o) => {
    if (o.entry && o.ini && kept.entry) return editOf(o.ini.file, [removeEntry(o.ini.parsed, o.entry)]);
    return o.entry || !o.bare ? setOption(o, value) : undefined;
  });
}

/** `key = ` as this file writes it: in the column where most of its signs stand, else with the blanks that `like` has. */
function keyAs({ parsed, section }: UwsgiIni, like: IniEntry): (name: string) => string {
  const column = (e: IniEntry): number => parsed.text.indexOf('=', e.keySpan.end) - e.keySpan.start;
  const valued = parsed.entries.filter((e) => e.section === section && !e.bare && e.value !== '');
  const at = Math.max(...valued.map((e) => (e.key.length < column(e) - 1 ? column(e) : 0)), 0);
  const inColumn = valued.filter((e) => column(e) === at);
  const aligned = new Set(inColumn.map((e) => e.key.length)).size > 1 && inColumn.length * 3 >= valued.length * 2;
  const [, before = ' ', after = ' '] = /^([ \t]*)=([ \t]*)/.exec(parsed.text.slice(like.keySpan.end)) ?? [];
  return (name) => (aligned ? `${name.padEnd(at - 1)} =${after}` : `${name}${before}=${after}`);
}

/** New lines, one edit for each so that two fixes that want the same line make it once. */
function lines(ini: UwsgiIni, fresh: readonly Wanted[], anchor: UwsgiOption, place: 'above' | 'below'): EditFile {
  const { file, parsed } = ini;
  const entry = anchor.entry ?? parsed.entries.at(-1);
  if (!entry) return editOf(file, []);
  const newline = eol(file.text);
  const start = lineStart(file.text, entry.keySpan.start);
  const indent = file.text.slice(start, entry.keySpan.start).replace('\uFEFF', '');
  const key = keyAs(ini, entry.bare ? (parsed.entries.find((e) => !e.bare && e.value !== '') ?? entry) : entry);
  const at = place === 'above' ? entry.keySpan.start - indent.length : entry.lines.end;
  const unfinished = at === file.text.length && lacksFinalEol(file.text);
  return editOf(file, fresh.map((w): SpanEdit => {
    const written = [...(w.comment ? [`; ${w.comment}`] : []), key(w.name) + w.value].map((l) => indent + l);
    return { start: at, end: at, text: written.map((l) => (unfinished ? newline + l : l + newline)).join('') };
  }));
}

/** A user and its group stand together: the one that is new, and which side of the other it goes. */
const BESIDE: Readonly<Record<string, readonly [string, 'above' | 'below']>> = { uid: ['gid', 'above'], gid: ['uid', 'below'] };

/**
 * Options set where they decide: a flag that overrules the file is changed itself, an entry gets its value. What is new
 * stands with what it belongs to, above the socket's owner and mode or below the socket; else at the end of the section.
 */
export function setOptions(uwsgi: Uwsgi, wanted: readonly Wanted[], anchors: readonly (UwsgiOption | undefined)[]): readonly EditFile[] | Refusal {
  const { ini } = uwsgi;
  const edits: EditFile[] = [];
  const fresh: Wanted[] = [];
  for (const want of wanted) {
    const there = effective(uwsgi, want.name);
    if (!there) {
      fresh.push(want);
      continue;
    }
    for (const edit of [setOption(there, want.value), ...others(uwsgi, want, there)]) {
      if (edit && isRefusal(edit)) return edit;
      if (edit) edits.push(edit);
    }
  }
  if (fresh.length === 0) return edits;
  if (!ini) return refuse(text('the ini file that uWSGI reads was not found in this project', '在项目里找不到 uWSGI 读取的 ini 文件'));
  const inIni = (o: UwsgiOption | undefined): o is UwsgiOption => o?.entry !== undefined && o.file === ini.file;
  const anchor = anchors.find(inIni) ?? uwsgi.options.filter(inIni).at(-1);
  const left: Wanted[] = [];
  for (const want of fresh) {
    const [other, side] = BESIDE[want.name] ?? [];
    const partner = other === undefined ? undefined : effective(uwsgi, other);
    if (side && inIni(partner)) edits.push(lines(ini, [want], partner, side));
    else left.push(want);
  }
  if (anchor) return left.length > 0 ? [...edits, lines(ini, left, anchor, /^ch(?:mod|own)-socket$/.test(anchor.name) ? 'above' : 'below')] : edits;
  for (const want of left) {
    const edit = editsOf(ini.file, setEntry(ini.parsed, ini.section, want.name, want.value));
    if (isRefusal(edit)) return edit;
    edits.push(edit);
  }
  return edits;
}
