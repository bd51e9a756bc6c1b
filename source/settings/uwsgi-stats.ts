import type { Machine } from '../model/machine.ts';
import type { Listener, UnixSocket } from '../model/process.ts';
import { confined } from './confined.ts';
import { written } from './compose-services.ts';
import { digitsIn } from './listen.ts';
import { absolutePath, isOpen, liveSocket, modeOf, socketsOf } from './open-socket.ts';
import { containersOf } from './service-files.ts';
import { isLoopback } from './supervisord-doors.ts';
import { effective, uwsgis, type Uwsgi, type UwsgiOption } from './uwsgi.ts';

/** Where a uWSGI tells its statistics to whoever connects. */
export interface Stats {
  readonly uwsgi: Uwsgi;
  readonly option: UwsgiOption;
  /** A port, with the address as written (`` for every one). */
  readonly port?: number;
  readonly address?: string;
  readonly listener?: Listener;
  /** A socket, with its mode as it lies there or is to be. */
  readonly path?: string;
  readonly mode?: number;
  readonly socket?: UnixSocket;
}

/** The last `stats` counts. Digits alone are the name of a socket, not a port (measured). */
function statsOf(machine: Machine, uwsgi: Uwsgi): Stats | undefined {
  const option = effective(uwsgi, 'stats');
  if (!option || option.value === '' || option.value.startsWith('@')) return undefined;
  const [, address, digits] = /^(.*):(\d+)$/.exec(option.value) ?? [];
  const { program } = uwsgi;
  if (digits !== undefined) {
    const port = Number(digits);
    const listener = program.live.listeners.find((l) => l.port === port);
    return { uwsgi, option, port, address: address ?? '', ...(listener ? { listener } : {}) };
  }
  const socket = liveSocket(machine, program, option.value);
  const mode = socket?.mode ?? modeOf(effective(uwsgi, 'chmod-socket'));
  return { uwsgi, option, path: socket?.path ?? absolutePath(machine, program, option.value), ...(mode === undefined ? {} : { mode }), ...(socket ? { socket } : {}) };
}

export const allStats = (machine: Machine): readonly Stats[] => uwsgis(machine).flatMap((u) => statsOf(machine, u) ?? []);

/** Others than this machine, or this container, may connect. */
export const isOutside = ({ address, port }: Stats): boolean => port !== undefined && !isLoopback(address ?? '');

/** Strangers may connect to its socket; where an app's socket is open by the same line, that is told as socket-mode. */
export const isOpenSocket = (machine: Machine, stats: Stats): boolean =>
  stats.path !== undefined && isOpen(stats.mode) && !socketsOf(machine, stats.uwsgi).some((s) => isOpen(s.live?.mode ?? s.mode));

/** The port is this machine's: of a host service, with host networking, or published. */
export function isPublic(machine: Machine, { uwsgi, port }: Stats): boolean {
  const { service } = uwsgi.program;
  if (service.host || confined(machine, service).hostNetwork) return true;
  return containersOf(machine, service).some((c) => c.ports.some((p) => p.inside === port)) || (service.compose ? written(machine.files, service.compose) : []).some((w) => w.service.ports.some((p) => p.target === String(port)));
}

/** The address in front of the port, on its own, as an edit would replace it. */
export function addressSpan({ option, port }: Stats): { readonly start: number; readonly end: number } | undefined {
  const { file, at } = option;
  const digits = file && at && port !== undefined ? digitsIn(file, at, port) : undefined;
  if (!file || !at || !digits) return undefined;
  const before = file.text.slice(at.start, digits.start - 1);
  const address = /[\w.*[\]:]*$/.exec(before)?.[0].replace(/^.*=/, '') ?? '';
  return file.text[digits.start - 1] === ':' ? { start: digits.start - 1 - address.length, end: digits.start - 1 } : undefined;
}
