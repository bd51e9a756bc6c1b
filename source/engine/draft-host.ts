import { resolve } from 'node:path';
import type { Change, CreateFile, EditFile, HostLog, RestartHost } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { changedSections, controlOf, OWN_SECTIONS } from '../settings/supervisord-control.ts';
import { leaningOn } from '../settings/celery-broker.ts';
import { logsOf } from '../settings/program-logs.ts';
import { programsOf } from '../settings/program.ts';
import { filesAfter } from './edits.ts';
import { copiesOf } from './copies.ts';
import { byRoot, byTheirManager, byTheirShell, type Install } from './hand-words.ts';
import { onHost, outsideOf, sameThing, type HostDeed } from './on-host.ts';
import { runsNow, serving, type Draft, type Taken } from './taken.ts';

type FileChange = EditFile | CreateFile;

export interface HostDraft {
  readonly drafts: readonly Draft[];
  /** File changes that this user can't write: they stand in a step by hand. */
  readonly byHand: readonly FileChange[];
  /** Services that its steps start again. */
  readonly anew: readonly Service[];
}

const isRoot = (machine: Machine): boolean => (machine.uid ?? 0) === 0;

/** Ours to write: root writes everything, anybody else outside the project only what is their own. */
function mayWrite(machine: Machine, change: FileChange): boolean {
  return isRoot(machine) || outsideOf(change, machine.root) === undefined || machine.files.get(change.path)?.uid === machine.uid;
}

/** Every service of one supervisord, or of one of its groups, that runs. */
function mates(machine: Machine, master: number, group?: string): readonly string[] {
  return machine.services.filter((s) => {
    const control = s.host?.by === 'supervisord' && runsNow(machine, s) ? controlOf(machine, s) : undefined;
    return control?.master.pid === master && (group === undefined || control.name.split(':')[0] === group);
  }).map((s) => s.name);
}

/** Where each of them leaves its last words, so that a failure shows the line that explains it. */
function lastWords(machine: Machine, services: readonly string[]): readonly HostLog[] {
  return programsOf(machine).filter((p) => p.service.host && services.includes(p.service.name)).map((p): HostLog => {
    const program = p.starter === 'supervisord' ? controlOf(machine, p.service)?.name : undefined;
    return { service: p.service.name, ...(program === undefined ? {} : { program }), ...logsOf(machine, p) };
  }).filter((l) => l.program !== undefined || l.own.length > 0);
}

const logged = (machine: Machine, services: readonly string[]): Pick<RestartHost, 'logs'> => {
  const logs = lastWords(machine, services);
  return logs.length > 0 ? { logs } : {};
};

/** How a service is started again by its owner; undefined where a person has to. */
function restartOf(machine: Machine, service: Service, changed: ReadonlySet<string>, files: readonly FileChange[], leansOn?: readonly Service[]): RestartHost | undefined {
  const { host } = service;
  if (!host) return undefined;
  const of = leansOn ? { of: leansOn.map((s) => s.name) } : {};
  // Only that user's own systemd can, and how its user is reached is a person's to know.
  if (host.manager !== undefined) return undefined;
  if (host.by === 'systemd') {
    const socket = host.name.replace(/\.service$/, '.socket');
    const made = files.some((f) => f.kind === 'create-file' && f.path.endsWith(`/${socket}`));
    return { kind: 'restart-host', service: service.name, by: 'systemd', name: host.name, how: 'restart', ...of, services: [service.name], ...logged(machine, [service.name]), ...(made ? { sockets: [socket] } : {}) };
  }
  const control = controlOf(machine, service);
  if (!control) return undefined;
  const { master, supervisor, name } = control;
  const [group = name] = name.split(':');
  const reload = host.by === 'shell' || supervisor.control === undefined || OWN_SECTIONS.some((s) => changed.has(s));
  const update = changed.has(`program:${host.name}`) || changed.has(`group:${group}`);
  const services = reload ? [...new Set([service.name, ...mates(machine, master.pid)])] : update ? mates(machine, master.pid, group) : [service.name];
  return { kind: 'restart-host', service: service.name, by: 'supervisord', name: reload ? supervisor.config : name, how: reload ? 'reload' : update ? 'update' : 'restart', supervisor, master: master.pid, ...of, services, ...logged(machine, services) };
}

const mayRestart = (machine: Machine, service: Service): boolean =>
  isRoot(machine) || (service.host?.by !== 'systemd' && controlOf(machine, service)?.master.uid.effective === machine.uid);

/** One restart for each owner and program, however many findings want it; a reload of all makes the others of it needless. */
function joined(restarts: readonly RestartHost[]): readonly RestartHost[] {
  const reloads = restarts.filter((r) => r.how === 'reload');
  const kept: RestartHost[] = [];
  for (const r of restarts) {
    if (r.how !== 'reload' && reloads.some((o) => o.supervisor?.config === r.supervisor?.config && r.by === 'supervisord')) continue;
    if (!kept.some((k) => k.by === r.by && k.name === r.name)) kept.push(r);
  }
  return kept;
}

/** Accounts, then folders, then owners: what comes later may belong to what came before. */
const ORDER: readonly HostDeed['kind'][] = ['make-account', 'make-folder', 'set-path'];

function hostDeeds(taken: readonly Taken[]): readonly HostDeed[] {
  const found: HostDeed[] = [];
  for (const change of taken.flatMap((t) => t.proposal.changes.filter(onHost))) if (!found.some((f) => sameThing(f, change))) found.push(change);
  return found.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}

/** Installed files that this user can't write, whose copy in the project is changed the same way: it has to be installed again. */
const installs = (machine: Machine, byHand: readonly FileChange[], files: readonly FileChange[]): readonly Install[] =>
  copiesOf(machine).filter(({ installed, source }) => installed.text === source.text && byHand.some((f) => f.path === installed.path) && files.some((f) => f.path === source.path && !byHand.includes(f)))
    .map(({ installed, source }) => ({ from: resolve(machine.root, source.path), to: installed.path }));

/**
 * What is done to the machine itself: accounts, folders, owners, then each program started again by its owner. What this
 * user may not do, and all that would follow from it, becomes one step by hand, never a failure in the middle.
 */
export function draftHost(machine: Machine, taken: readonly Taken[], files: readonly FileChange[], contained: readonly Service[] = []): HostDraft {
  const because = (change: Change): readonly string[] => serving(taken, (p) => p.changes.some((c) => ('path' in c && 'path' in change && c.path === change.path) || (onHost(c) && onHost(change) && sameThing(c, change))));
  const byHand = files.filter((f) => !mayWrite(machine, f));
  const deeds = hostDeeds(taken);
  const denied = isRoot(machine) ? [] : deeds;
  // A finding of which a part is left to a person is finished by that person.
  const blocked = new Set([...byHand, ...denied].flatMap(because));
  const replaced = new Set(taken.flatMap((t) => [...t.proposal.rebuild, ...t.proposal.replace]));
  const wanted = machine.services.filter((s) => s.host && replaced.has(s.name) && runsNow(machine, s));
  // Behind their brokers, the machine's own among them.
  const leaning = leaningOn(machine, [...contained, ...wanted]).filter(({ worker }) => worker.host);
  const services = [...wanted, ...leaning.map((l) => l.worker)];
  const changed = changedSections(machine.files, filesAfter(machine, files));
  const reasons = (names: readonly string[]): readonly string[] => {
    const all = [...names, ...leaning.filter((l) => names.includes(l.worker.name)).flatMap((l) => l.of.map((s) => s.name))];
    return serving(taken, (p) => [...p.rebuild, ...p.replace].some((n) => all.includes(n)));
  };

  const own: RestartHost[] = [];
  const roots: RestartHost[] = [];
  const hands: Draft[] = [];
  for (const service of services) {
    const leans = leaning.find((l) => l.worker === service);
    // One group, or one supervisord: it is started again with its broker already.
    if (leans && own.some((r) => r.services.includes(service.name))) continue;
    const restart = restartOf(machine, service, changed, files, leans?.of);
    // What only leans on what is started anew proves nothing of it.
    const only = leans ? { afterwards: true as const } : {};
    if (!restart) hands.push({ change: { ...(service.host?.manager === undefined ? byTheirShell(machine, service) : byTheirManager(machine, service, service.host.manager)), ...only }, because: reasons([service.name]) });
    else if (only.afterwards && !mayRestart(machine, service)) hands.push({ change: { ...byRoot([], [], [], [restart]), ...only }, because: reasons([service.name]) });
    else if (!mayRestart(machine, service) || reasons(restart.services).some((id) => blocked.has(id))) roots.push(restart);
    else own.push(restart);
  }
  const root = byHand.length + denied.length + roots.length === 0 ? [] : [{
    change: byRoot(byHand, installs(machine, byHand, files), denied, joined(roots)),
    because: [...new Set([...[...byHand, ...denied].flatMap(because), ...reasons(roots.flatMap((r) => r.services))])],
  }];
  const restarted = new Set(own.flatMap((r) => r.services));
  return {
    byHand, anew: machine.services.filter((s) => restarted.has(s.name)),
    drafts: [
      ...(denied.length > 0 ? [] : deeds).map((change): Draft => ({ change, because: because(change) })),
      ...joined(own).map((change): Draft => ({ change, because: reasons(change.services) })),
      ...root, ...hands,
    ],
  };
}
