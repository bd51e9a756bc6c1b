import { sep } from 'node:path';
import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { rolesIn } from './roles.ts';
import { runningOf, shipped } from './service-files.ts';
import { declaredUser, isSeen, ownUser, type DeclaredUser } from './user.ts';
import { gunicornSockets } from './gunicorn-socket.ts';
import { placesOwner } from './places-owner.ts';
import { mountOf, peerOf, type Peer } from './socket-peer.ts';
import { composeMounts } from './volumes.ts';
import { writtenPlaces } from './written-places.ts';
import { perMachine } from './once.ts';

export interface RunAs {
  readonly uid: number;
  readonly gid: number;
  /** The bind mount's source whose owner this is. */
  readonly ownerOf?: string;
  /** The program whose group this is: it reaches the app's unix socket through it. */
  readonly groupOf?: string;
  /** Whose the places are that it writes: that number, with a place that is theirs and the name that its image has for it. */
  readonly placesOf?: { readonly at: string; readonly name?: string };
}

const FIRST = 10001;

/** Image (by its Dockerfile and target) that a service runs; services that share one share the user. */
export const imageKey = (service: Service): string => `${service.build?.dockerfile ?? service.image ?? service.name}#${service.build?.target ?? ''}`;

const startsAndStaysRoot = (user: DeclaredUser | undefined): boolean => user !== undefined && user.root && !user.stepsDown;

const rootNow = (machine: Machine, service: Service): boolean =>
  isSeen(machine, service) ? runningOf(machine, service).some((c) => rolesIn(c).root.length > 0) : startsAndStaysRoot(declaredUser(machine, service));

/** True when some Dockerfile here gives this number to somebody already, or another service is it. */
const taken = (machine: Machine, uid: number, group: readonly Service[]): boolean =>
  machine.services.some((s) => !group.includes(s) && numberOf(machine, s)?.uid === uid) || machine.services.some((s) => shipped(machine, s)?.df.instructions.some((i) => i.keyword === 'RUN' && new RegExp(`(useradd|adduser|groupadd|addgroup)[^\\n]{0,300}\\b${uid}\\b`).test(i.args)) ?? false);

/** One that is not root any more and writes to a place of theirs: both need one number. */
function neighbour(machine: Machine, group: readonly Service[]): RunAs | undefined {
  const places = new Set(group.flatMap((s) => sharing(machine, s)));
  const near = machine.services.filter((s) => !group.includes(s) && sharing(machine, s).some((p) => places.has(p)));
  return near.map((s) => numberOf(machine, s)).find((n) => n !== undefined);
}

/** The number behind the image's own USER: written so, or given to that name by a RUN of the Dockerfile. */
export function numberOf(machine: Machine, service: Service): RunAs | undefined {
  const image = shipped(machine, service);
  const user = image && ownUser(image);
  if (!image || !user || user.root || user.open) return undefined;
  const [name = '', group] = user.value.split(':');
  const runs = image.df.instructions.filter((i) => i.keyword === 'RUN').map((i) => i.args).join('\n');
  const id = (word: string, tools: string, flag: string): number | undefined => {
    if (/^\d+$/.test(word)) return Number(word);
    // The account's name stands last in its command; `&&`, `;` or the line's end follows.
    const made = new RegExp(`\\b(?:${tools})\\b([^\\n;&|]{0,300}?)\\s${word.replace(/[^\w-]/g, '\\$&')}(?=\\s*(?:$|[;&|\\\\]))`, 'm').exec(runs);
    const number = new RegExp(`\\s(?:${flag})[ =]?(\\d+)`).exec(made?.[1] ?? '')?.[1];
    return number === undefined ? undefined : Number(number);
  };
  const uid = id(name, 'useradd|adduser', '-u|--uid');
  return uid === undefined ? undefined : { uid, gid: id(group ?? name, 'groupadd|addgroup', '-g|--gid') ?? uid };
}

/** What a service mounts for writing and others may mount too: named volumes and folders of the project. */
function sharing(machine: Machine, service: Service): readonly string[] {
  const live = runningOf(machine, service).flatMap((c) => c.mounts).filter((m) => !m.readOnly && !m.anonymous && m.source !== '').map((m) => m.source);
  return live.length > 0 ? live : composeMounts(machine, service).filter((m) => !m.readOnly && m.source !== '' && m.type !== 'other').map((m) => m.source);
}

/** Services that are root, in the order of their numbers; those that write to one place share one, or one of them would be shut out. */
const groups = perMachine((machine: Machine): readonly (readonly Service[])[] => {
  let found: { services: readonly Service[]; marks: ReadonlySet<string> }[] = [];
  for (const service of machine.services.filter((s) => rootNow(machine, s))) {
    const marks = [`image ${imageKey(service)}`, ...sharing(machine, service)];
    const mine = found.filter((g) => marks.some((m) => g.marks.has(m)));
    const joined = { services: [...mine.flatMap((g) => g.services), service], marks: new Set([...mine.flatMap((g) => [...g.marks]), ...marks]) };
    found = mine[0] ? found.filter((g) => g === mine[0] || !mine.includes(g)).map((g) => (g === mine[0] ? joined : g)) : [...found, joined];
  }
  return found.map((g) => g.services);
});

/** Services as root that are not among these and write to a place that these write to as well. */
export const othersWriting = (machine: Machine, services: readonly Service[]): readonly Service[] =>
  groups(machine).filter((g) => g.some((s) => services.includes(s))).flat().filter((s) => !services.includes(s));

/** Who talks to gunicorn's unix socket. An app that is not root can't give a socket away: they meet in the group. */
function socketPeer(machine: Machine, service: Service): Peer | undefined {
  const [socket] = gunicornSockets(machine, service);
  return socket && peerOf(machine, service, mountOf(machine, service, socket.path));
}

/**
 * The user a service gets. A folder of the developer's that is mounted for writing decides: its owner, so that both can
 * go on working in it. Where only compose says root, the image's own user. Where all that it writes is somebody's already, the
 * account of a package, that one. Otherwise a number of its own for each image, from 10001 up, so that no two apps share one
 * unless they share what they write.
 */
export function runAs(machine: Machine, services: readonly Service[]): RunAs {
  const [first] = services;
  const all = groups(machine);
  const at = all.findIndex((g) => g.some((s) => s.name === first?.name));
  const binds = writtenPlaces(machine, all[at] ?? services).mounts.filter((m) => m.type === 'bind' && (m.source + sep).startsWith(machine.root + sep));
  const owned = binds.find((m) => m.owner && m.owner.uid !== 0);
  if (owned?.owner && !machine.docker?.desktop) return { ...owned.owner, ownerOf: owned.source };
  // Compose alone made it root: the image has its own user, and the folders that go with it.
  const group = all[at] ?? services;
  const own = first && declaredUser(machine, first)?.from.kind === 'compose' ? numberOf(machine, first) : undefined;
  if (own) return own;
  const peer = services.map((s) => socketPeer(machine, s)).find((p) => p !== undefined);
  // Who only meets at a socket meets in the group.
  const near = peer ? undefined : neighbour(machine, group);
  if (near) return near;
  const theirs = peer ? undefined : placesOwner(machine, group);
  if (theirs) return { uid: theirs.uid, gid: theirs.gid, placesOf: { at: theirs.at, ...(theirs.name === undefined ? {} : { name: theirs.name }) } };
  let uid = FIRST + Math.max(0, at);
  while (taken(machine, uid, group)) uid++;
  return peer ? { uid, gid: peer.gid, groupOf: peer.program } : { uid, gid: uid };
}
