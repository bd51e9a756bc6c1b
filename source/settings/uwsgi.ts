import type { IniEntry, IniFile } from '../files/ini.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import type { Place } from '../model/setting.ts';
import { fileAt } from './file-at.ts';
import { digitsIn, type Bind } from './listen.ts';
import { iniOf, place } from './parsed.ts';
import { programIn } from './script-words.ts';
import { programWords, started, type ArgWord, type Started } from './started.ts';
import { programs, type SupervisorProgram } from './supervisord.ts';

/** One option as uWSGI takes it, and where it stands. */
export interface UwsgiOption {
  readonly name: string;
  /** As uWSGI fills it in; `` where there is none. */
  readonly value: string;
  /** The name alone: uWSGI's way to say true. */
  readonly bare: boolean;
  readonly file: SourceFile;
  readonly at: Place;
  readonly entry?: IniEntry;
  /** The word of a command line that holds the value (or the bare name). */
  readonly word?: ArgWord;
}

export interface UwsgiIni {
  readonly file: SourceFile;
  readonly parsed: IniFile;
  /** `uwsgi`, unless the command line names another one (`desk.ini:prod`). */
  readonly section: string;
}

export interface Uwsgi {
  /** In the order in which uWSGI takes them. */
  readonly options: readonly UwsgiOption[];
  readonly ini?: UwsgiIni;
  /** The command line's owner: the Dockerfile or compose file, or a supervisord program. */
  readonly words: readonly ArgWord[];
  readonly program?: SupervisorProgram;
}

const SHORT: Readonly<Record<string, string>> = { s: 'socket', x: 'xml', M: 'master', p: 'processes', H: 'home', w: 'module', d: 'daemonize', C: 'chmod-socket' };
const ALIASES: Readonly<Record<string, string>> = { chmod: 'chmod-socket' };
/** Its value stands behind `=` (or glued to `-C`) or not at all: `--chmod-socket 660` ends uWSGI (measured). */
const GLUED = new Set(['chmod-socket']);
/** Options whose value is itself a file of options; behind any other one `x.ini` is a word of its own. */
const TAKES_INI = new Set(['ini', 'include', 'inherit', 'ini-paste', 'ini-paste-logged']);
const INI = /^(.*\.ini)(?::([\w-]+))?$/;

const isUwsgi = /^uwsgi(?:-core)?$/;

/** What stands for something else is short where it is meant: longer ones are made to grow with every line. */
const LONGEST = 256;

/** `%(base)/app.sock` and `%n.sock` with what they stand for; what can't be told stays as it is written. */
function filled(value: string, above: ReadonlyMap<string, string>, file: SourceFile): string {
  if (value.length > LONGEST || !value.includes('%')) return value;
  const name = (file.path.split('/').at(-1) ?? '').replace(/\.[^.]*$/, '');
  const known = (key: string): string | undefined => { const v = above.get(key); return v !== undefined && v.length <= LONGEST ? v : undefined; };
  return value.replace(/%\(([\w-]+)\)|%n/g, (whole, key: string | undefined) => (key === undefined ? name : (known(key) ?? whole)));
}

function iniOptions({ file, parsed, section }: UwsgiIni): UwsgiOption[] {
  const above = new Map<string, string>();
  return parsed.entries.filter((e) => e.section === section).map((entry) => {
    const value = entry.bare ? '' : filled(entry.value, above, file);
    above.set(entry.key, value);
    return { name: ALIASES[entry.key] ?? entry.key, value, bare: entry.bare, file, at: place(file, { start: entry.keySpan.start, end: entry.valueSpan.end }), entry };
  });
}

/** A word that begins with a dash: its name, and the value that is part of it. */
function flag(word: string): { readonly name: string; readonly value?: string } | undefined {
  const long = /^--([\w-]+)(?:=([^]*))?$/.exec(word);
  if (long) return { name: ALIASES[long[1] ?? ''] ?? long[1] ?? '', ...(long[2] === undefined ? {} : { value: long[2] }) };
  const short = /^-([A-Za-z])([^]*)$/.exec(word);
  const name = SHORT[short?.[1] ?? ''];
  return name ? { name, ...(short?.[2] ? { value: short[2] } : {}) } : undefined;
}

/**
 * Options in uWSGI's order (measured, FACTS.md section 3): the command line as it is written, an `--ini` in its place,
 * a positional `x.ini` after all the rest, so that it overrules the flags.
 */
function collect(machine: Machine, service: Service, words: readonly ArgWord[]): { options: UwsgiOption[]; ini?: UwsgiIni } {
  const options: UwsgiOption[] = [];
  const late: UwsgiOption[] = [];
  let ini: UwsgiIni | undefined;
  const read = (value: string, into: UwsgiOption[]): void => {
    const [, path = value, section = 'uwsgi'] = INI.exec(value) ?? [];
    const file = fileAt(machine, service, path);
    if (!file) return;
    ini = { file, parsed: iniOf(file, 'uwsgi'), section };
    into.push(...iniOptions(ini));
  };
  for (let i = 1; i < words.length; i++) {
    const word = words[i];
    if (!word) continue;
    const found = flag(word.value);
    if (!found) {
      if (word.value.endsWith('.ini')) read(word.value, late);
      continue;
    }
    const { name } = found;
    const next = words[i + 1];
    const takesNext = found.value === undefined && next !== undefined && !next.value.startsWith('-') && !GLUED.has(name) && (TAKES_INI.has(name) || !INI.test(next.value));
    const value = found.value ?? (takesNext ? next.value : '');
    if (takesNext) i++;
    if (name === 'ini') {
      read(value, options);
      continue;
    }
    const holder = takesNext ? next : word;
    const owner = holder.at && machine.files.get(holder.at.file);
    if (holder.at && owner) options.push({ name, value, bare: found.value === undefined && !takesNext, file: owner, at: holder.at, word: holder });
  }
  return { options: [...options, ...late], ...(ini ? { ini } : {}) };
}

/** Every uWSGI that a service starts: the one it is, or each supervisord program that is one. */
export function uwsgisOf(machine: Machine, service: Service, start: Started | undefined = started(machine, service)): readonly Uwsgi[] {
  const direct = start && programIn(start, isUwsgi);
  if (direct) return [{ ...collect(machine, service, direct), words: direct }];
  if (!start || !programWords(start.words, /^supervisord$/)) return [];
  return programs(machine, service).flatMap((program) => {
    const words = programWords(program.words, isUwsgi);
    return words ? [{ ...collect(machine, service, words), words, program }] : [];
  });
}

/** The uWSGI that a service starts, directly or as a supervisord program; undefined when it starts none. */
export const uwsgiOf = (machine: Machine, service: Service, start?: Started): Uwsgi | undefined => uwsgisOf(machine, service, start)[0];

/** A user as uWSGI takes it for a number; `0` it takes for a name, and does not find it. */
export const isNumber = (value: string): boolean => /^\d+$/.test(value) && Number(value) !== 0;

/**
 * The one that counts, by what uWSGI 2.0.21 did: the last of a name. But a bare `--chmod-socket` takes nothing back that
 * was said before it; and of a user given as a name here and a number there, the kind that came first stays.
 */
export function effective(uwsgi: Uwsgi, name: string): UwsgiOption | undefined {
  const all = uwsgi.options.filter((o) => o.name === name);
  const [first] = all;
  if (name === 'chmod-socket') return all.filter((o) => !o.bare).at(-1) ?? all.at(-1);
  if (first && (name === 'uid' || name === 'gid')) return all.filter((o) => isNumber(o.value) === isNumber(first.value)).at(-1);
  return all.at(-1);
}

const SOCKETS = /^(?:socket|(?:uwsgi|puwsgi|http|http11|fastcgi|fastcgi-nph|scgi|scgi-nph|raw)-socket)$/;

/** Unix sockets it opens, as written. A colon anywhere makes it a port, also in `unix:/run/app.sock` (measured). */
export function unixSockets(uwsgi: Uwsgi): readonly { readonly path: string; readonly option: UwsgiOption }[] {
  return uwsgi.options.filter((o) => SOCKETS.test(o.name) && o.value !== '' && !/^[@=]|:/.test(o.value)).map((option) => ({ path: option.value, option }));
}

export function uwsgiBinds(machine: Machine, service: Service, start: Started): readonly Bind[] {
  return uwsgisOf(machine, service, start).flatMap((u) => u.options).flatMap((o): Bind[] => {
    const m = ['http', 'http-socket', 'https', 'socket', 'uwsgi-socket'].includes(o.name) ? /^([\d.]*|\[[^\]]*\]):(\d+)/.exec(o.value) : null;
    if (!m) return [];
    const port = Number(m[2]);
    const digits = digitsIn(o.file, o.at, port);
    return [{ port, address: m[1] ?? '', file: o.file, at: o.at, ...(digits ? { digits } : {}), program: 'uwsgi' }];
  });
}

