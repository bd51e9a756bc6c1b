import type { Container, Mount, OwnAccount } from '../model/container.ts';
import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { text, type Text } from '../model/text.ts';
import { supervised } from './roles.ts';
import { containersOf, lastRunOf } from './service-files.ts';
import type { WrittenPlaces } from './written-places.ts';

/** Somebody else than root whose place a service writes already: the account that a package made for it, mostly. */
export interface PlacesOwner {
  readonly uid: number;
  readonly gid: number;
  /** A place that is theirs, as the container sees it. */
  readonly at: string;
  /** What its containers call that account; undefined where they have none of that number. */
  readonly name?: string;
}

/** Nobody's own, by name and by number: whatever else takes them could write there, too (see `shared-user`). */
const COMMON = /^(?:nobody|www-data|daemon|bin|sys|mail)$/;
const COMMON_NUMBERS = new Set([1, 2, 3, 8, 33, 65534]);

/** Owners are what they seem only where the engine runs on this machine, as root, and maps no users. */
export const showsOwners = ({ docker }: Machine): boolean => docker !== undefined && !docker.remote && !docker.userns && !docker.rootless && !docker.desktop;

const isVolume = (m: Mount): boolean => m.type === 'volume' && !m.readOnly;

/** The places of a container that somebody else than root owns. */
const theirs = (c: Container): readonly { readonly path: string; readonly uid: number; readonly gid: number }[] => [
  ...c.mounts.filter(isVolume).flatMap(({ target, owner }) => (owner && owner.uid !== 0 ? [{ path: target, uid: owner.uid, gid: owner.gid }] : [])),
  ...(c.others ?? []),
];

const accountOf = (containers: readonly Container[], uid: number): OwnAccount | undefined => containers.flatMap((c) => c.accounts ?? []).find((a) => a.uid === uid);

/**
 * The one account, beside root, to which all belongs that these services write and that is not root's. With it nothing has to change
 * hands but what root wrote; any other number would stand before a closed folder (redis of Debian's package: 100:101, 0750).
 * Undefined where there is none, or more than one, and for what supervisord starts: there each program has places of its own.
 */
export function placesOwner(machine: Machine, services: readonly Service[]): PlacesOwner | undefined {
  const containers = services.flatMap((s) => lastRunOf(machine, s));
  if (!showsOwners(machine) || containers.some(supervised)) return undefined;
  const found = containers.flatMap(theirs);
  const [first] = found;
  if (!first || found.some((f) => f.uid !== first.uid)) return undefined;
  const account = accountOf(containers, first.uid);
  if (account ? COMMON.test(account.name) : COMMON_NUMBERS.has(first.uid)) return undefined;
  // Root's group is no better than root where files are kept for it.
  const gid = account?.gid ?? first.gid;
  return { uid: first.uid, gid: gid === 0 ? first.uid : gid, at: first.path, ...(account ? { name: account.name } : {}) };
}

/** The right to read (4), write (2) and go through (1), as the kernel asks for it: the first that fits decides. */
export const maySo = ({ uid, gid, mode }: { readonly uid: number; readonly gid: number; readonly mode: number }, user: { readonly uid: number; readonly gid: number }, bits: number): boolean =>
  ((user.uid === uid ? mode >> 6 : user.gid === gid ? mode >> 3 : mode) & bits) === bits;

/** A volume whose top is somebody else's, neither root's nor this user's, and closed to it. */
export const shutBy = (mount: Mount, user: { readonly uid: number; readonly gid: number }): number | undefined =>
  isVolume(mount) && mount.owner && mount.owner.uid !== 0 && mount.owner.uid !== user.uid && !maySo({ mode: 0o700, ...mount.owner }, user, 7) ? mount.owner.uid : undefined;

/** Without what that user has already: folders of the image that are its own, and what it may read as their owner or by their group. */
export function beyondOwn(machine: Machine, services: readonly Service[], user: { readonly uid: number; readonly gid: number }, places: WrittenPlaces): WrittenPlaces {
  if (!showsOwners(machine)) return places;
  const others = services.flatMap((s) => lastRunOf(machine, s)).flatMap((c) => c.others ?? []);
  const has = (path: string): boolean => others.some((o) => o.path === path && maySo(o, user, 7));
  return {
    ...places,
    folders: places.folders.filter((f) => !has(f)),
    closed: places.closed.filter(({ folder, owner }) => !owner || !maySo(owner, user, folder ? 5 : 4)),
  };
}

/** A volume that would have to change hands whole, and somebody outside of these services mounts it, too: they would stand before it then. */
export function sharedPlace(machine: Machine, services: readonly Service[], user: { readonly uid: number; readonly gid: number }, mounts: readonly Mount[]): Text | undefined {
  if (!showsOwners(machine)) return undefined;
  const mine = new Set(services.flatMap((s) => containersOf(machine, s)).map((c) => c.id));
  for (const mount of mounts) {
    const uid = shutBy(mount, user);
    const other = uid === undefined ? undefined : machine.containers.find((c) => !mine.has(c.id) && c.processes.some((p) => p.uid.effective !== 0) && c.mounts.some((m) => m.source === mount.source));
    if (other && uid !== undefined) return text(`${mount.target} belongs to ${uid} and is closed to others, and ${other.service ?? other.name} uses it, too: which number both of them should have is yours to say`, `${mount.target} 归 ${uid}，别人进不去，而 ${other.service ?? other.name} 也在用它：两者该用哪个数字要由你决定`);
  }
  return undefined;
}
