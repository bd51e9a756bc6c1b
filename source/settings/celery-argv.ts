import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { programOf } from './roles.ts';
import { programIn } from './script-words.ts';
import { runningOf } from './service-files.ts';
import { started } from './started.ts';
import { perService } from './once.ts';

const isCelery = (argv: readonly string[]): boolean => programOf(argv) === 'celery' && argv.includes('worker');

/** The command of its files: on the command line, or the last one of a script that it starts. */
function declaredArgv(machine: Machine, service: Service): readonly string[] {
  const start = started(machine, service);
  const words = start?.words.map((w) => w.value) ?? [];
  return isCelery(words) || !start ? words : (programIn(start, /^celery$/)?.map((w) => w.value) ?? words);
}

/** The command of a service's worker, as it runs or as its files give it. */
export const workerArgv = (machine: Machine, service: Service): readonly string[] =>
  runningOf(machine, service).flatMap((c) => c.processes).find((p) => isCelery(p.argv))?.argv ?? declaredArgv(machine, service);

/** True when a service is a Celery worker: its processes say so, or the command that its files give. */
export const runsCelery = perService((machine: Machine, service: Service): boolean => {
  const live = runningOf(machine, service).filter((c) => c.processes.length > 0);
  if (live.length > 0) return live.some((c) => c.processes.some((p) => isCelery(p.argv)));
  return isCelery(declaredArgv(machine, service));
});

/** The module behind `-A` / `--app` (`shop.tasks`, `shop.tasks:app`), without the object. */
export function appModule(argv: readonly string[]): string | undefined {
  const at = argv.findIndex((w) => w === '-A' || w === '--app');
  const value = at >= 0 ? argv[at + 1] : argv.find((w) => w.startsWith('--app='))?.slice('--app='.length);
  return value?.split(':')[0];
}
