import { posix } from 'node:path';
import type { Machine, SourceFile } from '../model/machine.ts';
import type { EditFile } from '../model/change.ts';
import type { Refusal } from '../model/risk.ts';
import type { Place } from '../model/setting.ts';
import type { Service } from '../model/service.ts';
import { lastEntry, type IniEntry, type IniFile } from '../files/ini.ts';
import { perMachine } from './once.ts';
import { place } from './parsed.ts';
import type { Program } from './program.ts';
import { mountOf } from './socket-peer.ts';
import { doors } from './supervisord-doors.ts';
import { flaggedInTmp } from './tmp-flags.ts';
import { unitEntry } from './unit.ts';
import { uwsgis, type Uwsgi, type UwsgiOption } from './uwsgi.ts';

/** A socket, pid file or statistics socket of a program in a folder where everybody may make files. */
export interface TmpPlace {
  readonly path: string;
  readonly what: 'socket' | 'pid' | 'stats' | 'control' | 'state';
  readonly service: Service;
  readonly at: Place;
  readonly file: SourceFile;
  /** uWSGI: the option, and whose it is. */
  readonly option?: UwsgiOption;
  readonly uwsgi?: Uwsgi;
  /** supervisord's own: the entry. */
  readonly entry?: IniEntry;
  readonly ini?: IniFile;
  /** gunicorn and Celery: whose it is, and the edit that moves it. */
  readonly program?: Program;
  readonly write?: (to: string) => EditFile | Refusal;
}

/** Right in a folder with the sticky bit, by the file system's own standard. Who may write a folder further down was not seen. */
const OPEN = /^\/(?:var\/tmp|tmp|dev\/shm)\/[^%$@/]+$/;
export const isOpenFolder = (path: string): boolean => OPEN.test(path);

const OPTIONS: Readonly<Record<string, TmpPlace['what']>> = { socket: 'socket', 'uwsgi-socket': 'socket', 'http-socket': 'socket', stats: 'stats', pidfile: 'pid', pidfile2: 'pid', 'safe-pidfile': 'pid', 'safe-pidfile2': 'pid', 'master-fifo': 'control' };

/** systemd gives it a /tmp of its own. */
const hasItsOwn = ({ unit }: Program): boolean => unit !== undefined && /^(?:yes|true|on|1|disconnected)$/i.test(unitEntry(unit, 'Service', 'PrivateTmp')?.value ?? '');

function ofUwsgi(uwsgi: Uwsgi): readonly TmpPlace[] {
  const { program } = uwsgi;
  if (hasItsOwn(program)) return [];
  return uwsgi.options.flatMap((option): readonly TmpPlace[] => {
    const what = OPTIONS[option.name];
    const { file, at, value } = option;
    return what && file && at && isOpenFolder(value) && !value.includes(':') ? [{ path: posix.normalize(value), what, service: program.service, at, file, option, uwsgi }] : [];
  });
}

function ofSupervisord(machine: Machine): readonly TmpPlace[] {
  return doors(machine).filter((d) => d.kind === 'unix').flatMap(({ file, ini, section, service }) => {
    const found = [[lastEntry(ini, section.name, 'file'), 'control'], [lastEntry(ini, 'supervisord', 'pidfile'), 'pid']] as const;
    return found.flatMap(([entry, what]): readonly TmpPlace[] =>
      (entry && isOpenFolder(entry.value) ? [{ path: posix.normalize(entry.value), what, service, at: place(file, { start: entry.keySpan.start, end: entry.valueSpan.end }), file, entry, ini }] : []));
  });
}

/** All of them, by the file that says so. */
export const tmpPlaces = perMachine((machine: Machine): readonly TmpPlace[] => [...uwsgis(machine).flatMap(ofUwsgi), ...ofSupervisord(machine), ...flaggedInTmp(machine).filter((p) => !p.program || !hasItsOwn(p.program))]);

/** Others than its own container's programs find it there: on the machine, or in a folder that containers share. */
export const isShared = (machine: Machine, { service, path }: TmpPlace): boolean => service.host !== undefined || mountOf(machine, service, path) !== undefined;
