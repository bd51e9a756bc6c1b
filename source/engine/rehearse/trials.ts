import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Bug } from '../../model/errors.ts';
import type { Machine } from '../../model/machine.ts';
import type { Compared } from '../../model/rehearsal.ts';
import { text, type Text } from '../../model/text.ts';
import { leaves } from '../../settings/leaves.ts';
import { logged } from '../../system/logged.ts';
import { LOG_LINES, telling } from '../telling.ts';
import { besideEachOther, placesOf, portsOf, programsIn } from './beside.ts';
import { castOf, inOrder } from './cast.ts';
import { NOTHING_EXPECTED, outcomeOf } from './compare.ts';
import { CannotTell, labelsOf, mayGoOn, STAGES, type Ground, type RehearseContext } from './context.ts';
import { factsOf, livesOf, type Facts } from './facts.ts';
import { mustBeNear } from './far.ts';
import { fileFor } from './file-for.ts';
import { decides, meansOf } from './means.ts';
import { mountedIn } from './mounts.ts';
import { toolboxes } from './probe.ts';
import { settleCopies, settleUntil } from './settle.ts';
import { freshVolumes, keyOf, shelf } from './shelf.ts';
import { sweep } from './sweep.ts';
import { raise, shelved, type Role } from './world.ts';
import type { Place } from './writes.ts';

/** What a trial gives the copy of one service; what is not named stays as the running container has it. */
export interface Options {
  /** Names without `CAP_`, as compose writes them. Each list takes the place of the container's own one. */
  readonly capAdd?: readonly string[];
  readonly capDrop?: readonly string[];
  readonly readOnly?: boolean;
  /** Beside those that it has already. */
  readonly tmpfs?: readonly { readonly path: string; readonly uid?: number; readonly gid?: number; readonly mode?: number }[];
  /** New volumes for data, each its folder's. */
  readonly volumes?: readonly { readonly path: string; readonly uid?: number; readonly gid?: number }[];
  readonly noNewPrivileges?: boolean;
  readonly user?: string;
}

/** What became of one trial. */
export interface Tried {
  /** Everything that was true of the copy as it is was true of this one. */
  readonly holds: boolean;
  /** No copy could be made of it, or what is compared is bad in the copy as it is, too. Then `holds` is false. */
  readonly cannotTell?: Text;
  readonly rows: readonly Compared[];
  /** The lines of its log that explain an end. */
  readonly log: readonly string[];
  readonly means?: Text;
}

/** What the copy as it is showed while its facts were noted: where a search for less begins. */
export interface AsItIs {
  /** Set where there is nothing to compare a trial with: it does not come up in a copy. */
  readonly cannotTell?: Text;
  /** Leaves of `docker diff`: what it, or the original, wrote in its own layer since its start. */
  readonly written: readonly string[];
  readonly log: readonly string[];
}

/** Disposable copies that stay up for a whole search. `end` takes all of it away; call it in a `finally`. */
export interface Trials {
  asItIs(service: string): AsItIs;
  trial(service: string, options: Options): Promise<Tried>;
  end(): Promise<void>;
}

interface Known {
  readonly role: Role;
  readonly facts: Facts;
  readonly asItIs: AsItIs;
}

/** Byte code and a shell's history are written where that is possible, and missed by nobody; the engine's own init is the engine's. */
const UNMISSED = /__pycache__|\.pyc$|^\/(?:usr\/)?sbin\/docker-init$|\/\.(?:\w+_history|lesshst|viminfo|wget-hsts)$|^\/(?:proc|sys|dev)\//;

/** In front of a path: a volume that no engine has yet. */
const FRESH = 'new:';

const parent = (path: string): string => path.replace(/\/[^/]*$/, '') || '/';

/** Everywhere that it was seen to write, in memory and in passing as well: a root file system without writes takes all of it. */
function everywhere(written: readonly string[], role: Role, machine: Machine, given: readonly string[] = []): readonly Place[] {
  const own = written.filter((p) => !role.mounts.some((m) => p === m.target || p.startsWith(`${m.target}/`) || m.target.startsWith(`${p}/`)));
  // A folder that it makes for itself is there already where a trial gives it one: nothing is left to be written above it.
  const at = own.map((p) => (given.includes(p) ? p : parent(p)));
  const above = given.filter((g) => own.includes(g)).map(parent).filter((p) => !at.includes(p));
  const all = [...at.map((path): Place => ({ path, kind: 'folder' })), ...placesOf(machine, role, role, undefined).filter((p) => p.kind !== 'folder' || !above.includes(p.path))];
  return [...new Map(all.map((p) => [`${p.kind}:${p.path}`, p])).values()];
}

/**
 * Places where a neighbour's socket lies, and none of its own: a trial has to find the one that is served, so it has the
 * neighbours' copy of that place. Everything else that it mounts is a copy of its own.
 */
export function lentTo(role: Role, roles: readonly Role[], socketsOf: (role: Role) => readonly string[]): ReadonlySet<string> {
  const serves = (one: Role): readonly string[] => one.mounts.filter((m) => socketsOf(one).some((path) => path.startsWith(`${m.target}/`))).map(keyOf);
  const own = new Set(serves(role));
  return new Set(roles.filter((r) => r !== role).flatMap(serves).filter((key) => !own.has(key) && role.mounts.some((m) => keyOf(m) === key)));
}

/**
 * Raises the services, and all that they need, as they are, once, and notes their facts. A trial raises one service's copy
 * beside those of its dependencies; nobody finds it by its names.
 */
export async function openTrials(machine: Machine, services: readonly string[], context: RehearseContext): Promise<Trials> {
  const system = logged(context.system, (argv) => context.onEvent({ kind: 'command', argv }));
  const { docker } = system;
  if (!docker) throw new Bug('trials need an engine');
  // With our pid: what has no label (an image, a folder) tells by it whose it was.
  const id = `${randomBytes(4).toString('hex')}-${String(system.processes.self)}`;
  const at = join(context.state, STAGES, id);
  const known = new Map<string, Known>();
  const bare: Ground = { system, docker, id, labels: await labelsOf(system, id), shell: '', ...(context.interrupt ? { interrupt: context.interrupt } : {}) };
  const end = async (): Promise<void> => {
    await sweep(system, id);
    await system.files.remove(at);
  };
  try {
    const cast = await castOf(machine, services, docker);
    mustBeNear(machine, cast);
    const tools = await toolboxes(bare, [...new Set(cast.map((p) => p.raw.Image))]);
    if (!tools.shell) throw new CannotTell(text('No image of the project has a shell, by which a copy could be prepared.', '项目的镜像里都没有 shell，无法准备副本。'));
    const ground: Ground = { ...bare, shell: tools.shell };
    const files = fileFor(system.files, machine.root, at, undefined);
    // Those who lend their network first, and those who are tried last.
    const ordered = inOrder([...cast].sort((a, b) => Number(services.includes(a.name)) - Number(services.includes(b.name))), (name) => cast.filter((p) => cast.some((c) => c.name === name && c.raw.HostConfig.NetworkMode === `container:${p.raw.Id}`)).map((p) => p.name));
    const roles = ordered.map((part): Role => ({ part, image: part.raw.Image, mounts: mountedIn(part.raw), needs: [] }));
    const mounts = (await Promise.all(roles.map((r) => shelved(r.mounts, files)))).flat();
    const shared = await shelf(ground, 'before', mounts, [], undefined);
    const world = await raise(ground, 'before', roles, shared, files);
    const copies = [...world.copies.values()];
    await settleCopies(ground, copies);
    const lives = await livesOf(ground, copies);
    for (const role of roles.filter((r) => services.includes(r.part.name))) {
      const copy = world.copies.get(role.part.name);
      if (!copy) continue;
      const wrote = async (of: string): Promise<readonly string[]> => (of === '' ? [] : (await docker.look.changes(of).catch(() => [])).map((c) => c.path));
      const written = leaves([...(await wrote(role.part.raw.Id)), ...(await wrote(copy.id))]).filter((p) => !UNMISSED.test(p));
      const places = everywhere(written, role, machine);
      const live = lives.get(copy.id) ?? { processes: [], listeners: [], sockets: [] };
      const facts = await factsOf(ground, copy, live, { ports: portsOf(role.part, live, new Map()).old, places, programs: programsIn(machine, role) }, tools.asks);
      const log = telling(facts.log);
      const dead = facts.state === 'ended' ? text(`${role.part.name} as it is does not stay up in a copy (${facts.ended ?? ''}).`, `${role.part.name} 现在的样子在副本里也无法保持运行（${facts.ended ?? ''}）。`) : undefined;
      known.set(role.part.name, { role, facts, asItIs: { written, log, ...(dead ? { cannotTell: dead } : {}) } });
    }

    const socketsOf = (role: Role): readonly string[] => (lives.get(world.copies.get(role.part.name)?.id ?? '')?.sockets ?? []).map((one) => one.path);
    let count = 0;
    const knownOf = (service: string): Known => {
      const one = known.get(service);
      if (!one) throw new Bug(`no copy of ${service} was raised`);
      return one;
    };
    return {
      asItIs: (service) => knownOf(service).asItIs,
      async trial(service, options) {
        mayGoOn(ground.interrupt);
        const { role, asItIs } = knownOf(service);
        if (asItIs.cannotTell) return { holds: false, cannotTell: asItIs.cannotTell, rows: [], log: asItIs.log };
        const name = `t${(count += 1)}`;
        const data = (options.volumes ?? []).map((v) => ({ type: 'volume' as const, source: `${FRESH}${v.path}`, target: v.path, readOnly: false }));
        const tried: Role = { ...role, options, mounts: [...role.mounts, ...data], nameless: true };
        try {
          const lent = lentTo(role, roles, socketsOf);
          const own = await shelf(ground, name, (await shelved(role.mounts, files)).filter((m) => !lent.has(keyOf(m))), [], undefined);
          const fresh = await freshVolumes(ground, name, data.map((d, i) => ({ key: keyOf(d), ...options.volumes?.[i] })));
          const now = await raise(ground, name, [tried], new Map([...own, ...fresh, ...[...shared].filter(([key]) => lent.has(key))]), files, new Map(world.networks), world.copies);
          // A health check has retries to run out, and the program has said why within a second.
          let over = false;
          await settleUntil(ground, [[...now.copies.values()]], async (copy) => (over ||= decides(await docker.look.logs(copy.id, LOG_LINES).catch(() => ''), asItIs.log)));
          const given = [...(options.tmpfs ?? []), ...(options.volumes ?? [])].map((t) => t.path);
          const covered = new Set(given);
          const places = everywhere(asItIs.written, role, machine, given);
          const { rows, after } = await besideEachOther(ground, [world, now], [{ role, expected: NOTHING_EXPECTED, places: places.filter((p) => p.kind === 'folder' || !covered.has(parent(p.path))), programs: programsIn(machine, role) }], tools.asks, () => undefined);
          const { outcome, why, worse } = outcomeOf(rows, [service]);
          const engine = now.copies.get(service)?.refused;
          const refused = /^writes (.*)$/.exec(worse?.what.en ?? '')?.[1];
          const complaint = refused === undefined ? undefined : after.get(service)?.complaints.get(refused);
          const log = [...(engine ? [engine] : []), ...(complaint ? [complaint] : []), ...telling(after.get(service)?.log ?? '')];
          const means = outcome === 'holds' ? undefined : meansOf(log);
          return { holds: outcome === 'holds' && !over, rows, log, ...(outcome === 'cannot-tell' && why && !over ? { cannotTell: why } : {}), ...(means ? { means } : {}) };
        } finally {
          await sweep(system, id, name);
        }
      },
      end,
    };
  } catch (error) {
    await end();
    throw error;
  }
}

