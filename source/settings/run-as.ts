import { sep } from 'node:path';
import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { rolesIn } from './roles.ts';
import { runningOf, shipped } from './service-files.ts';
import { declaredUser, isSeen } from './user.ts';
import { writtenPlaces } from './written-places.ts';

export interface RunAs {
  readonly uid: number;
  readonly gid: number;
  /** The bind mount's source whose owner this is. */
  readonly ownerOf?: string;
}

const FIRST = 10001;

/** Image (by its Dockerfile and target) that a service runs; services that share one share the user. */
export const imageKey = (service: Service): string => `${service.build?.dockerfile ?? service.image ?? service.name}#${service.build?.target ?? ''}`;

const rootNow = (machine: Machine, service: Service): boolean =>
  isSeen(machine, service) ? runningOf(machine, service).some((c) => rolesIn(c).root.length > 0) : (declaredUser(machine, service)?.root ?? false);

/** True when some Dockerfile here gives this number to somebody already. */
const taken = (machine: Machine, uid: number): boolean =>
  machine.services.some((s) => shipped(machine, s)?.df.instructions.some((i) => i.keyword === 'RUN' && new RegExp(`(useradd|adduser|groupadd|addgroup)[^\\n]*\\b${uid}\\b`).test(i.args)) ?? false);

/**
 * The user a service gets. A folder of the developer's that is mounted for writing decides: its owner, so that both can
 * go on working in it. Otherwise a number of its own for each image, from 10001 up, so that no two apps share one.
 */
export function runAs(machine: Machine, services: readonly Service[]): RunAs {
  const binds = writtenPlaces(machine, services).mounts.filter((m) => m.type === 'bind' && (m.source + sep).startsWith(machine.root + sep));
  const owned = binds.find((m) => m.owner && m.owner.uid !== 0);
  if (owned?.owner && !machine.docker?.desktop) return { ...owned.owner, ownerOf: owned.source };
  const keys = [...new Set(machine.services.filter((s) => rootNow(machine, s)).map(imageKey))];
  const first = services[0];
  let uid = FIRST + Math.max(0, first ? keys.indexOf(imageKey(first)) : 0);
  while (taken(machine, uid)) uid++;
  return { uid, gid: uid };
}
