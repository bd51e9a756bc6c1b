import { lastEntry, setEntry, type IniEntry } from '../files/ini.ts';
import { isRefused, type Span } from '../files/span.ts';
import { setScalar, setServiceKey } from '../files/compose.ts';
import type { Change } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import { isRefusal, refuse, type Refusal } from '../model/risk.ts';
import type { Place } from '../model/setting.ts';
import type { Service } from '../model/service.ts';
import { same, text } from '../model/text.ts';
import { written } from './compose-services.ts';
import { editOf, editsOf } from './edit.ts';
import { place } from './parsed.ts';
import type { Program } from './program.ts';
import { unitEntry, type UnitEntry } from './unit.ts';
import { setUnitLines } from './unit-edit.ts';

/** How long the owner of a program waits between telling it to stop and killing it. */
export interface Grace {
  readonly seconds: number;
  /** Somebody wrote it; else it is the owner's default. */
  readonly said: boolean;
  readonly at: Place;
  readonly by: 'supervisord' | 'systemd' | 'docker';
}

const UNITS: Readonly<Record<string, number>> = { us: 1e-6, ms: 1e-3, msec: 1e-3, s: 1, sec: 1, second: 1, seconds: 1, '': 1, m: 60, min: 60, minute: 60, minutes: 60, h: 3600, hr: 3600, hour: 3600, hours: 3600 };

/** `90`, `1min 30s`, `1m30s`, `500ms`, `infinity`; undefined for what can't be told. */
export function secondsOf(value: string): number | undefined {
  if (/^infinity$/i.test(value.trim())) return Infinity;
  const part = /(\d+(?:\.\d+)?)\s*([a-z]*)/gi;
  // Nothing but numbers and their units.
  if (value.length > 64 || !/\d/.test(value) || value.replace(part, '').trim() !== '') return undefined;
  const parts = [...value.matchAll(part)].map((m) => Number(m[1]) * (UNITS[(m[2] ?? '').toLowerCase()] ?? NaN));
  const all = parts.reduce((sum, n) => sum + n, 0);
  return Number.isNaN(all) ? undefined : all;
}

const lineOf = (entry: IniEntry): Span => ({ start: entry.keySpan.start, end: entry.valueSpan.end });

function supervisordGrace({ supervisor }: Program): Grace | undefined {
  if (!supervisor) return undefined;
  const said = lastEntry(supervisor.ini, supervisor.section, 'stopwaitsecs');
  const entry = said ?? lastEntry(supervisor.ini, supervisor.section, 'command');
  const seconds = said ? Number(said.value) : 10;
  return entry && !Number.isNaN(seconds) ? { seconds, said: said !== undefined, at: place(supervisor.file, lineOf(entry)), by: 'supervisord' } : undefined;
}

const unitGrace = ({ unit }: Program): UnitEntry | undefined => unit && (unitEntry(unit, 'Service', 'TimeoutStopSec') ?? unitEntry(unit, 'Service', 'TimeoutSec'));

function systemdGrace(program: Program): Grace | undefined {
  const said = unitGrace(program);
  const entry = said ?? (program.unit && unitEntry(program.unit, 'Service', 'ExecStart'));
  // 0 waits for ever (systemd.service(5)), the default is 90.
  const seconds = said ? secondsOf(said.value) : 90;
  return entry && seconds !== undefined ? { seconds: seconds === 0 ? Infinity : seconds, said: said !== undefined, at: place(entry.file, lineOf(entry.entry)), by: 'systemd' } : undefined;
}

/** `stop_grace_period` of its container; compose's default is ten seconds. */
export function containerGrace(machine: Machine, { service }: Pick<Program, 'service'>): Grace | undefined {
  const all = service.compose ? written(machine.files, service.compose) : [];
  for (const { file, service: own } of all) {
    const value = own.keys.get('stop_grace_period')?.value;
    if (value?.kind !== 'scalar') continue;
    const seconds = secondsOf(value.value);
    return seconds === undefined ? undefined : { seconds, said: true, at: place(file, value), by: 'docker' };
  }
  const last = all.at(-1);
  return last && { seconds: 10, said: false, at: place(last.file, last.service.keySpan), by: 'docker' };
}

export const WARM_SECONDS = 60;

/** How long a Celery worker in a container may go on with its tasks when we stop it: as its file says, where that is longer. */
export function warmSeconds(machine: Machine, service: Service): number {
  const said = containerGrace(machine, { service })?.seconds ?? 0;
  return Math.max(WARM_SECONDS, Number.isFinite(said) ? said : 0);
}

/** What its own owner gives it. A program of supervisord in a container is stopped with its container, too: `containerGrace`. */
export function graceOf(machine: Machine, program: Program): Grace | undefined {
  if (program.supervisor) return supervisordGrace(program);
  if (program.unit) return systemdGrace(program);
  return program.starter === 'container' ? containerGrace(machine, program) : undefined;
}

/** The container's own time to stop. */
export function setContainerGrace(machine: Machine, { service }: Program, seconds: number): readonly Change[] | Refusal {
  const all = service.compose ? written(machine.files, service.compose) : [];
  const there = all.find(({ service: own }) => own.keys.get('stop_grace_period'));
  const own = there ?? all.at(-1);
  if (!own) return refuse(text('no compose file says how it is started', '没有 compose 文件说明它如何启动'));
  const value = own.service.keys.get('stop_grace_period')?.value;
  const edit = editsOf(own.file, value?.kind === 'scalar' ? setScalar(value, `${seconds}s`) : setServiceKey(own.compose, own.service.name, 'stop_grace_period', `${seconds}s`));
  return isRefusal(edit) ? edit : [edit];
}

/** The time to stop, written where its owner reads it. */
export function setGrace(machine: Machine, program: Program, seconds: number): readonly Change[] | Refusal {
  const { supervisor, unit } = program;
  if (supervisor) {
    const { ini, section, file } = supervisor;
    const edits = setEntry(ini, section, 'stopwaitsecs', String(seconds), lastEntry(ini, section, 'stopsignal') ?? lastEntry(ini, section, 'command'));
    return isRefused(edits) ? refuse(same(`${file.path}: ${edits.refused}`)) : [editOf(file, edits)];
  }
  if (unit) return setUnitLines(unit, [{ section: 'Service', key: unitGrace(program)?.entry.key === 'TimeoutSec' ? 'TimeoutSec' : 'TimeoutStopSec', value: String(seconds) }], '30-stop.conf');
  return setContainerGrace(machine, program, seconds);
}
