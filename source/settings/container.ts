import type { Service as Written } from '../files/compose.ts';
import type { Span } from '../files/span.ts';
import type { Container } from '../model/container.ts';
import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import type { Origin, Place, Setting } from '../model/setting.ts';
import { capability } from './capabilities.ts';
import { written } from './compose-services.ts';
import { place } from './parsed.ts';
import { runningOf } from './service-files.ts';

interface Said<T> extends Span {
  readonly value: T;
  /** A variable that nobody here gives a value. */
  readonly open: boolean;
}

/** One setting of a container: where compose has it, the flag of `docker run`, and how the engine tells it. */
interface Row<T> {
  readonly compose: string;
  readonly flag: string;
  /** Undefined where that file does not say. */
  said(service: Written): Said<T> | undefined;
  /** Of several files: lists add up, a single value is the strongest file's. */
  joined(strong: T, weak: T): T;
  seen(container: Container): T;
  readonly otherwise: T;
  same(a: T, b: T): boolean;
}

type List = readonly string[];

const listRow = (compose: string, flag: string, said: (s: Written) => Written['capDrop'], seen: (c: Container) => List, plain = (v: string): string => v): Row<List> => ({
  compose, flag, otherwise: [],
  said: (s) => {
    const all = said(s);
    const [first] = all;
    return first && { value: all.map((v) => plain(v.value)), open: all.some((v) => v.unresolved), start: first.start, end: first.end };
  },
  joined: (strong, weak) => [...weak, ...strong],
  seen: (c) => seen(c).map(plain),
  same: (a, b) => [...a].sort().join('\n') === [...b].sort().join('\n'),
});

/** `no-new-privileges`, `:true` and `=true` are the same; `seccomp:x` and `seccomp=x`, too. */
export const option = (written: string): string => written.replace(/^([\w-]+)[:=]/, '$1=').replace(/^no-new-privileges$/, 'no-new-privileges=true');

const ROWS = {
  capDrop: listRow('cap_drop', '--cap-drop', (s) => s.capDrop, (c) => c.capDrop, capability),
  capAdd: listRow('cap_add', '--cap-add', (s) => s.capAdd, (c) => c.capAdd, capability),
  securityOpt: listRow('security_opt', '--security-opt', (s) => s.securityOpt, (c) => c.securityOpt, option),
  tmpfs: listRow('tmpfs', '--tmpfs', (s) => s.tmpfs, (c) => c.tmpfs ?? []),
  readOnly: {
    compose: 'read_only', flag: '--read-only', otherwise: false,
    said: ({ readOnly: v }) => v && { value: v.value ?? false, open: v.value === undefined, start: v.start, end: v.end },
    joined: (strong) => strong, seen: (c) => c.readOnly, same: (a, b) => a === b,
  } satisfies Row<boolean>,
  privileged: {
    compose: 'privileged', flag: '--privileged', otherwise: false,
    said: ({ privileged: v }) => v && { value: v.value ?? false, open: v.value === undefined, start: v.start, end: v.end },
    joined: (strong) => strong, seen: (c) => c.privileged, same: (a, b) => a === b,
  } satisfies Row<boolean>,
} as const;

type Values = { readonly capDrop: List; readonly capAdd: List; readonly securityOpt: List; readonly tmpfs: List; readonly readOnly: boolean; readonly privileged: boolean };
export type ContainerKey = keyof Values;

export const keyOf = (name: ContainerKey): string => ROWS[name].compose;
export const flagOf = (name: ContainerKey): string => ROWS[name].flag;

export interface ContainerSetting<T> extends Setting<T> {
  /** A running container shows it. */
  readonly seen: boolean;
}

/** As the files of compose decide it together; the place is the strongest file's that says something. */
function declared<K extends ContainerKey>(machine: Machine, service: Service, name: K): { readonly value: Values[K]; readonly at?: Place; readonly open: boolean } {
  const row = ROWS[name] as unknown as Row<Values[K]>;
  const said = (service.compose ? written(machine.files, service.compose) : []).flatMap(({ file, service: s }) => { const one = row.said(s); return one ? [{ ...one, at: place(file, one) }] : []; });
  const [strongest, ...weaker] = said;
  if (!strongest) return { value: row.otherwise, open: false };
  return { value: weaker.reduce((value, w) => row.joined(value, w.value), strongest.value), at: strongest.at, open: said.some((s) => s.open) };
}

/** The effective value: what a running container shows, else what the files of compose decide, else the engine's own. */
export function containerSetting<K extends ContainerKey>(machine: Machine, service: Service, name: K): ContainerSetting<Values[K]> {
  const row = ROWS[name] as unknown as Row<Values[K]>;
  const told = declared(machine, service, name);
  const compose: Origin = { kind: told.at ? 'compose' : 'default', label: row.compose, ...(told.at ? { at: told.at } : {}) };
  const [running] = runningOf(machine, service);
  if (!running) return { value: told.value, from: compose, hides: [], seen: false, ...(told.open ? { guess: true } : {}) };
  const value = row.seen(running);
  if (service.compose && row.same(value, told.value)) return { value, from: compose, hides: [], seen: true };
  // Older than its file, or made by hand: the container alone shows it.
  return { value, from: { kind: 'argv', label: row.flag }, hides: told.at ? [{ value: told.value, from: compose }] : [], seen: true };
}

/** Where a service's part of its main compose file begins: what nobody says is missing there. */
export function serviceLine(machine: Machine, service: Service): Place | undefined {
  const own = service.compose && written(machine.files, service.compose).at(-1);
  return own && place(own.file, own.service.keySpan);
}
