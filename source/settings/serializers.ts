import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { runsCelery } from './celery-argv.ts';
import { carries, celerySettings, isPickle, strings, type CelerySetting } from './celery.ts';

/** The places that let a worker read pickle: `accept_content` with any of its names. An empty list or None refuses it. */
export function acceptingPickle(machine: Machine): readonly CelerySetting[] {
  return celerySettings(machine).filter((s) => s.name === 'accept_content' && (strings(s.assignment.value) ?? []).some(isPickle));
}

/** Workers that a place decides for: they run Celery and carry the file. */
export const workersOf = (machine: Machine, setting: CelerySetting): readonly Service[] => machine.services.filter((s) => runsCelery(machine, s) && carries(machine, s, setting.file.path));

/** Everybody that carries the file: a producer must be built anew with the worker, or it goes on sending pickle. */
export const carriersOf = (machine: Machine, path: string): readonly Service[] => machine.services.filter((s) => carries(machine, s, path));

/** True for a worker that reads pickle, by its files. */
export const acceptsPickle = (machine: Machine, service: Service): boolean => acceptingPickle(machine).some((s) => workersOf(machine, s).some((w) => w.name === service.name));
