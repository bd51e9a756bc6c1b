import type { Process } from '../model/process.ts';
import type { Machine } from '../model/machine.ts';
import type { Vital } from '../model/proof.ts';
import { programOf } from '../settings/roles.ts';
import { runningOf } from '../settings/service-files.ts';
import type { System } from '../system/system.ts';

/** A client without its broker tries again and again, some without an end. */
const LIMIT_MS = 20_000;
const BEAT_MS = 500;

/** What a worker says that has its broker, and what is said of one that does not answer. */
export const PONG = 'pong';
const SILENT = 'nothing';

/** The name of a worker on its queue (celery worker --help, `--hostname`); undefined where words of its own decide it. */
export function nodeName(argv: readonly string[], hostname: string): string | undefined {
  const at = argv.findIndex((w) => w === '-n' || w === '--hostname');
  const said = at >= 0 ? argv[at + 1] : argv.find((w) => w.startsWith('--hostname='))?.slice('--hostname='.length);
  const name = (said ?? 'celery').replaceAll('%h', hostname);
  return name.includes('%') ? undefined : name.includes('@') ? name : `${name}@${hostname}`;
}

const isWorker = (p: Process): boolean => programOf(p.argv) === 'celery' && p.argv.includes('worker');

/** One of the words that Celery workers in there were started with, each once: a pool has those of its master. */
const started = (processes: readonly Process[]): readonly (readonly string[])[] => [...new Map(processes.filter(isWorker).map((p) => [p.argv.join('\0'), p.argv])).values()];

/** Asked through its broker, by its own program: one that lost it runs on, and takes no job any more. */
async function ping(system: System, container: string, argv: readonly string[], node: string | undefined): Promise<string> {
  const words = [...argv.slice(0, argv.indexOf('worker')), 'inspect', '--json', '--timeout', '5', ...(node === undefined ? [] : ['--destination', node]), 'ping'];
  let said: string | undefined;
  const asked = (system.docker?.ask({ kind: 'exec', container, argv: words }) ?? Promise.resolve({ stdout: '' })).then(
    ({ stdout }) => { said = stdout.includes(PONG) ? PONG : SILENT; },
    () => { said = SILENT; },
  );
  for (let waited = 0; said === undefined && waited < LIMIT_MS; waited += BEAT_MS) await Promise.race([asked, system.pause(BEAT_MS)]);
  return said ?? SILENT;
}

/** Every Celery worker of a container, by the name it has there, and whether it answers. */
export async function workersIn(system: System, container: string, hostname: string, processes: readonly Process[]): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all(started(processes).map(async (argv) => {
    const node = nodeName(argv, hostname);
    // The host's part is another in every container.
    return [node?.replace(/@.*$/, '') ?? 'celery', await ping(system, container, argv, node)] as const;
  }));
  return new Map(found);
}

/** What is asked is said as a fact beside the others. */
export const asked = (worker: string): string => (worker === 'celery' ? 'celery ping' : `celery ping ${worker}`);

/** It answered before, and nobody can tell whether it still takes jobs: that is never a pass. */
export const isSilent = (v: Pick<Vital, 'what' | 'result'>): boolean => isPing(v) && v.result === 'cannot-tell';

export const isPing = ({ what }: Pick<Vital, 'what'>): boolean => what.startsWith('celery ping');

/** The Celery workers of the project's containers. */
export async function takeWorkers(system: System, machine: Machine): Promise<readonly Vital[]> {
  const { docker } = system;
  if (!docker) return [];
  const all = machine.services.filter((s) => !s.host).flatMap((s) => runningOf(machine, s).slice(0, 1).map((c) => ({ service: s.name, c })));
  const found = await Promise.all(all.filter(({ c }) => c.processes.some(isWorker)).map(async ({ service, c }): Promise<readonly Vital[]> => {
    const hostname = (await docker.look.container(c.id).catch(() => undefined))?.Config.Hostname ?? '';
    return [...(await workersIn(system, c.id, hostname, c.processes))].map(([worker, before]) => ({ service, what: asked(worker), before }));
  }));
  return found.flat();
}
