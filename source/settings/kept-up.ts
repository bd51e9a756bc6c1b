import { lastEntry, replaceValue } from '../files/ini.ts';
import { at, setScalar, setServiceKey } from '../files/compose.ts';
import type { EditFile } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import type { Refusal } from '../model/risk.ts';
import type { Place } from '../model/setting.ts';
import { written } from './compose-services.ts';
import { editsOf } from './edit.ts';
import { place } from './parsed.ts';
import { programsOf, type Program } from './program.ts';
import { containersOf } from './service-files.ts';
import { unitEntry } from './unit.ts';
import { isTool, serviceValue } from './unit-service.ts';

/** A program that nobody starts again: when it dies, or after the machine was started anew. */
export interface NotKeptUp {
  readonly program: Program;
  readonly lacks: 'restart' | 'start' | 'owner';
  /** The line that says so, or the one that begins what is silent about it. */
  readonly at?: Place;
  /** It says so itself; else it is only silent. */
  readonly said: boolean;
}

/** What is meant to go on for ever; a migration or a report ends by itself. */
const LASTS = /^(?:gunicorn3?|uwsgi(?:-core)?|celery|nginx|supervisord|redis-server|rabbitmq-server|flower|uvicorn|hypercorn|daphne|postgres|mysqld|mariadbd|memcached)$/;

const no = (value: string): boolean => /^(?:false|no|off|0|none|f|n)$/i.test(value);

function inSupervisord(program: Program): readonly NotKeptUp[] {
  const p = program.supervisor;
  if (!p) return [];
  // `startsecs=0` is for what is to run once.
  if (lastEntry(p.ini, p.section, 'startsecs')?.value === '0') return [];
  return (['autorestart', 'autostart'] as const).flatMap((key) => {
    const entry = lastEntry(p.ini, p.section, key);
    return entry && no(entry.value) ? [{ program, lacks: key === 'autostart' ? ('start' as const) : ('restart' as const), said: true, at: place(p.file, { start: entry.keySpan.start, end: entry.valueSpan.end }) }] : [];
  });
}

function inUnit(program: Program): readonly NotKeptUp[] {
  const { unit } = program;
  if (!unit || isTool(program) || /^(?:oneshot|forking)$/.test(serviceValue(unit, 'Type') ?? '') || unit.name.includes('@')) return [];
  const restart = unitEntry(unit, 'Service', 'Restart');
  if (restart && !no(restart.value)) return [];
  const entry = restart ?? unitEntry(unit, 'Service', 'ExecStart');
  return entry ? [{ program, lacks: 'restart', said: restart !== undefined, at: place(entry.file, { start: entry.entry.keySpan.start, end: entry.entry.valueSpan.end }) }] : [];
}

/** `restart:`, or swarm's `deploy.restart_policy`; by what runs, where it runs. */
function inCompose(machine: Machine, program: Program): readonly NotKeptUp[] {
  const { service } = program;
  if (!service.compose || !LASTS.test(program.kind)) return [];
  const all = written(machine.files, service.compose);
  if (all.some(({ service: s }) => at(s.node, 'deploy', 'restart_policy') !== undefined)) return [];
  const live = containersOf(machine, service);
  const here = all.find(({ service: s }) => s.restart);
  const value = here?.service.restart;
  if (value && (!no(value.value) || value.unresolved)) return [];
  if (live.length > 0 && live.every((c) => c.restart !== '' && c.restart !== 'no')) return [];
  const own = here ?? all.at(-1);
  return own ? [{ program, lacks: 'restart', said: value !== undefined, at: place(own.file, value ?? own.service.keySpan) }] : [];
}

/** Every program that lacks somebody who keeps it up, by whoever starts it. */
export const notKeptUp = (machine: Machine): readonly NotKeptUp[] => programsOf(machine).flatMap((program): readonly NotKeptUp[] => {
  if (program.starter === 'supervisord') return inSupervisord(program);
  if (program.starter === 'systemd') return inUnit(program);
  if (program.starter === 'container') return inCompose(machine, program);
  return LASTS.test(program.kind) && program.live.processes.length > 0 ? [{ program, lacks: 'owner', said: false }] : [];
});

/** The line that keeps it up, written where the owner reads it; a unit's is set by `setUnitLines`. */
export function keepUp(machine: Machine, { program, lacks, said }: NotKeptUp): EditFile | Refusal | undefined {
  const p = program.supervisor;
  if (p) {
    const entry = lastEntry(p.ini, p.section, lacks === 'start' ? 'autostart' : 'autorestart');
    return entry && editsOf(p.file, replaceValue(p.ini, entry, 'true'));
  }
  const all = program.service.compose ? written(machine.files, program.service.compose) : [];
  const own = (said ? all.find(({ service: s }) => s.restart) : undefined) ?? all.at(-1);
  if (!own) return undefined;
  const { restart } = own.service;
  return editsOf(own.file, restart ? setScalar(restart, 'unless-stopped') : setServiceKey(own.compose, own.service.name, 'restart', 'unless-stopped'));
}
