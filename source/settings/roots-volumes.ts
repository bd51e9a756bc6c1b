import type { Mount } from '../model/container.ts';
import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { chowned } from './given-away.ts';
import type { RunAs } from './run-as.ts';
import { containersOf, runningOf, shipped } from './service-files.ts';

/** A service that is somebody else by now, and its volumes that are still root's from before. */
export interface RootsVolumes {
  readonly service: Service;
  readonly user: RunAs;
  readonly mounts: readonly Mount[];
}

/** By the owners that were really read: the volume or files in it are root's, and not everybody's to write. */
const stillRoots = ({ owner, rootEntries }: Mount): boolean =>
  owner !== undefined && ((owner.uid === 0 && ((owner.mode ?? 0) & 0o002) === 0) || (rootEntries ?? 0) > 0);

/**
 * Only volumes that the image means for its user: a RUN of it gives the folder away. A volume that others mount too, or that the
 * image fills with what it only reads (packages, pages), is nobody's fault.
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
  const elsewhere = new Set(machine.containers.filter((c) => !mine.has(c.id)).flatMap((c) => c.mounts.map((m) => m.source)));
  const mounts = running.flatMap((c) => c.mounts).filter((m) => m.type === 'volume' && !m.readOnly && !m.anonymous && stillRoots(m) && !elsewhere.has(m.source) && chowned(image, m.target));
  const once = mounts.filter((m, i) => mounts.findIndex((o) => o.source === m.source) === i);
  return once.length > 0 ? { service, user: { uid: first.uid.effective, gid: first.gid.effective }, mounts: once } : undefined;
}

export const rootsVolumes = (machine: Machine, services: readonly Service[]): readonly RootsVolumes[] => services.flatMap((s) => ofService(machine, s) ?? []);
