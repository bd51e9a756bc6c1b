import { posix } from 'node:path';
import type { Machine } from '../model/machine.ts';
import { refuse } from '../model/risk.ts';
import { text } from '../model/text.ts';
import { absolutePath } from './open-socket.ts';
import { mountOf } from './socket-peer.ts';
import { isOpenFolder } from './tmp-places.ts';
import type { Unclean } from './unclean-stop.ts';
import { folderOf } from './unit-service.ts';
import { unitEntry } from './unit.ts';
import { effective, isOn, unixSockets, type Uwsgi, type UwsgiOption } from './uwsgi.ts';
import { setOptions, type Wanted } from './uwsgi-edit.ts';

export type StopSignal = 'TERM' | 'QUIT';

const NUMBERS: Readonly<Record<StopSignal, number>> = { TERM: 15, QUIT: 3 };

/** The signal with it ends each worker when its request is answered; `die-on-term` alone cuts them off (measured with 2.0.21). */
export const graceful = (signal: StopSignal): string => `unix_signal:${NUMBERS[signal]} gracefully_kill_them_all`;

/** systemd takes the whole folder away at each stop. */
function inRuntimeDirectory({ program: { unit } }: Uwsgi, path: string): boolean {
  const names = (unit && unitEntry(unit, 'Service', 'RuntimeDirectory')?.value.split(/\s+/)) ?? [];
  return names.some((name) => path.startsWith(`${folderOf({ key: 'RuntimeDirectory', name })}/`)) && !/^(?:yes|restart)$/.test((unit && unitEntry(unit, 'Service', 'RuntimeDirectoryPreserve')?.value) ?? 'no');
}

/** A socket that others than its own container find: on the machine, or in a folder that containers share. */
function stays(machine: Machine, u: Uwsgi): UwsgiOption | undefined {
  if (isOn(u, 'vacuum')) return undefined;
  return unixSockets(u).find(({ path: written }) => {
    const path = posix.normalize(absolutePath(machine, u.program, written));
    // Out of /tmp it has to go anyway (files-in-tmp), and there it may not be removed.
    return path.startsWith('/') && !isOpenFolder(path) && !inRuntimeDirectory(u, path) && (u.program.service.host !== undefined || mountOf(machine, u.program.service, path) !== undefined);
  })?.option;
}

const VACUUM: Wanted = { name: 'vacuum', value: 'true' };
const NO_INI = refuse(text('it reads no ini that was found here: add it to its command line', '它没有读取这里找得到的 ini：请写在它的命令行上'));
const mended = (own: Uwsgi, wanted: readonly Wanted[], anchor: UwsgiOption): Unclean['mend'] => (own.ini ? setOptions(own, wanted, [anchor.entry ? anchor : undefined]) : NO_INI);

/** A uWSGI with a master that takes the signal for a reload: SIGTERM, and with `die-on-term`, which swaps the two, SIGQUIT (measured with 2.0.21). */
export function reloads(machine: Machine, own: Uwsgi, signal: StopSignal): Unclean | undefined {
  const { program } = own;
  const hooked = own.options.some((o) => /^hook-(?:master-start|asap|post-jail)$/.test(o.name) && new RegExp(`^unix_signal:(?:${NUMBERS[signal]}|SIG${signal})\\b`).test(o.value));
  const swapped = isOn(own, 'die-on-term');
  const emperor = effective(own, 'emperor');
  // What an emperor makes of SIGQUIT was not measured.
  if (own.emperor || hooked || swapped !== (signal === 'QUIT') || (swapped && emperor)) return undefined;
  // Without a master, either ends it at once.
  const master = isOn(own, 'master') ? effective(own, 'master') : undefined;
  const decides = master ?? emperor;
  if (!decides?.at) return undefined;
  const wanted: Wanted[] = [...(swapped ? [] : [{ name: 'die-on-term', value: 'true' }]), ...(master && !emperor ? [{ name: 'hook-master-start', value: graceful(signal) }] : []), ...(stays(machine, own) ? [VACUUM] : [])];
  return { program, why: 'reloads', signal, at: decides.at, mend: mended(own, wanted, decides) };
}

/** Stopped well, and its socket stays: who starts it next, as somebody else, may not remove it. */
export function leavesSocket(machine: Machine, own: Uwsgi): Unclean | undefined {
  const option = own.emperor ? undefined : stays(machine, own);
  return option?.at && { program: own.program, why: 'leaves-socket', at: option.at, mend: mended(own, [VACUUM], option) };
}
