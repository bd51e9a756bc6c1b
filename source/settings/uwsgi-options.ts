import { posix } from 'node:path';
import type { Machine } from '../model/machine.ts';
import { Secret } from '../model/secret.ts';
import { iniOf, place } from './parsed.ts';
import type { Program } from './program.ts';
import { fileOf, variableOf } from './program-files.ts';
import type { Uwsgi, UwsgiIni, UwsgiOption } from './uwsgi.ts';
import { uwsgiVariables } from './uwsgi-variables.ts';

const SHORT: Readonly<Record<string, string>> = { s: 'socket', x: 'xml', M: 'master', p: 'processes', H: 'home', w: 'module', d: 'daemonize', C: 'chmod-socket' };
const ALIASES: Readonly<Record<string, string>> = { chmod: 'chmod-socket', 'stats-server': 'stats' };
/** Its value stands behind `=` (or glued to `-C`) or not at all: `--chmod-socket 660` ends uWSGI (measured). */
const GLUED = new Set(['chmod-socket']);
/** Options whose value is itself a file of options; behind any other one `x.ini` is a word of its own. */
const TAKES_INI = new Set(['ini', 'include', 'inherit', 'ini-paste', 'ini-paste-logged']);
/** They are read where they stand, on a command line and in an ini (measured). */
const READS_INI = new Set(['ini', 'include']);
/** Configuration in forms that nobody reads here: what it says is not known. */
const OTHER_FORMS = new Set(['xml', 'yaml', 'yml', 'json', 'sqlite3', 'sql3', 'ldap']);
const INI = /^(.*\.ini)(?::([\w-]+))?$/;
/** Files that take each other in. */
const DEEPEST = 8;

export const isUwsgi = (program: Program): boolean => /^uwsgi(?:-core)?$/.test(program.kind);

/** What stands for something else is short where it is meant: longer ones are made to grow with every line. */
const LONGEST = 256;

interface Filling {
  readonly above: ReadonlyMap<string, string>;
  /** The ini's path as the program names it. */
  readonly path: string;
  readonly section: string;
  readonly variable: (name: string) => string | undefined;
}

/** `%(base)/app.sock`, `%n.sock` and `$(PORT)` with what they stand for; what can't be told stays as it is written. */
function filled(value: string, { above, path, section, variable }: Filling): string {
  if (value.length > LONGEST || !/[%$]/.test(value)) return value;
  const file = posix.basename(path);
  const signs: Readonly<Record<string, string>> = { n: file.replace(/\.[^.]*$/, ''), s: file, p: path, d: `${posix.dirname(path)}/`.replace('//', '/'), c: posix.basename(posix.dirname(path)), e: posix.extname(file).slice(1), x: section };
  const known = (found: string | undefined, whole: string): string => (found !== undefined && found.length <= LONGEST ? found : whole);
  return value.replace(/%\(([\w-]+)\)|\$\((\w+)\)|%([nspdcex])(?!\()/g, (whole, key?: string, env?: string, sign?: string) =>
    known(key !== undefined ? above.get(key) : env !== undefined ? variable(env) : signs[sign ?? 'n'], whole));
}

/** A word that begins with a dash: its name, and the value that is part of it. */
function flag(word: string): { readonly name: string; readonly value?: string } | undefined {
  const long = /^--([\w-]+)(?:=([^]*))?$/.exec(word);
  if (long) return { name: ALIASES[long[1] ?? ''] ?? long[1] ?? '', ...(long[2] === undefined ? {} : { value: long[2] }) };
  const short = /^-([A-Za-z])([^]*)$/.exec(word);
  const name = SHORT[short?.[1] ?? ''];
  return name ? { name, ...(short?.[2] ? { value: short[2] } : {}) } : undefined;
}

interface Read {
  readonly options: readonly UwsgiOption[];
  readonly ini?: UwsgiIni;
}

/** An ini's options with those that it takes in, in their place. */
function iniOptions(machine: Machine, program: Program, value: string, from?: { readonly ini: UwsgiIni; readonly path: string; readonly depth: number }): Read | undefined {
  const depth = from?.depth ?? 0;
  // `ini = :base` is another section of the same file.
  const sibling = /^:([\w-]+)$/.exec(value)?.[1];
  const [, named = value, wanted = 'uwsgi'] = INI.exec(value) ?? [];
  const path = sibling !== undefined && from ? from.path : named;
  const file = sibling !== undefined && from ? from.ini.file : fileOf(machine, program, path);
  if (!file || depth > DEEPEST) return undefined;
  const ini: UwsgiIni = { file, parsed: iniOf(file, 'uwsgi'), section: sibling ?? wanted };
  const absolute = path.startsWith('/') ? path : posix.join(program.cwd ?? '/', path);
  const above = new Map<string, string>();
  const variable = (name: string): string | undefined => {
    const seen = program.live.processes[0]?.env?.get(name);
    // A secret that only the process shows is nothing to put into an option.
    return seen instanceof Secret ? undefined : variableOf(machine, program, name)?.value;
  };
  const options = ini.parsed.entries.filter((e) => e.section === ini.section).flatMap((entry): readonly UwsgiOption[] => {
    const set = entry.bare ? '' : filled(entry.value, { above, path: absolute, section: ini.section, variable });
    above.set(entry.key, set);
    if (READS_INI.has(entry.key)) return iniOptions(machine, program, set, { ini, path, depth: depth + 1 })?.options ?? [];
    return [{ name: ALIASES[entry.key] ?? entry.key, value: set, bare: entry.bare, file, at: place(file, { start: entry.keySpan.start, end: entry.valueSpan.end }), entry, ini }];
  });
  return { options, ini };
}

/** The options that one ini alone gives, as for an emperor's vassal. */
export const optionsOfIni = (machine: Machine, program: Program, path: string): Read | undefined => iniOptions(machine, program, path);

/**
 * Options in uWSGI's order (measured, FACTS.md section 3): `UWSGI_*` variables first, so that everything overrules them;
 * the command line as it is written, an `--ini` in its place, a positional `x.ini` after all the rest.
 */
export function uwsgiOptions(machine: Machine, program: Program): Pick<Uwsgi, 'options' | 'ini' | 'unread'> {
  const options: UwsgiOption[] = [];
  const late: UwsgiOption[] = [];
  let ini: UwsgiIni | undefined;
  let unread: string | undefined;
  const { words } = program;
  const read = (value: string, into: UwsgiOption[]): void => {
    const found = iniOptions(machine, program, value);
    if (!found) {
      unread = value;
      return;
    }
    ini = found.ini ?? ini;
    into.push(...found.options);
  };
  for (const option of uwsgiVariables(machine, program)) {
    if (option.name === 'ini') read(option.value, options);
    else options.push(option);
  }
  for (let i = 1; i < words.length; i++) {
    const word = words[i];
    if (!word) continue;
    const found = flag(word.value);
    if (!found) {
      if (INI.test(word.value)) read(word.value, late);
      continue;
    }
    const { name } = found;
    const next = words[i + 1];
    const takesNext = found.value === undefined && next !== undefined && !next.value.startsWith('-') && !GLUED.has(name) && (TAKES_INI.has(name) || !INI.test(next.value));
    const value = found.value ?? (takesNext ? next.value : '');
    if (takesNext) i++;
    if (READS_INI.has(name)) {
      read(value, options);
      continue;
    }
    if (OTHER_FORMS.has(name)) unread = value;
    const holder = takesNext ? next : word;
    const file = holder.at && machine.files.get(holder.at.file);
    options.push({ name, value, bare: found.value === undefined && !takesNext, word: holder, ...(holder.at && file ? { file, at: holder.at } : {}) });
  }
  return { options: [...options, ...late], ...(ini ? { ini } : {}), ...(unread === undefined ? {} : { unread }) };
}
