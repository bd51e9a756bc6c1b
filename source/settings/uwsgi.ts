import type { IniEntry, IniFile } from '../files/ini.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import type { Place } from '../model/setting.ts';
import { digitsIn, type Bind } from './listen.ts';
import { iniOf, place } from './parsed.ts';
import { copiedFrom, shipped } from './service-files.ts';
import { programWords, started, type ArgWord, type Started } from './started.ts';
import { programs, type Program } from './supervisord.ts';

/** One option as uWSGI takes it, and where it stands. */
export interface UwsgiOption {
  readonly name: string;
  readonly value: string;
  /** The name alone: uWSGI's way to say true. */
  readonly bare: boolean;
  readonly file: SourceFile;
  readonly at: Place;
  readonly entry?: IniEntry;
  /** A word of a command line; `prefix` is what stands before the value in the same word. */
  readonly word?: ArgWord;
}

export interface Uwsgi {
  /** In the order in which uWSGI takes them: the last of a name wins. */
  readonly options: readonly UwsgiOption[];
  readonly ini?: { readonly file: SourceFile; readonly parsed: IniFile };
  /** The command line's owner: the Dockerfile or compose file, or a supervisord program. */
  readonly words: readonly ArgWord[];
  readonly program?: Program;
}

const SHORT: Readonly<Record<string, string>> = { '-s': 'socket', '-x': 'xml', '-M': 'master', '-p': 'processes', '-H': 'home', '-w': 'module', '-d': 'daemonize' };
const SECTION = 'uwsgi';

const isUwsgi = /^uwsgi(?:-core)?$/;

function iniOptions(file: SourceFile): UwsgiOption[] {
  const parsed = iniOf(file, 'uwsgi');
  return parsed.entries.filter((e) => e.section === SECTION).map((entry) => ({ name: entry.key, value: entry.value, bare: entry.bare, file, at: place(file, { start: entry.keySpan.start, end: entry.valueSpan.end }), entry }));
}

/**
 * Options in uWSGI's order (measured, FACTS.md section 3): the command line as it is written, an `--ini` in its place,
 * a positional `x.ini` after all the rest, so that it overrules the flags.
 */
function collect(machine: Machine, service: Service, words: readonly ArgWord[]): { options: UwsgiOption[]; file?: SourceFile } {
  const image = shipped(machine, service);
  const find = (path: string): SourceFile | undefined => image && copiedFrom(machine, service, image, path.replace(/:[^/]*$/, ''));
  const options: UwsgiOption[] = [];
  const late: UwsgiOption[] = [];
  let file: SourceFile | undefined;
  for (let i = 1; i < words.length; i++) {
    const word = words[i];
    if (!word) continue;
    const long = /^--([\w-]+)(?:=(.*))?$/.exec(word.value);
    const name = long?.[1] ?? SHORT[word.value];
    if (!name) {
      const found = /\.ini(?::\w+)?$/.test(word.value) ? find(word.value) : undefined;
      if (found) {
        file = found;
        late.push(...iniOptions(found));
      }
      continue;
    }
    const next = words[i + 1];
    const takesNext = long?.[2] === undefined && next !== undefined && !next.value.startsWith('-');
    const value = long?.[2] ?? (takesNext ? next.value : '');
    if (takesNext) i++;
    if (name === 'ini') {
      const found = find(value);
      if (found) {
        file = found;
        options.push(...iniOptions(found));
      }
      continue;
    }
    const holder = takesNext ? next : word;
    const owner = holder.at && machine.files.get(holder.at.file);
    if (holder.at && owner) options.push({ name, value, bare: value === '', file: owner, at: holder.at, word: holder });
  }
  return { options: [...options, ...late], ...(file ? { file } : {}) };
}

/** The uWSGI that a service starts, directly or as a supervisord program; undefined when it starts none. */
export function uwsgiOf(machine: Machine, service: Service, start: Started | undefined = started(machine, service)): Uwsgi | undefined {
  const direct = start && programWords(start.words, isUwsgi);
  const supervised = start && programWords(start.words, /^supervisord$/) ? programs(machine, service).find((p) => programWords(p.words, isUwsgi)) : undefined;
  const words = direct ?? (supervised && programWords(supervised.words, isUwsgi));
  if (!words) return undefined;
  const { options, file } = collect(machine, service, words);
  return { options, words, ...(file ? { ini: { file, parsed: iniOf(file, 'uwsgi') } } : {}), ...(supervised ? { program: supervised } : {}) };
}

/** The one that counts: the last of the name. */
export const effective = (uwsgi: Uwsgi, ...names: readonly string[]): UwsgiOption | undefined => uwsgi.options.filter((o) => names.includes(o.name)).at(-1);

/** Unix sockets it opens, as written (`/run/app.sock`, `unix:/run/app.sock`). */
export function unixSockets(uwsgi: Uwsgi): readonly { readonly path: string; readonly option: UwsgiOption }[] {
  return uwsgi.options
    .filter((o) => ['socket', 'uwsgi-socket', 'http-socket'].includes(o.name) && !/^[\d.]*:\d+$|^\[/.test(o.value) && !o.value.startsWith('@'))
    .map((option) => ({ path: option.value.replace(/^unix:/, '').split(',')[0] ?? '', option }));
}

export function uwsgiBinds(machine: Machine, service: Service, start: Started): readonly Bind[] {
  const uwsgi = uwsgiOf(machine, service, start);
  return (uwsgi?.options ?? []).flatMap((o): Bind[] => {
    const m = ['http', 'http-socket', 'https', 'socket', 'uwsgi-socket'].includes(o.name) ? /^([\d.]*|\[[^\]]*\]):(\d+)/.exec(o.value) : null;
    if (!m) return [];
    const port = Number(m[2]);
    const digits = digitsIn(o.file, o.at, port);
    return [{ port, address: m[1] ?? '', file: o.file, at: o.at, ...(digits ? { digits } : {}), program: 'uwsgi' }];
  });
}

