import type { RestartHost } from '../model/change.ts';
import { list } from '../model/text.ts';
import type { Bench, Deed } from './deed.ts';
import { endLeft, workersBelow } from './left-behind.ts';
import { childrenOf, groupOf, mustDo, reload, reloaded, run, supervisorctl } from './host-owner.ts';

export interface RestartUndo {
  readonly name: string;
  /** What a supervisord that is told to read all again had started: it takes its time to stop them. */
  readonly children?: readonly number[];
  /** Their workers, by what they are: forked, and not started. */
  readonly workers?: readonly number[];
}

const DAEMON_RELOAD = ['systemctl', 'daemon-reload'];

async function start(change: RestartHost, { system }: Bench): Promise<void> {
  if (change.by === 'systemd') {
    await mustDo(system, DAEMON_RELOAD, change);
    return mustDo(system, ['systemctl', 'restart', change.name], change);
  }
  if (change.how === 'reload') return reload(system, change);
  if (change.how === 'restart') return mustDo(system, supervisorctl(change, 'restart', change.name), change);
  // `update` starts a group again whose own section changed, does nothing otherwise, and leaves `autostart=false` down (measured).
  await mustDo(system, supervisorctl(change, 'update', groupOf(change.name)), change);
  const { stdout } = await system.shell.ask(supervisorctl(change, 'status', change.name), { cwd: '/' });
  if (/\b(?:STOPPED|EXITED)\b/.test(stdout)) await mustDo(system, supervisorctl(change, 'start', change.name), change);
}

/** Afterwards nobody is left of what was stopped. */
async function alone(change: RestartHost, { system }: Bench, stop: () => Promise<unknown>): Promise<void> {
  const workers = await workersBelow(system, change);
  await stop();
  await endLeft(system, workers);
}

/** A program of the machine itself, started again by whoever owns it. */
export const restartHost: Deed<'restart-host', RestartUndo> = {
  tell: (change) => list(change.services),
  prepare: async (change, { system }) => ({ name: change.name, ...(change.how === 'reload' ? { children: await childrenOf(system, change), workers: await workersBelow(system, change) } : {}) }),
  run: (change, _undo, bench) => (change.how === 'reload' ? start(change, bench) : alone(change, bench, () => start(change, bench))),
  async arrived(change, { children, workers }, { system }) {
    if (!children) return;
    await reloaded(system, change, children);
    await endLeft(system, workers ?? []);
  },
  // Down before its files, its folders and its account go back to what they were: nobody takes away what is in use.
  async revert(change, _undo, bench) {
    const { system } = bench;
    if (change.by === 'systemd') await run(system, ['systemctl', 'stop', ...(change.sockets ?? []), change.name]);
    else if (change.how !== 'reload') await alone(change, bench, () => run(system, supervisorctl(change, 'stop', change.name)));
    return [];
  },
  async resume(change, _undo, bench) {
    if (change.by === 'systemd') {
      // Too many starts in a row are refused, also the one that would mend it.
      await run(bench.system, ['systemctl', 'reset-failed', change.name]);
      return start(change, bench);
    }
    if (change.how !== 'reload') return alone(change, bench, () => start(change, bench));
    const before = await childrenOf(bench.system, change);
    await alone(change, bench, async () => {
      await start(change, bench);
      await reloaded(bench.system, change, before);
    });
  },
};
