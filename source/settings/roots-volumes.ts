import { sep } from 'node:path';
import type { Mount } from '../model/container.ts';
import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { quote } from '../files/shellwords.ts';
import { text, type Text } from '../model/text.ts';
import { filledBy } from './app-fills.ts';
import { chowned } from './given-away.ts';
import { showsOwners } from './places-owner.ts';
import type { RunAs } from './run-as.ts';
import { containersOf, runningOf, shipped } from './service-files.ts';

/** A mount of a service that its user can't write, or not all of it; for a folder also why the app is known to write there. */
export interface Shut {
  readonly mount: Mount;
  readonly filled?: Text;
}

/** A service that is somebody else by now, and its volumes and folders that are still root's from before. */
export interface RootsVolumes {
  readonly service: Service;
  readonly user: RunAs;
  readonly shut: readonly Shut[];
  /** Folders that lie outside of the project: named, never touched. */
  readonly outside: readonly Shut[];
}

/** By the owners that were really read: the volume or files in it are root's, and not everybody's to write. */
const stillRoots = ({ owner, rootEntries }: Mount): boolean =>
  owner !== undefined && ((owner.uid === 0 && ((owner.mode ?? 0) & 0o002) === 0) || (rootEntries ?? 0) > 0);

/** A folder counts by itself: files of root's in one that the app may write are put there to be read as often as not. */
const topIsRoots = ({ owner }: Mount): boolean => owner?.uid === 0 && ((owner.mode ?? 0o777) & 0o002) === 0;

/** One lies in the other, or they are the same. */
const overlap = (a: string, b: string): boolean => (a + sep).startsWith(b + sep) || (b + sep).startsWith(a + sep);

/**
 * Only volumes that the image means for its user: a RUN of it gives the folder away. A volume that others mount too, or that the
 * image fills with what it only reads (packages, pages), is nobody's fault. What decides for folders, `filledBy` says; their owners
 * are what they seem only where the engine runs on this machine, as root, and maps no users.
 */
function ofService(machine: Machine, service: Service): RootsVolumes | undefined {
  const image = shipped(machine, service);
  const running = runningOf(machine, service);
  const processes = running.flatMap((c) => c.processes);
  const [first] = processes;
  const uids = new Set(processes.flatMap((p) => [p.uid.real, p.uid.effective]));
  if (!image || !first || uids.size !== 1 || uids.has(0)) return undefined;
  // Root's group may write what the random-uid pattern opened to it.
  if (processes.some((p) => p.gid.effective === 0 || p.groups.includes(0))) return undefined;
  const mine = new Set(containersOf(machine, service).map((c) => c.id));
  const others = machine.containers.filter((c) => !mine.has(c.id)).flatMap((c) => c.mounts);
  const mounts = running.flatMap((c) => c.mounts).filter((m, i, all) => !m.readOnly && all.findIndex((o) => o.source === m.source) === i);
  const volumes = mounts.filter((m) => m.type === 'volume' && !m.anonymous && stillRoots(m) && !others.some((o) => o.source === m.source) && chowned(image, m.target));
  const folders = mounts.flatMap((mount): readonly Shut[] => {
    if (!showsOwners(machine) || mount.type !== 'bind' || !topIsRoots(mount) || others.some((o) => o.type === 'bind' && overlap(o.source, mount.source))) return [];
    const filled = filledBy(machine, service, image, mount);
    return filled ? [{ mount, filled }] : [];
  });
  const inside = ({ mount }: Shut): boolean => (mount.source + sep).startsWith(machine.root + sep);
  const shut = [...volumes.map((mount): Shut => ({ mount })), ...folders.filter(inside)];
  const outside = folders.filter((f) => !inside(f));
  return shut.length + outside.length > 0 ? { service, user: { uid: first.uid.effective, gid: first.gid.effective }, shut, outside } : undefined;
}

export const rootsVolumes = (machine: Machine, services: readonly Service[]): readonly RootsVolumes[] => services.flatMap((s) => ofService(machine, s) ?? []);

/** What lies outside of the project is never touched: the command for who may. */
export function byYourself({ user: { uid, gid }, outside }: RootsVolumes): Text {
  const where = outside.map((one) => one.mount.source);
  const command = quote(['find', ...where, '-xdev', '-uid', '0', '-exec', 'chown', '-h', `${uid}:${gid}`, '{}', '+']);
  return text(`${where.join(', ')} lies outside this project and is not touched; by hand, as root: ${command}`, `${where.join('、')} 在本项目之外，不会改动；请以 root 身份手动执行：${command}`);
}
