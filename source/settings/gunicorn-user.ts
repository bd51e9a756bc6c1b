import { isRootUser } from '../files/dockerfile.ts';
import type { Confidence } from '../model/finding.ts';
import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { gunicornsIn, liveGunicorn, type Gunicorn } from './gunicorn.ts';
import { isOn, told, type Told } from './gunicorn-settings.ts';
import { startsAs, type StartsAs } from './starts-as.ts';
import { declaredUser } from './user.ts';

/** Who a gunicorn and its workers are, by the files: who starts it, and what it is told to become for its workers. */
export interface Identity {
  readonly starts?: StartsAs;
  readonly user?: Told;
  readonly group?: Told;
  /** `initgroups`: with a user that has a name, gunicorn then leaves the group as it is, which is root's (issue 2770 there). */
  readonly initgroups: boolean;
}

const said = (t: Told | undefined): Told | undefined => (t && t.value !== '' ? t : undefined);

export function identity(machine: Machine, g: Gunicorn): Identity {
  const starts = startsAs(machine, g.program);
  const [user, group] = [said(told(machine, g, 'user')), said(told(machine, g, 'group'))];
  return { ...(starts ? { starts } : {}), ...(user ? { user } : {}), ...(group ? { group } : {}), initgroups: isOn(told(machine, g, 'initgroups')) };
}

/** user: the workers are root · group: they are somebody else, and still in root's group. */
export interface RootWorkers {
  readonly why: 'user' | 'group';
  readonly confidence: Confidence;
}

/**
 * A container whose own gunicorn is told no user is as root as its image: that is root-container's to say. Told one, by a
 * flag or in its file, gunicorn decides itself, and USER would only keep it from starting.
 */
export const decidesItself = (machine: Machine, g: Gunicorn): boolean => {
  const { user, group } = identity(machine, g);
  return g.program.starter !== 'container' || user !== undefined || group !== undefined;
};

/** A service that starts a gunicorn itself which is told who its workers are. */
export const gunicornDecides = (machine: Machine, service: Service): boolean => gunicornsIn(machine, service).some((g) => g.program.starter === 'container' && decidesItself(machine, g));

/** Behind an entrypoint that steps down by itself nobody is root any more. */
const steppedDown = (machine: Machine, g: Gunicorn, { user }: Identity): boolean => g.program.starter === 'container' && user === undefined && (declaredUser(machine, g.program.service)?.stepsDown ?? false);

/** Workers as root, or in root's group, as they run; where none is seen, as the files have it. */
export function rootWorkers(machine: Machine, g: Gunicorn): RootWorkers | undefined {
  if (!decidesItself(machine, g)) return undefined;
  const { masters, workers } = liveGunicorn(g);
  if (workers.length > 0) {
    if (workers.some((p) => p.uid.effective === 0 || p.uid.real === 0)) return { why: 'user', confidence: 'seen' };
    const fromRoot = masters.some((m) => m.uid.effective === 0);
    return fromRoot && workers.some((p) => p.gid.effective === 0) ? { why: 'group', confidence: 'seen' } : undefined;
  }
  const who = identity(machine, g);
  if (!who.starts?.root || steppedDown(machine, g, who)) return undefined;
  const sure: Confidence = who.starts.guess || who.user?.guess || who.group?.guess ? 'guess' : 'declared';
  if (!who.user || isRootUser(who.user.value)) return { why: 'user', confidence: sure };
  const kept = who.initgroups && !/^\d+$/.test(who.user.value);
  return !who.group || isRootUser(who.group.value) || kept ? { why: 'group', confidence: sure } : undefined;
}

/** A root master whose workers are somebody else: it holds the port for them, by design. */
export const mastersByDesign = (g: Gunicorn): number => {
  const { masters, workers } = liveGunicorn(g);
  return workers.length > 0 && workers.every((w) => w.uid.effective !== 0) ? masters.filter((m) => m.uid.effective === 0).length : 0;
};
