import { posix, sep } from 'node:path';
import type { Machine, SourceFile } from '../model/machine.ts';
import type { Process } from '../model/process.ts';
import type { HostOrigin, Service } from '../model/service.ts';
import { below } from '../settings/live.ts';
import { programOf } from '../settings/roles.ts';
import { started, programWords } from '../settings/started.ts';
import { supervisordPaths } from '../settings/supervisord-control.ts';
import { hereOf, programsIn, supervisordFiles, type SupervisorProgram } from '../settings/supervisord.ts';
import { isUnit, unitAt, unitEntry, UNIT_FOLDERS } from '../settings/unit.ts';

/** Programs that are a service of the machine wherever they run; anything else only when it listens. */
export const KNOWN = /^(?:supervisord|gunicorn3?|uwsgi|celery|nginx|redis-server|flower|uvicorn|hypercorn|daphne)$/;

interface Draft {
  readonly name: string;
  readonly host: HostOrigin;
  readonly pids: readonly number[];
}

const key = (root: string, path: string): string => (path.startsWith(root + sep) ? path.slice(root.length + 1) : path);

function unitFile(machine: Machine, unit: string): string | undefined {
  const names = [unit, unit.replace(/@[^.]+\./, '@.')];
  const installed = UNIT_FOLDERS.flatMap((folder) => names.map((n) => `${folder}/${n}`)).find((p) => machine.files.has(p));
  // A linked unit is the project's own file.
  return installed ?? [...machine.files.keys()].find((p) => !p.startsWith('/') && names.includes(posix.basename(p)));
}

/** supervisord as a unit: its programs are services of their own. */
const withoutPrograms = (mine: readonly Process[]): readonly Process[] =>
  mine.filter((p) => programOf(p.argv) === 'supervisord' || !mine.some((s) => s.pid === p.ppid && programOf(s.argv) === 'supervisord'));

/** Units of a user's own systemd: whose they are is known, and that is all; the same name may be another unit of the system's. */
function usersUnits(machine: Machine): readonly Draft[] {
  const mine = machine.host.processes.filter((p) => p.manager !== undefined);
  return [...new Map(mine.map((p) => [`${p.manager ?? ''} ${p.unit ?? ''}`, p])).values()].map(({ unit = '', manager }): Draft => {
    const all = mine.filter((p) => p.unit === unit && p.manager === manager);
    const own = withoutPrograms(all);
    const cwd = own[0]?.cwd;
    return { name: unit, host: { by: 'systemd', name: unit, running: true, ...(manager === undefined ? {} : { manager }), ...(cwd ? { cwd } : {}) }, pids: own.map((p) => p.pid) };
  });
}

/** A unit's processes are those of its cgroup. */
function runningUnits(machine: Machine): readonly Draft[] {
  const units = [...new Set(machine.host.processes.flatMap((p) => (p.manager === undefined ? (p.unit ?? []) : [])))].filter((u) => !/^(?:user@\d+|session-.*|init)\.service$/.test(u));
  return units.flatMap((unit): Draft[] => {
    const mine = machine.host.processes.filter((p) => p.unit === unit && p.manager === undefined);
    const file = unitFile(machine, unit);
    const parsed = file === undefined ? undefined : unitAt(machine, file);
    const cwd = (parsed && unitEntry(parsed, 'Service', 'WorkingDirectory')?.value) ?? mine[0]?.cwd;
    const pids = withoutPrograms(mine).map((p) => p.pid);
    return file === undefined ? [] : [{ name: unit, host: { by: 'systemd', name: unit, file, running: true, ...(cwd ? { cwd } : {}) }, pids }];
  });
}

const RENAMES = /^(?:redis|valkey|keydb)-server$/;
const kindOf = ({ words }: SupervisorProgram): string => programOf(words.map((w) => w.value));

function matches(p: Process, program: SupervisorProgram): boolean {
  const words = program.words.map((w) => w.value);
  const said = words.slice(1).join(' ');
  return programOf(p.argv) === programOf(words) && (said.includes('%(') || p.argv.join(' ').endsWith(said));
}

function runningPrograms(machine: Machine): readonly Draft[] {
  const { processes } = machine.host;
  return processes.filter((p) => programOf(p.argv) === 'supervisord').flatMap((master) => {
    const config = supervisordPaths(master).map((p) => machine.files.get(key(machine.root, p))).find((f) => f !== undefined);
    const included = supervisordFiles(machine).filter((f) => f !== config && config?.text.includes('[include]') && (f.path.startsWith('/') || f.path.startsWith(posix.dirname(config.path) === '.' ? '' : `${posix.dirname(config.path)}/`)));
    const children = processes.filter((p) => p.ppid === master.pid);
    const programs = [...(config ? [config] : []), ...included].flatMap((f) => programsIn(f, hereOf(machine.root, f)));
    return programs.flatMap((program): Draft[] => {
      const said = children.filter((c) => matches(c, program));
      // redis goes by another title than it was started with (`redis-server 127.0.0.1:6379`).
      const roots = said.length === 0 && programs.filter((o) => kindOf(o) === kindOf(program)).length === 1 ? children.filter((c) => RENAMES.test(programOf(c.argv)) && programOf(c.argv) === kindOf(program)) : said;
      const pids = roots.flatMap((r) => [...below(machine.host, r.pid)]);
      const cwd = program.directory ?? roots[0]?.cwd ?? master.cwd;
      return [{ name: program.name, host: { by: 'supervisord', name: program.name, file: program.file.path, running: true, ...(cwd ? { cwd } : {}) }, pids }];
    });
  });
}

/** What nobody's file is known to start: masters of known programs, and whatever else listens. */
function shells(machine: Machine, taken: ReadonlySet<number>): readonly Draft[] {
  const { processes, listeners } = machine.host;
  const listens = (pid: number): boolean => listeners.some((l) => l.pids.includes(pid));
  const mine = processes.filter((p) => !taken.has(p.pid) && (KNOWN.test(programOf(p.argv)) || listens(p.pid)));
  const roots = mine.filter((p) => !mine.some((o) => o.pid === p.ppid && programOf(o.argv) !== 'supervisord'));
  return roots.map((p): Draft => {
    const name = programOf(p.argv);
    // The children of supervisord are services of their own, already taken.
    const pids = [...below(machine.host, p.pid)].filter((pid) => !taken.has(pid));
    return { name, host: { by: 'shell', name, running: true, ...(p.cwd ? { cwd: p.cwd } : {}) }, pids };
  });
}

/** A configuration that an image carries is started inside its container. */
function inContainers(machine: Machine, file: SourceFile): boolean {
  return machine.services.some((s) => {
    const context = s.build?.context;
    const start = context === undefined ? undefined : started(machine, s);
    return context !== undefined && start !== undefined && programWords(start.words, /^supervisord$/) !== undefined && (context === '' || file.path.startsWith(`${context}/`));
  });
}

const command = (unit: ReturnType<typeof unitAt>): string | undefined => unit && unitEntry(unit, 'Service', 'ExecStart')?.value.trim();

/** The file in the project that an installed unit, or supervisord's program, was copied from: the same name, and it starts the same. */
function copyOf(machine: Machine, { host }: Draft): string | undefined {
  const { file, by, name } = host;
  if (!file?.startsWith('/') || host.manager !== undefined) return undefined;
  const mine = [...machine.files.values()].filter((f) => !f.path.startsWith('/'));
  if (by === 'systemd') {
    const said = command(unitAt(machine, file));
    return mine.find((f) => posix.basename(f.path) === posix.basename(file) && said !== undefined && command(unitAt(machine, f.path)) === said)?.path;
  }
  const of = (f: SourceFile | undefined): string | undefined => (f ? programsIn(f, hereOf(machine.root, f)).find((p) => p.name === name)?.words.map((w) => w.value).join(' ') : undefined);
  const said = of(machine.files.get(file));
  return by === 'supervisord' && said !== undefined ? supervisordFiles(machine).filter((f) => mine.includes(f) && !inContainers(machine, f)).find((f) => of(f) === said)?.path : undefined;
}

/** Units and supervisord programs that lie in the project and do not run here. */
function declared(machine: Machine, known: readonly Draft[]): readonly Draft[] {
  const there = (file: string, name: string): boolean => known.some((d) => (d.host.file === file || d.host.copy === file) && (d.host.name === name || posix.basename(d.host.file ?? '') === name));
  const units = [...machine.files.keys()].filter((p) => !p.startsWith('/') && p.endsWith('.service') && isUnit(p));
  const ofUnits = units.flatMap((file): Draft[] => {
    const unit = unitAt(machine, file);
    if (!unit || !unitEntry(unit, 'Service', 'ExecStart') || there(file, unit.name)) return [];
    const cwd = unitEntry(unit, 'Service', 'WorkingDirectory')?.value;
    return [{ name: unit.name, host: { by: 'systemd', name: unit.name, file, running: false, ...(cwd ? { cwd } : {}) }, pids: [] }];
  });
  const configs = supervisordFiles(machine).filter((f) => !f.path.startsWith('/') && !inContainers(machine, f));
  const ofPrograms = configs.flatMap((f) => programsIn(f, hereOf(machine.root, f))).filter((p) => !there(p.file.path, p.name)).map((p): Draft => {
    const cwd = p.directory;
    return { name: p.name, host: { by: 'supervisord', name: p.name, file: p.file.path, running: false, ...(cwd?.startsWith('/') ? { cwd } : {}) }, pids: [] };
  });
  return [...ofUnits, ...ofPrograms];
}

/** Services of the machine itself: units, supervisord's programs and what runs under a shell; then those that only lie there. */
export function hostServices(machine: Machine): readonly Service[] {
  const units = [...runningUnits(machine), ...usersUnits(machine)];
  const programs = runningPrograms(machine);
  const taken = new Set([...units, ...programs].flatMap((d) => d.pids));
  const running = [...units, ...programs, ...shells(machine, taken)].map((d): Draft => {
    const copy = copyOf(machine, d);
    return copy === undefined ? d : { ...d, host: { ...d.host, copy } };
  });
  const names = new Set(machine.services.map((s) => s.name));
  return [...running, ...declared(machine, running)].map(({ name, host, pids }): Service => {
    let free = name;
    for (let n = 2; names.has(free); n++) free = `${name}-${n}`;
    names.add(free);
    return { name: free, host, containers: [], pids };
  });
}
