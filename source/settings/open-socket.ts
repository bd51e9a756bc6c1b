import { posix } from 'node:path';
import type { Machine } from '../model/machine.ts';
import type { UnixSocket } from '../model/process.ts';
import type { Service } from '../model/service.ts';
import { gunicornSockets } from './gunicorn-socket.ts';
import type { Program } from './program.ts';
import { hostPath } from './program-files.ts';
import { runningOf, tidy } from './service-files.ts';
import { effective, unixSockets, uwsgis, uwsgisOf, type Uwsgi, type UwsgiOption } from './uwsgi.ts';

export interface AppSocket {
  readonly path: string;
  /** Permission bits that the files ask for; undefined where nobody says (uWSGI then leaves 755). */
  readonly mode?: number;
  /** The option that decides the mode, and the one that opens the socket. */
  readonly decides?: UwsgiOption;
  readonly opens: UwsgiOption;
  readonly uwsgi: Uwsgi;
  /** As it lies in the running container or on this machine, with its owner. */
  readonly live?: UnixSocket;
}

/**
 * Measured with 2.0.21 (FACTS.md, section 8): three octal digits are themselves, `1` is 666, and so is the bare flag on a
 * command line. Anything else, a bare name in an ini too, is an "invalid chmod value": that uWSGI never starts.
 */
export function modeOf(option: UwsgiOption | undefined): number | undefined {
  if (!option) return undefined;
  if (option.value === '1' || (option.bare && !option.entry)) return 0o666;
  return /^[0-7]{3}$/.test(option.value) ? parseInt(option.value, 8) : undefined;
}

/** A path as a program names it, whole: in its container, or on the machine. */
export function absolutePath(machine: Machine, program: Program, path: string): string {
  if (program.service.host) return hostPath(machine, program, path) ?? path;
  return tidy(path.startsWith('/') ? path : `${program.cwd ?? ''}/${path}`);
}

/** A socket as it lies there now. */
export function liveSocket(machine: Machine, program: Program, path: string): UnixSocket | undefined {
  const { service } = program;
  const absolute = absolutePath(machine, program, path);
  const all = service.host ? machine.host.sockets : runningOf(machine, service).flatMap((c) => c.sockets);
  return all.find((s) => s.path === absolute || (s.path === path && !service.host));
}

export function socketsOf(machine: Machine, uwsgi: Uwsgi): readonly AppSocket[] {
  const decides = effective(uwsgi, 'chmod-socket');
  const mode = modeOf(decides);
  return unixSockets(uwsgi).map(({ path, option }) => {
    const live = liveSocket(machine, uwsgi.program, path);
    return { path: live?.path ?? absolutePath(machine, uwsgi.program, path), opens: option, uwsgi, ...(mode === undefined ? {} : { mode }), ...(decides ? { decides } : {}), ...(live ? { live } : {}) };
  });
}

/** Unix sockets of the uWSGIs that a service starts; mode by the winning `chmod-socket`, and as it is seen. */
export const appSockets = (machine: Machine, service: Service): readonly AppSocket[] => uwsgisOf(machine, service).flatMap((u) => socketsOf(machine, u));

export const allAppSockets = (machine: Machine): readonly AppSocket[] => uwsgis(machine).flatMap((u) => socketsOf(machine, u));

/** Where a socket that was at this path lies now: another fix of the same run may have moved it, and leaves it its name. */
export function movedSocket(machine: Machine, service: string, path: string): string {
  const declared = machine.services.filter((s) => s.name === service).flatMap((s) => [...appSockets(machine, s), ...gunicornSockets(machine, s)].map((one) => one.path));
  const alike = [...new Set(declared.filter((p) => posix.basename(p) === posix.basename(path)))];
  return declared.includes(path) || alike.length !== 1 ? path : (alike[0] ?? path);
}

/** Anybody may connect: connecting needs the write bit. */
export const isOpen = (mode: number | undefined): boolean => mode !== undefined && (mode & 0o002) !== 0;
