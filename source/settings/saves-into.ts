import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { fileAt } from './file-at.ts';
import { dirOf } from './redis-config.ts';
import { programOf } from './roles.ts';
import { runningOf, shipped, workdirOf } from './service-files.ts';
import { started } from './started.ts';

const STORE = /^(?:redis|valkey|keydb)-server$/;

/**
 * The folder that a redis saves itself into: `--dir`, else where it is started, which is `/` where nobody says. It does so by
 * itself within the hour, and where it can't, it takes no more writes from then on (7.0.15: "MISCONF", measured). A file of
 * its own counts where it is the project's. Undefined where it saves nothing, or nobody can tell.
 */
export function savesInto(machine: Machine, service: Service): string | undefined {
  const running = runningOf(machine, service).flatMap((c) => c.processes).find((p) => STORE.test(programOf(p.argv)));
  const start = started(machine, service);
  const words = start?.words.map((w) => w.value) ?? [];
  const args = words.slice(words.findIndex((w) => STORE.test(w.split('/').at(-1) ?? '')) + 1);
  if (args.length === words.length) return undefined;
  const said = (name: string): string | undefined => {
    const at = args.lastIndexOf(`--${name}`);
    return at < 0 ? undefined : (args[at + 1] ?? '');
  };
  const [conf] = args;
  if (conf !== undefined && !conf.startsWith('-')) {
    const file = fileAt(machine, service, conf);
    return said('dir') ?? (file && dirOf(file.text));
  }
  const silent = said('save') !== undefined && /^(?:""|'')?$/.test(said('save') ?? '');
  if (silent && said('appendonly') !== 'yes') return undefined;
  const image = shipped(machine, service);
  return said('dir') ?? running?.cwd ?? (image ? workdirOf(image) : undefined);
}
