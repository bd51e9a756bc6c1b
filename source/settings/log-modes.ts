import type { Machine, SourceFile } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import type { Place } from '../model/setting.ts';
import { openChmods, type LogChmod } from './log-chmod.ts';
import { perMachine } from './once.ts';
import { place } from './parsed.ts';
import { programsOf } from './program.ts';
import { unitEntry, type Unit } from './unit.ts';
import { effective, uwsgis, type Uwsgi } from './uwsgi.ts';

interface Common {
  readonly service: Service;
  readonly at: Place;
  readonly file: SourceFile;
  /** As written: `777`, `a+rw`, `0777`. */
  readonly mode: string;
  /** Log files or folders it is about, inside the container or on the machine. */
  readonly paths: readonly string[];
}

/** A file that gives logs a mode which everybody may use, told apart by who obeys it. */
export type OpenLog =
  | (Common & { readonly kind: 'chmod'; readonly chmod: LogChmod })
  | (Common & { readonly kind: 'uwsgi'; readonly uwsgi: Uwsgi })
  | (Common & { readonly kind: 'systemd'; readonly unit: Unit });

/** `logfile-chmod = 666`, of a uWSGI that writes a log file at all; 644 was asked for as well: its default is 640. */
function uwsgiLog(uwsgi: Uwsgi): readonly OpenLog[] {
  const mode = effective(uwsgi, 'logfile-chmod');
  const path = ['logto2', 'logto', 'daemonize', 'daemonize2'].map((name) => effective(uwsgi, name)?.value).find((v) => v !== undefined && v.startsWith('/'));
  if (!mode?.at || !mode.file || path === undefined || !/^[0-7]{3}$/.test(mode.value) || (Number(mode.value.at(-1)) & 6) === 0) return [];
  return [{ kind: 'uwsgi', service: uwsgi.program.service, at: mode.at, file: mode.file, mode: mode.value, paths: [path], uwsgi }];
}

/** `LogsDirectoryMode=0777`: systemd makes the folder so at every start. */
function unitLogs(machine: Machine): readonly OpenLog[] {
  return programsOf(machine).flatMap((p): readonly OpenLog[] => {
    const folder = p.unit && unitEntry(p.unit, 'Service', 'LogsDirectory');
    const mode = p.unit && unitEntry(p.unit, 'Service', 'LogsDirectoryMode');
    if (!p.unit || !folder || !mode || !/^[0-7]{3,4}$/.test(mode.value) || (Number(mode.value.at(-1)) & 2) === 0) return [];
    return [{ kind: 'systemd', service: p.service, at: place(mode.file, mode.entry.valueSpan), file: mode.file, mode: mode.value, paths: folder.value.split(/\s+/).map((f) => `/var/log/${f}`), unit: p.unit }];
  });
}

/** Every such place, in the order of the services. */
export const openLogs = perMachine((machine: Machine): readonly OpenLog[] => [
  ...machine.services.flatMap((service) => openChmods(machine, service).map((chmod): OpenLog => ({ kind: 'chmod', service, at: chmod.at, file: chmod.image.file, mode: chmod.mode.value, paths: chmod.paths.map((p) => p.absolute), chmod }))),
  ...uwsgis(machine).flatMap(uwsgiLog),
  ...unitLogs(machine),
]);
