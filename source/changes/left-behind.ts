import type { RestartHost } from '../model/change.ts';
import type { Process } from '../model/process.ts';
import { readProcess } from '../inspect/proc-text.ts';
import type { System } from '../system/system.ts';
import { run, supervisordIn } from './host-owner.ts';

/** One that finds its master gone ends itself within a second, where it is able to (uWSGI: "my master disconnected"). */
const [PATIENCE_MS, BEAT_MS] = [3_000, 250];

const INIT = 1;

const same = (a: readonly string[], b: readonly string[]): boolean => a.length > 0 && a.length === b.length && a.every((word, i) => word === b[i]);

/**
 * Workers below a supervisord: processes that were forked and run the program of their parent on. What an app starts
 * beside itself has words of its own, and is not among them.
 */
export async function workersBelow(system: System, change: RestartHost): Promise<readonly number[]> {
  if (change.by !== 'supervisord') return [];
  const all = (await system.processes.list()).map(readProcess);
  const top = supervisordIn(all, change)?.pid;
  const byPid = new Map(all.map((p) => [p.pid, p]));
  const below = (p: Process | undefined, depth = 0): boolean => p !== undefined && depth < all.length && (p.ppid === top || below(byPid.get(p.ppid), depth + 1));
  return all.filter((p) => p.ppid !== top && same(p.argv, byPid.get(p.ppid)?.argv ?? []) && below(p)).map((p) => p.pid);
}

/**
 * supervisord kills a program that takes too long, and that program alone: a worker that is just being started then stays
 * behind without a parent, and as who it was (uWSGI 2.0.21, in one of three such stops). It is ended, as `killasgroup` would.
 */
export async function endLeft(system: System, workers: readonly number[]): Promise<void> {
  for (let waited = 0; workers.length > 0; waited += BEAT_MS) {
    const left = (await system.processes.list()).map(readProcess).filter((p) => p.ppid === INIT && p.argv.length > 0 && workers.includes(p.pid));
    if (left.length === 0) return;
    if (waited >= PATIENCE_MS) {
      await run(system, ['kill', '-KILL', ...left.map((p) => String(p.pid))]);
      return;
    }
    await system.pause(BEAT_MS);
  }
}
