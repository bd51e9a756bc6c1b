import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { appModule, runsCelery, workerArgv } from './celery-argv.ts';
import { carries } from './carries.ts';
import { applicationFile, namesPickle, overruled, precedence, settingsNamed, type CelerySetting } from './celery.ts';
import { perMachine } from './once.ts';

/**
 * The places that let a worker read pickle: `accept_content` with any of its names. An empty list or None refuses it, and
 * what is set behind them for the same application overrules them.
 */
export const acceptingPickle = perMachine((machine: Machine): readonly CelerySetting[] => {
  const last = new Map<string, CelerySetting>();
  for (const s of settingsNamed(machine, 'accept_content')) {
    if (overruled(machine, s)) continue;
    const key = `${s.file.path}:${s.owner}`;
    const known = last.get(key);
    const pickle = namesPickle(s);
    if (known && precedence(machine, s) < precedence(machine, known)) continue;
    // What may not come to pass takes nothing back.
    if (pickle === 'no' && (s.assignment.conditional || s.assignment.operator === '+=') && known) continue;
    if (pickle === 'perhaps' && known && namesPickle(known) === 'yes') continue;
    last.set(key, s);
  }
  return [...last.values()].filter((s) => namesPickle(s) !== 'no');
});

/** Its own application, in another file: a worker of that one is not decided here. */
function another(machine: Machine, service: Service, path: string): boolean {
  const started = applicationFile(machine, appModule(workerArgv(machine, service)));
  return started !== undefined && started.path !== path && applicationFile(machine, path) !== undefined;
}

/** Workers that a place decides for: they run Celery and carry the file. */
export const workersOf = (machine: Machine, setting: CelerySetting): readonly Service[] =>
  machine.services.filter((s) => runsCelery(machine, s) && carries(machine, s, setting.file.path) && !another(machine, s, setting.file.path));

/** Everybody that carries the file: a producer must be built anew with the worker, or it goes on sending pickle. */
export function carriersOf(machine: Machine, path: string): readonly Service[] {
  const all = known(machine);
  const there = all.get(path);
  if (there) return there;
  const found = machine.services.filter((s) => carries(machine, s, path));
  all.set(path, found);
  return found;
}

/** Which service carries a file is asked for every pair of files that may belong together. */
const known = perMachine(() => new Map<string, readonly Service[]>());

/** True for a worker that reads pickle, by its files. */
export const acceptsPickle = (machine: Machine, service: Service): boolean => acceptingPickle(machine).some((s) => workersOf(machine, s).some((w) => w.name === service.name));
