import type { Machine } from '../../model/machine.ts';
import type { Plan } from '../../model/plan.ts';
import type { Compared } from '../../model/rehearsal.ts';
import { programsOf } from '../../settings/program.ts';
import { FRONTS, programOf, startsOthers } from '../../settings/roles.ts';
import { strangersAt } from '../../settings/whose-mount.ts';
import { writtenPlaces } from '../../settings/written-places.ts';
import { closedPorts } from '../taken.ts';
import { PONG } from '../worker-answers.ts';
import { speaksHttp } from '../vitals.ts';
import type { Part } from './cast.ts';
import { compared, type Expected } from './compare.ts';
import { mayGoOn, type Ground } from './context.ts';
import { cutOff } from './means.ts';
import type { Named } from './crews.ts';
import { factsOf, livesOf, type Facts } from './facts.ts';
import type { Asked, Toolbox } from './probe.ts';
import type { Project } from './roles.ts';
import type { Role, World } from './world.ts';
import type { Place } from './writes.ts';

/** What is asked of the copies of one service. */
export interface Question {
  readonly role: Role;
  readonly expected: Expected;
  readonly places: readonly Place[];
  /** What supervisord is known to start in there. */
  readonly programs?: readonly Named[];
  /** Celery workers are asked whether they answer. */
  readonly workers?: boolean;
}


const PATIENCE_MS = 25_000;
const BEAT_MS = 1_500;

interface Mapping { readonly target?: number; readonly published?: string; readonly protocol?: string }

const publishedIn = (part: Part): readonly number[] => Object.entries(part.raw.NetworkSettings.Ports ?? {}).flatMap(([key, to]) => (to && key.endsWith('/tcp') ? [Number(key.split('/')[0])] : []));

/** Inside ports that a plan moves: the same port outside points at another one. */
function movedPorts(part: Part, plan: Plan, projects: readonly Project[]): ReadonlyMap<number, number> {
  const labels = part.raw.Config.Labels ?? {};
  const project = projects.find((p) => p.name === labels['com.docker.compose.project']);
  const name = labels['com.docker.compose.service'] ?? '';
  const list = (which: 'before' | 'after'): readonly Mapping[] => (project?.[which].services[name]?.['ports'] ?? []) as readonly Mapping[];
  const remaps = plan.steps.flatMap(({ change }) => (change.kind === 'start-services' ? change.services : [])).filter((s) => s.service === part.name).flatMap((s) => s.container?.remap ?? []);
  const moved = list('before').flatMap((old) => list('after').filter((now) => old.published !== undefined && now.published === old.published && now.target !== old.target).map((now) => [old.target ?? 0, now.target ?? 0] as const));
  return new Map([...moved, ...remaps.filter((r) => r.to !== r.from).map((r) => [r.from, r.to] as const)]);
}

/** What the plan makes other on purpose: that is not compared. */
export function expectedOf(part: Part, plan: Plan, projects: readonly Project[]): Expected {
  const proofs = plan.owed.flatMap((o) => o.proofs).filter((p) => 'service' in p && p.service === part.name);
  const low = proofs.some((p) => p.kind === 'no-root-port' && p.port === undefined);
  const ports = proofs.flatMap((p) => ((p.kind === 'no-root-port' || p.kind === 'no-listener' || (p.kind === 'loopback-only' && p.socket !== undefined)) && p.port !== undefined ? [p.port] : []));
  // One that root only gives up (`keep-port`) goes on answering: that is asked, and its loss counts.
  const shut = proofs.flatMap((p) => ((p.kind === 'no-listener' || (p.kind === 'loopback-only' && p.socket !== undefined)) && p.port !== undefined ? [p.port] : []));
  const closed = new Set([...shut, ...closedPorts(plan).filter((c) => c.service === part.name).map((c) => c.port), ...(low ? publishedIn(part).filter((p) => p < 1024) : [])]);
  const isLow = (port: number): boolean => low && port < 1024;
  const moved = movedPorts(part, plan, projects);
  // A proof names the port as it is by then.
  const promised = (port: number): boolean => isLow(port) || ports.includes(port) || ports.includes(moved.get(port) ?? -1);
  return { promised, moved, closed: proofs.some((p) => p.kind === 'socket') && !proofs.some((p) => p.kind === 'no-listener') ? 'any' : closed, published: new Set(publishedIn(part)) };
}

/** What supervisord starts in a service's container: each of its programs is asked by itself. */
export const programsIn = (machine: Machine, { part }: Role): readonly Named[] =>
  programsOf(machine).filter((p) => p.service.name === part.name && p.starter === 'supervisord').map(({ name, kind, words }) => ({ name, kind, words }));

/** Places that the service was seen to write, without those that the plan takes from it on purpose. */
export function placesOf(machine: Machine, role: Role, planned: Role, plan: Plan | undefined): readonly Place[] {
  const service = machine.services.find((s) => s.name === role.part.name);
  // Beside an app in one container it is a program of several, and the volumes are the app's.
  const front = machine.containers.some((c) => c.id === role.part.raw.Id && c.processes.some((p) => FRONTS.test(programOf(p.argv))) && c.processes.every((p) => FRONTS.test(programOf(p.argv)) || startsOthers(p.argv)));
  const mounted = role.mounts.filter((m) => !m.readOnly && m.type !== 'tmpfs' && planned.mounts.some((o) => o.target === m.target && !o.readOnly));
  const seen = service ? writtenPlaces(machine, [service]) : { folders: [], files: [], mounts: [] };
  const denied = new Set((plan?.owed ?? []).flatMap((o) => o.proofs).flatMap((p) => (p.kind === 'not-writable' && p.service === role.part.name ? p.paths : [])));
  const hidden = (path: string): boolean => role.mounts.some((m) => path === m.target || path.startsWith(`${m.target}/`));
  // What a program makes as root before it steps down is no place of the one that it becomes; whether the socket serves is asked of its peer.
  const sockets = machine.containers.filter((c) => c.id === role.part.raw.Id).flatMap((c) => c.sockets.map((s) => s.path));
  const folders = [...seen.folders.filter((f) => !hidden(f)), ...(front ? [] : mounted.map((m) => m.target))];
  const kind = (path: string): Place['kind'] => (sockets.some((s) => s.startsWith(`${path}/`)) ? 'sockets' : 'folder');
  const data = (path: string): Pick<Place, 'mounted' | 'strangers'> => {
    const strangers = mounted.some((m) => m.target === path) ? (service ? strangersAt(machine, service, path) : []) : 'anybody';
    return strangers === 'anybody' ? {} : { mounted: true, ...(strangers.length > 0 ? { strangers } : {}) };
  };
  const all: readonly Place[] = [...folders.map((path) => ({ path, kind: kind(path), ...data(path) })), ...seen.files.map((path) => ({ path, kind: 'file' as const }))];
  return [...new Map(all.filter((p) => !denied.has(p.path)).map((p) => [p.path, p])).values()];
}

/** Ports to ask: those that others reach, and those by whose number a web server is likely. */
export function portsOf(part: Part, a: Facts['live'], moved: ReadonlyMap<number, number>): { readonly old: readonly Asked[]; readonly now: readonly Asked[] } {
  const outside = (port: number): number => Number(part.raw.NetworkSettings.Ports?.[`${port}/tcp`]?.[0]?.HostPort ?? port);
  const published = publishedIn(part).map((port) => ({ port, http: speaksHttp(a, port, outside(port)) }));
  const likely = a.listeners.map((l) => l.port).filter((port) => speaksHttp({ processes: [] }, port, port)).map((port) => ({ port, http: true }));
  const old = [...new Map([...likely, ...published].map((p) => [p.port, p])).values()];
  return { old, now: old.map((p) => ({ ...p, port: moved.get(p.port) ?? p.port })) };
}

export interface Beside {
  readonly rows: readonly Compared[];
  readonly before: ReadonlyMap<string, Facts>;
  readonly after: ReadonlyMap<string, Facts>;
}

/** Where another moment may help: something does not answer yet. */
const early = (rows: readonly Compared[]): boolean => rows.some((r) => (r.what.en !== 'log' || cutOff(r.asPlanned.en, '')) && !r.what.en.startsWith('writes ') && r.what.en !== 'runs' && (r.result === 'WORSE' || (r.result === 'cannot-tell' && /^(nothing|starting)$/.test(r.asIs.en))));

/** The facts of both copies of every service, once they have had the time that each of them needs. */
export async function besideEachOther(ground: Ground, worlds: readonly [World, World], questions: readonly Question[], asks: Toolbox | undefined, onRow: (row: Compared) => void): Promise<Beside> {
  const { system } = ground;
  const began = system.now().getTime();
  const before = new Map<string, Facts>();
  const after = new Map<string, Facts>();
  const rows = new Map<string, readonly Compared[]>();
  for (let open = questions; open.length > 0;) {
    mayGoOn(ground.interrupt);
    const lives = await livesOf(ground, worlds.flatMap((w) => [...w.copies.values()]));
    await Promise.all(open.map(async ({ role, expected, places, programs = [], workers = false }) => {
      const [a, b] = worlds.map((w) => w.copies.get(role.part.name));
      if (!a || !b) return;
      const none: Facts['live'] = { processes: [], listeners: [], sockets: [] };
      const [live, now] = [lives.get(a.id) ?? none, lives.get(b.id) ?? none];
      const ports = portsOf(role.part, live, expected.moved);
      const [x, y] = await Promise.all([factsOf(ground, a, live, { ports: ports.old, places, programs, workers }, asks), factsOf(ground, b, now, { ports: ports.now, places, programs, workers }, asks)]);
      before.set(role.part.name, x);
      after.set(role.part.name, y);
      rows.set(role.part.name, compared(role.part.name, x, y, expected));
    }));
    // A copy as planned that has ended tells enough: those that need it would be asked in vain.
    if ([...rows.values()].flat().some((r) => r.what.en === 'runs' && r.result === 'WORSE')) break;
    const isMute = (name: string): boolean => [...(before.get(name)?.workers?.values() ?? [])].some((said) => said !== PONG);
    open = open.filter((q) => early(rows.get(q.role.part.name) ?? []) || isMute(q.role.part.name));
    if (system.now().getTime() - began >= PATIENCE_MS) break;
    if (open.length > 0) await system.pause(BEAT_MS);
  }
  const all = questions.flatMap((q) => rows.get(q.role.part.name) ?? []);
  for (const row of all) onRow(row);
  return { rows: all, before, after };
}
