import { posix } from 'node:path';
import { lastEntry } from '../files/ini.ts';
import type { HostLog } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import { gunicornsOf } from './gunicorn.ts';
import { told } from './gunicorn-settings.ts';
import { iniOf } from './parsed.ts';
import type { Program } from './program.ts';
import { hostPath } from './program-files.ts';
import { flags } from './started.ts';
import { hereOf, supervisordFiles } from './supervisord.ts';
import { unitEntries } from './unit.ts';
import { uwsgis } from './uwsgi.ts';

/** Where supervisord puts the logs that it names itself: `worker-stderr---supervisor-k3j2.log`. */
function childLogs(machine: Machine, program: Program): string {
  const argv = machine.host.processes.find((p) => p.pid === program.live.processes[0]?.ppid)?.argv ?? [];
  const at = argv.findIndex((w) => w === '-q' || w === '--childlogdir');
  const flag = argv.map((w) => /^--childlogdir=(.+)$/.exec(w)?.[1]).find((w) => w !== undefined) ?? (at >= 0 ? argv[at + 1] : undefined);
  const said = supervisordFiles(machine).flatMap((f) => {
    const entry = lastEntry(iniOf(f, 'supervisord'), 'supervisord', 'childlogdir');
    return entry ? [entry.value.replaceAll('%(here)s', hereOf(machine.root, f))] : [];
  })[0];
  return flag ?? said ?? '/tmp';
}

function bySupervisord(machine: Machine, program: Program): readonly string[] {
  const { supervisor, name } = program;
  if (!supervisor) return [];
  const here = hereOf(machine.root, supervisor.file);
  const joined = /^(?:true|1|yes|on)$/i.test(lastEntry(supervisor.ini, supervisor.section, 'redirect_stderr')?.value ?? '');
  return (joined ? (['stdout'] as const) : (['stdout', 'stderr'] as const)).flatMap((which) => {
    const said = lastEntry(supervisor.ini, supervisor.section, `${which}_logfile`)?.value ?? 'AUTO';
    if (/^(?:none|off|syslog)$/i.test(said)) return [];
    if (/^auto$/i.test(said) || said === '') return [`${childLogs(machine, program)}/${name}-${which}---*`];
    const filled = said.replaceAll('%(here)s', here).replaceAll('%(program_name)s', name).replaceAll('%(group_name)s', name);
    return filled.includes('%(') ? [] : [posix.resolve(here, filled)];
  });
}

function byItself(machine: Machine, program: Program): readonly string[] {
  const mine = (p: Program): boolean => p.name === program.name && p.service.name === program.service.name;
  const gunicorns = gunicornsOf(machine).filter((g) => mine(g.program)).flatMap((g) => told(machine, g, 'errorlog')?.value ?? []);
  const others = uwsgis(machine).filter((u) => mine(u.program)).flatMap((u) => u.options).filter((o) => /^(?:logto|daemonize)2?$/.test(o.name)).map((o) => o.value);
  const celery = program.kind === 'celery' ? flags(program.words, ['--logfile', '-f']).map((f) => f.value) : [];
  const unit = ['StandardOutput', 'StandardError'].flatMap((key) => (program.unit ? unitEntries(program.unit, 'Service', key) : [])).flatMap((e) => /^(?:file|append|truncate):(.+)$/.exec(e.value)?.[1] ?? []);
  return [...gunicorns, ...others, ...celery, ...unit].filter((w) => w !== '' && w !== '-' && !w.includes('%')).flatMap((w) => hostPath(machine, program, w) ?? []);
}

const known = (paths: readonly string[]): readonly string[] => [...new Set(paths)].filter((f) => f.startsWith('/') && !/^\/(?:dev|proc)\//.test(f));

/** Files of this machine in which a program's last words end up: those that supervisord keeps, and its own. */
export const logsOf = (machine: Machine, program: Program): Pick<HostLog, 'kept' | 'own'> => ({ kept: known(bySupervisord(machine, program)), own: known(byItself(machine, program)) });
