import type { Confine } from '../../model/change.ts';
import { LABEL } from '../../system/deeds.ts';
import { text, type Text } from '../../model/text.ts';
import type { Part } from './cast.ts';
import { mayGoOn, slug, type Ground } from './context.ts';
import { drafted } from './copy.ts';
import { withDelta, type Delta, type Spec } from './delta.ts';
import { isMachines, type Mounted } from './mounts.ts';
import { keyOf, type Shelf } from './shelf.ts';
import type { Options } from './trials.ts';

/** One copy as it is to be. */
export interface Role {
  readonly part: Part;
  /** Image that it is made from. */
  readonly image: string;
  readonly mounts: readonly Mounted[];
  readonly delta?: { readonly changed: Delta; readonly before: Readonly<Record<string, unknown>> | undefined; /** Networks that it is on from now on, where these changed: names of the engine. */ readonly networks?: readonly { readonly network: string; readonly aliases: readonly string[] }[] };
  readonly confine?: Confine;
  readonly options?: Options;
  /** Whom it waits for, and whether until they are healthy. */
  readonly needs: readonly { readonly name: string; readonly healthy: boolean }[];
  /** A guest of a world: the others don't find it by its names. */
  readonly nameless?: boolean;
}

export interface Copy {
  readonly part: Part;
  readonly id: string;
  readonly name: string;
  /** The engine's own words, where it did not start. */
  readonly refused?: string;
}

export interface World {
  readonly copies: ReadonlyMap<string, Copy>;
  readonly networks: Map<string, string>;
  readonly untried: readonly Text[];
}

/** What stands for a file of the machine in a copy: a path that may be mounted, or nothing. */
export type FileFor = (mount: Mounted) => Promise<string | 'folder' | undefined>;

const HEALTHY_MS = 30_000;
const BEAT_MS = 500;

/** The trial's options in place of the container's own. */
export function withOptions(spec: Spec, options: Options): Spec {
  const { capAdd, capDrop, readOnly, tmpfs, noNewPrivileges, user } = options;
  const host = spec.HostConfig;
  const memory = Object.fromEntries((tmpfs ?? []).map((t) => [t.path, [t.uid === undefined ? '' : `uid=${t.uid}`, t.gid === undefined ? '' : `gid=${t.gid}`, t.mode === undefined ? '' : `mode=${t.mode.toString(8)}`].filter(Boolean).join(',')]));
  const security = ((host['SecurityOpt'] ?? []) as readonly string[]).filter((o) => !o.startsWith('no-new-privileges'));
  return {
    ...spec,
    ...(user === undefined ? {} : { User: user }),
    HostConfig: {
      ...host,
      ...(capAdd ? { CapAdd: capAdd } : {}), ...(capDrop ? { CapDrop: capDrop } : {}), ...(readOnly === undefined ? {} : { ReadonlyRootfs: readOnly }),
      ...(tmpfs ? { Tmpfs: { ...(host['Tmpfs'] as Record<string, string> | null | undefined), ...memory } } : {}),
      ...(noNewPrivileges === undefined ? {} : { SecurityOpt: noNewPrivileges ? [...security, 'no-new-privileges:true'] : security }),
    },
  };
}

async function mountsOf(role: Role, shelf: Shelf, fileFor: FileFor): Promise<{ readonly host: Readonly<Record<string, unknown>>; readonly untried: readonly Text[] }> {
  const binds: string[] = [];
  const mounts: unknown[] = [];
  const untried: Text[] = [];
  for (const m of role.mounts) {
    if (m.type === 'tmpfs') {
      mounts.push({ Type: 'tmpfs', Target: m.target, ...(m.options ? { TmpfsOptions: m.options } : {}) });
      continue;
    }
    const file = m.type === 'bind' ? await fileFor(m) : 'folder';
    const source = file === 'folder' ? shelf.get(keyOf(m)) : file;
    // Nothing is named: the volume is the engine's to make, and goes with the container.
    if (m.type === 'volume' && m.source === '') mounts.push({ Type: 'volume', Target: m.target, ReadOnly: m.readOnly });
    else if (source === undefined) untried.push(text(`${role.part.name}: ${m.source} is not mounted in a copy`, `${role.part.name}：副本里没有挂载 ${m.source}`));
    else binds.push(`${source}:${m.target}${m.readOnly ? ':ro' : ''}`);
  }
  return { host: { Binds: binds, Mounts: mounts }, untried };
}

/** Mounts that get a place on the shelf: volumes, and folders that are not the machine's own. */
export async function shelved(mounts: readonly Mounted[], fileFor: FileFor): Promise<readonly Mounted[]> {
  const kept = await Promise.all(mounts.map(async (m) => (m.type === 'volume' || (m.type === 'bind' && !isMachines(m.source) && (await fileFor(m)) === 'folder') ? [m] : [])));
  return kept.flat();
}

/** `--link db:database` is a name by which one finds the other. */
function linked(roles: readonly Role[]): (part: Part) => readonly string[] {
  const links = roles.flatMap(({ part: { raw } }) => [
    ...((raw.HostConfig['Links'] ?? []) as readonly string[]).map((l) => l.split(':')),
    ...Object.values(raw.NetworkSettings.Networks).flatMap((n) => (n.Links ?? []).map((l) => l.split(':'))),
  ]).map(([to = '', as = '']) => ({ to: to.replace(/^\//, ''), as: as.split('/').at(-1) ?? '' }));
  return ({ raw }) => links.filter((l) => l.as !== '' && raw.Name === `/${l.to}`).map((l) => l.as);
}

async function healthy(ground: Ground, id: string): Promise<void> {
  const until = ground.system.now().getTime() + HEALTHY_MS;
  while (ground.system.now().getTime() < until) {
    mayGoOn(ground.interrupt);
    const state = (await ground.docker.look.container(id))?.State;
    if (!state?.Running || (state.Health && state.Health.Status !== 'starting') || !state.Health) return;
    await ground.system.pause(BEAT_MS);
  }
}

const reason = (error: unknown): string => String((error as { json?: { message?: string } }).json?.message ?? (error as Error).message);

/** Makes and starts the copies of one world, dependencies first. What the engine refuses to start is noted, not thrown. */
export async function raise(ground: Ground, world: string, roles: readonly Role[], shelf: Shelf, fileFor: FileFor, networks = new Map<string, string>(), beside: ReadonlyMap<string, Copy> = new Map()): Promise<World> {
  const { docker, id, labels } = ground;
  const copies = new Map<string, Copy>();
  const untried: Text[] = [];
  const find = (name: string): Copy | undefined => copies.get(name) ?? beside.get(name);
  const alias = linked(roles);
  const networkFor = async (name: string): Promise<string> => {
    const known = networks.get(name);
    if (known !== undefined) return known;
    const own = `harden-tui-rehearsal-${id}-${world}-${slug(name)}`;
    networks.set(name, own);
    await docker.act({ deed: 'make-network', name: own, labels });
    return own;
  };
  for (const role of roles) {
    mayGoOn(ground.interrupt);
    const { part } = role;
    for (const need of role.needs) {
      const other = find(need.name);
      if (need.healthy && other && !other.refused) await healthy(ground, other.id);
    }
    const plain = drafted(part, role.image, labels[LABEL] ?? '', role.confine);
    const mounts = await mountsOf(role, shelf, fileFor);
    untried.push(...plain.untried, ...mounts.untried);
    const changed = role.delta ? withDelta(plain.spec, role.delta.changed, role.delta.before) : plain.spec;
    const tried = role.options ? withOptions(changed, role.options) : changed;
    const host = [...copies.values(), ...beside.values()].find((c) => c.part.raw.Id === plain.guestOf || c.part.raw.Name === `/${plain.guestOf ?? ''}`);
    const wires = await Promise.all((role.delta?.networks ?? plain.wires).map(async (w) => {
      // On the engine's own bridge nobody goes by a name.
      const own = w.network === 'bridge' || w.network === 'host' ? [] : [...w.aliases, part.raw.Name.replace(/^\//, '')];
      return { network: w.network, aliases: role.nameless ? [] : [...new Set([...own, ...alias(part)])] };
    }));
    const [first, ...rest] = wires;
    const mode = plain.alone ? 'none' : host ? `container:${host.id}` : await networkFor(first?.network ?? 'alone');
    const name = `harden-tui-rehearsal-${id}-${world}-${slug(part.name)}`;
    const spec = {
      ...tried, Labels: { ...(tried['Labels'] as Record<string, string>), ...labels },
      HostConfig: { ...tried.HostConfig, ...mounts.host, NetworkMode: mode },
      ...(plain.alone || host ? {} : { NetworkingConfig: { EndpointsConfig: { [mode]: { Aliases: first?.aliases ?? [] } } } }),
    };
    try {
      const made = (await docker.act({ deed: 'create', name, spec, from: part.raw.Id })).stdout;
      copies.set(part.name, { part, id: made, name });
      if (!plain.alone && !host) for (const w of rest) await docker.act({ deed: 'connect', network: await networkFor(w.network), container: made, endpoint: { Aliases: w.aliases } });
      await docker.act({ deed: 'start', container: made });
    } catch (error) {
      copies.set(part.name, { part, id: copies.get(part.name)?.id ?? '', name, refused: reason(error) });
    }
  }
  return { copies, networks, untried };
}
