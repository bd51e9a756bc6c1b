import type { Container } from '../model/container.ts';
import type { Machine } from '../model/machine.ts';
import type { UnixSocket } from '../model/process.ts';
import type { Service } from '../model/service.ts';
import { runningOf, tidy, shipped, workdirOf } from './service-files.ts';
import { effective, unixSockets, uwsgisOf, type Uwsgi, type UwsgiOption } from './uwsgi.ts';

export interface AppSocket {
  readonly path: string;
  /** Permission bits that the files ask for; undefined where nobody says (uWSGI then leaves 755). */
  readonly mode?: number;
  /** The option that decides the mode, and the one that opens the socket. */
  readonly decides?: UwsgiOption;
  readonly opens: UwsgiOption;
  readonly uwsgi: Uwsgi;
  /** As it lies in the running container, with its owner. */
  readonly live?: UnixSocket;
  readonly container?: Container;
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

/** Unix sockets of the uWSGIs that a service starts; mode by the winning `chmod-socket`, and as it is seen. */
export function appSockets(machine: Machine, service: Service): readonly AppSocket[] {
  const image = shipped(machine, service);
  return uwsgisOf(machine, service).flatMap((uwsgi) => {
    const decides = effective(uwsgi, 'chmod-socket');
    const mode = modeOf(decides);
    return unixSockets(uwsgi).map(({ path, option }) => {
      const absolute = tidy(path.startsWith('/') ? path : `${image ? workdirOf(image) : ''}/${path}`);
      const container = runningOf(machine, service).find((c) => c.sockets.some((s) => s.path === absolute || s.path === path));
      const live = container?.sockets.find((s) => s.path === absolute || s.path === path);
      return { path: live?.path ?? absolute, opens: option, uwsgi, ...(mode === undefined ? {} : { mode }), ...(decides ? { decides } : {}), ...(live ? { live } : {}), ...(container ? { container } : {}) };
    });
  });
}

/** Anybody may connect: connecting needs the write bit. */
export const isOpen = (mode: number | undefined): boolean => mode !== undefined && (mode & 0o002) !== 0;
