import { posix } from 'node:path';
import { lastEntry, type IniFile, type IniSection } from '../files/ini.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import type { Listener, UnixSocket } from '../model/process.ts';
import type { Service } from '../model/service.ts';
import type { Place } from '../model/setting.ts';
import { written } from './compose-services.ts';
import { liveOf } from './live.ts';
import { perMachine } from './once.ts';
import { iniOf, place } from './parsed.ts';
import { programsOf, type Program } from './program.ts';
import { containersOf } from './service-files.ts';
import { hereOf, supervisordFiles } from './supervisord.ts';
import { controlOf } from './supervisord-control.ts';

/** A way in through which supervisord takes orders: its own HTTP on a port, or on a unix socket. */
export interface Door {
  readonly kind: 'inet' | 'unix';
  readonly file: SourceFile;
  readonly ini: IniFile;
  readonly section: IniSection;
  /** The service to start again: the container, or the supervisord of the machine. */
  readonly service: Service;
  readonly at: Place;
  readonly password: boolean;
  /** unix: where it lies, and its permission bits as they are or are to be. */
  readonly path?: string;
  readonly mode?: number;
  readonly chown?: string;
  readonly socket?: UnixSocket;
  /** inet: as written, `` or `*` for every address. */
  readonly address?: string;
  readonly port?: number;
  readonly listener?: Listener;
  /** A variable stood in the way. */
  readonly guess: boolean;
}

/** Services whose supervisord reads this file: a container that carries it, or the supervisord of the machine. */
function servicesOf(machine: Machine, file: SourceFile): readonly Service[] {
  const all = programsOf(machine);
  const masters = all.filter((p) => p.kind === 'supervisord');
  const inside = masters.filter((p) => !p.service.host && all.some((q) => q.service.name === p.service.name && q.supervisor?.file === file)).map((p) => p.service);
  // Without a program in it, it is the main file that takes others in.
  const carried = masters.filter((p) => !p.service.host && p.words.some((w) => w.value.endsWith(posix.basename(file.path)))).map((p) => p.service);
  const host = machine.services.filter((s) => s.host?.running && controlledBy(machine, s, file));
  const itself = host.filter((s) => all.some((p) => p.service === s && p.kind === 'supervisord'));
  const declared = machine.services.filter((s) => s.host?.by === 'supervisord' && !s.host.running && s.host.file === file.path);
  return [...new Set([...inside, ...carried, ...itself, ...host, ...declared])];
}

function controlledBy(machine: Machine, service: Service, file: SourceFile): boolean {
  const config = controlOf(machine, service)?.supervisor.config;
  return config !== undefined && (config === file.path || config === posix.join(machine.root, file.path));
}

/** `0700` as Python's int(x, 8) reads it. */
const octal = (value: string): number | undefined => (/^0?[0-7]{1,4}$/.test(value) ? parseInt(value, 8) : undefined);

function unixDoor(machine: Machine, file: SourceFile, ini: IniFile, section: IniSection, service: Service): Door | undefined {
  const said = (key: string): ReturnType<typeof lastEntry> => lastEntry(ini, section.name, key);
  const at = said('file');
  if (!at) return undefined;
  const path = at.value.replaceAll('%(here)s', hereOf(machine.root, file));
  const chmod = said('chmod');
  const live = service.host ? machine.host.sockets : liveOf(machine, service).flatMap((l) => l.sockets);
  // supervisord binds `supervisor.sock.123` and links it: the first part is the name.
  const socket = live.find((s) => s.path === path || s.path.replace(/\.\d+$/, '') === path);
  const mode = octal(chmod?.value ?? '0700');
  const deciding = chmod ?? at;
  const password = said('password')?.value ?? '';
  const chown = said('chown')?.value;
  return {
    kind: 'unix', file, ini, section, service, path, password: password !== '', guess: mode === undefined || path.includes('%('),
    at: place(file, { start: deciding.keySpan.start, end: deciding.valueSpan.end }),
    ...(mode === undefined ? {} : { mode }), ...(chown ? { chown } : {}), ...(socket ? { socket } : {}),
  };
}

function inetDoor(machine: Machine, file: SourceFile, ini: IniFile, section: IniSection, service: Service): Door | undefined {
  const at = lastEntry(ini, section.name, 'port');
  const [, host, number] = /^(?:(.*):)?(\d+)$/.exec(at?.value ?? '') ?? [];
  if (!at || number === undefined) return undefined;
  const port = Number(number);
  const listener = liveOf(machine, service).flatMap((l) => l.listeners).find((l) => l.port === port);
  const password = lastEntry(ini, section.name, 'password')?.value ?? '';
  return { kind: 'inet', file, ini, section, service, address: host ?? '', port, password: password !== '', guess: (host ?? '').includes('%('), at: place(file, { start: at.keySpan.start, end: at.valueSpan.end }), ...(listener ? { listener } : {}) };
}

/** Every door of every supervisord whose configuration was read. */
export const doors = perMachine((machine: Machine): readonly Door[] => supervisordFiles(machine).flatMap((file) => {
  const [service] = servicesOf(machine, file);
  if (!service) return [];
  const ini = iniOf(file, 'supervisord');
  return ini.sections.flatMap((section) => {
    if (/^unix_http_server(?::|$)/.test(section.name)) return unixDoor(machine, file, ini, section, service) ?? [];
    return /^inet_http_server(?::|$)/.test(section.name) ? (inetDoor(machine, file, ini, section, service) ?? []) : [];
  });
}));

/** Where the control socket of one configuration lies now; the path it was planned with where nothing says another. */
export const socketNow = (machine: Machine, file: string | undefined, planned: string): string =>
  (file === undefined ? undefined : doors(machine).find((d) => d.kind === 'unix' && d.file.path === file && !d.guess)?.path) ?? planned;

export const isLoopback = (address: string): boolean => /^(?:127\.|localhost$|\[?::1\]?$)/.test(address);

/** Others than this machine, or this container, reach it. */
export const isOutside = (door: Door): boolean => door.kind === 'inet' && !isLoopback(door.address ?? '');

/** A port of a container that is published on this machine. */
export const isPublished = (machine: Machine, { service, port }: Door): boolean => !service.host
  && (containersOf(machine, service).some((c) => c.ports.some((p) => p.inside === port))
    || (service.compose ? written(machine.files, service.compose) : []).some((w) => w.service.ports.some((p) => p.target === String(port))));

export const groupMay = ({ mode, socket }: Door): boolean => ((socket?.mode ?? mode ?? 0) & 0o020) !== 0;
export const othersMay = ({ mode, socket }: Door): boolean => ((socket?.mode ?? mode ?? 0) & 0o002) !== 0;

/** Programs that this supervisord can be told to stop, and to start. */
export const governed = (machine: Machine, door: Door): readonly Program[] =>
  programsOf(machine).filter((p) => p.supervisor && (door.service.host ? p.service.host !== undefined && (p.supervisor.file === door.file || door.file.text.includes('[include]')) : p.service.name === door.service.name));
