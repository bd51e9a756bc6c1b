import type { IniEntry, IniFile } from '../files/ini.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import type { Place } from '../model/setting.ts';
import { digitsIn, type Bind } from './listen.ts';
import { perMachine } from './once.ts';
import { programsOf, type Program } from './program.ts';
import type { ArgWord } from './started.ts';
import { isUwsgi, uwsgiOptions } from './uwsgi-options.ts';
import { vassalsOf } from './uwsgi-vassals.ts';

/** One option as uWSGI takes it, and where it stands; of what only a running process shows there is no place. */
export interface UwsgiOption {
  readonly name: string;
  /** As uWSGI fills it in; `` where there is none. */
  readonly value: string;
  /** The name alone: uWSGI's way to say true. */
  readonly bare: boolean;
  readonly file?: SourceFile;
  readonly at?: Place;
  readonly entry?: IniEntry;
  /** The ini that the entry stands in. */
  readonly ini?: UwsgiIni;
  /** The word of a command line that holds the value (or the bare name). */
  readonly word?: ArgWord;
  /** The `UWSGI_*` variable that says so. */
  readonly variable?: string;
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
  /** The ini that the command line names last: what is new goes there. */
  readonly ini?: UwsgiIni;
  /** A configuration that the command line names and nobody here could read. */
  readonly unread?: string;
  readonly words: readonly ArgWord[];
  readonly program: Program;
  /** The emperor that starts it, where it is a vassal. */
  readonly emperor?: Uwsgi;
}

function uwsgiIn(machine: Machine, program: Program): Uwsgi | undefined {
  return isUwsgi(program) ? { ...uwsgiOptions(machine, program), words: program.words, program } : undefined;
}

/** Every uWSGI of the machine, wherever it is started, in the order of its services; an emperor, then its vassals. */
export const uwsgis = perMachine((machine: Machine): readonly Uwsgi[] =>
  programsOf(machine).flatMap((program) => {
    const uwsgi = uwsgiIn(machine, program);
    return uwsgi ? [uwsgi, ...vassalsOf(machine, uwsgi)] : [];
  }));

/** Every uWSGI that a service starts: the one it is, or each supervisord program that is one. */
export const uwsgisOf = (machine: Machine, service: Service): readonly Uwsgi[] => uwsgis(machine).filter((u) => u.program.service.name === service.name);

/** The uWSGI that a service starts, directly or as a supervisord program; undefined when it starts none. */
export const uwsgiOf = (machine: Machine, service: Service): Uwsgi | undefined => uwsgisOf(machine, service)[0];

/** What a finding calls it, so that its fixes find it again: a program, and a vassal's own file. */
export interface UwsgiName {
  readonly service: string;
  readonly program: string;
  readonly vassal?: string;
}

export const nameOf = (u: Uwsgi): UwsgiName => ({ service: u.program.service.name, program: u.program.name, ...(u.emperor && u.ini ? { vassal: u.ini.file.path } : {}) });

export const uwsgiNamed = (machine: Machine, name: UwsgiName): Uwsgi | undefined =>
  uwsgis(machine).find((u) => u.program.service.name === name.service && u.program.name === name.program && (u.emperor ? u.ini?.file.path : undefined) === name.vassal);

/** A user as uWSGI takes it for a number; `0` it takes for a name, and does not find it. */
export const isNumber = (value: string): boolean => /^\d+$/.test(value) && Number(value) !== 0;

/**
 * The one that counts, by what uWSGI 2.0.21 did: the last of a name. But a bare `--chmod-socket` takes nothing back that
 * was said before it. And of a user, names and numbers are kept apart: a name counts until a number was said and is kept
 * then, whatever number follows; only where there is none does the last number count.
 */
export function effective(uwsgi: Uwsgi, name: string): UwsgiOption | undefined {
  const all = uwsgi.options.filter((o) => o.name === name);
  if (name === 'chmod-socket') return all.filter((o) => !o.bare).at(-1) ?? all.at(-1);
  if (name !== 'uid' && name !== 'gid') return all.at(-1);
  const numbers = all.filter((o) => isNumber(o.value));
  const names = numbers[0] ? all.slice(0, all.indexOf(numbers[0])) : all;
  return names.at(-1) ?? numbers.at(-1);
}

/** A switch that is on: its name alone, `true` or a number that is not 0. */
export const isOn = (uwsgi: Uwsgi, name: string): boolean => {
  const option = effective(uwsgi, name);
  return option !== undefined && (option.bare || /^(?:true|[1-9]\d*)$/.test(option.value));
};

const SOCKETS = /^(?:socket|(?:uwsgi|puwsgi|http|http11|fastcgi|fastcgi-nph|scgi|scgi-nph|raw)-socket)$/;

/** Unix sockets it opens, as written. A colon anywhere makes it a port, also in `unix:/run/app.sock` (measured). */
export function unixSockets(uwsgi: Uwsgi): readonly { readonly path: string; readonly option: UwsgiOption }[] {
  return uwsgi.options.filter((o) => SOCKETS.test(o.name) && o.value !== '' && !/^[@=]|:/.test(o.value)).map((option) => ({ path: option.value, option }));
}

/** Addresses that it is told to listen on: its routers, its own sockets, and `stats`. */
export function uwsgiBindsOf(uwsgi: Uwsgi, names: RegExp = /^(?:https?|https?-socket|socket|uwsgi-socket)$/): readonly (Bind & { readonly option: UwsgiOption })[] {
  return uwsgi.options.flatMap((o) => {
    const m = names.test(o.name) ? /^([\d.]*|\[[^\]]*\]):(\d+)/.exec(o.value) : null;
    if (!m || !o.file || !o.at) return [];
    const port = Number(m[2]);
    const digits = digitsIn(o.file, o.at, port);
    return [{ port, address: m[1] ?? '', file: o.file, at: o.at, ...(digits ? { digits } : {}), program: 'uwsgi' as const, option: o }];
  });
}

export const uwsgiBinds = (machine: Machine, service: Service): readonly Bind[] => uwsgisOf(machine, service).flatMap((u) => uwsgiBindsOf(u)).map(({ option: _, ...bind }) => bind);
