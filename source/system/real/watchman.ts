import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import type { Watchman } from '../system.ts';
import { WATCHMAN, type Told } from '../watchman.ts';
import { life } from './life.ts';
import { holdOn } from './shell.ts';

const READY_MS = 20_000;
const HOME_MS = 3_000;

/** Exit codes that are meant: somebody stopped us a second time, and the journal says what is left (DECISIONS.md, "Interrupts"). */
const MEANT: readonly number[] = [129, 130, 143];

/** What comes of it, or `late` when that takes too long; no timer is left behind. */
async function within<T>(work: Promise<T>, ms: number, late: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([work, new Promise<T>((resolve) => {
      timer = setTimeout(() => resolve(late), ms);
    })]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Starts this program once more, beside us: in a session of its own, so that a Ctrl-C or a terminal that closes is none to
 * it, and with no stream of ours, so that nobody waits for it. It has all of its code loaded when this returns: what it was
 * started from may be gone by the time it is needed.
 */
export async function post(program: readonly string[], wish: unknown): Promise<Watchman | undefined> {
  const [file = '', ...args] = program;
  const child = spawn(file, [...args, WATCHMAN], { detached: true, stdio: ['ignore', 'ignore', 'ignore', 'ipc', 'pipe'] });
  const over = new Promise<false>((resolve) => {
    child.once('error', () => resolve(false));
    child.once('exit', () => resolve(false));
  });
  const tell = (told: Told): Promise<void> => new Promise((resolve) => {
    if (!child.connected) return resolve();
    child.send(told, () => resolve());
  });
  const leash = child.stdio[4] as Duplex & { unref(): void };
  leash.on('error', () => undefined);
  const ready = once(child, 'message').then(() => true, () => false);
  await tell({ say: 'stand', wish, of: await life.me() });
  if (!(await within(Promise.race([ready, over]), READY_MS, false))) {
    child.kill('SIGKILL');
    return undefined;
  }
  child.unref();
  child.channel?.unref();
  leash.unref();
  holdOn(leash);
  const meant = (code: number): void => {
    if (MEANT.includes(code)) void tell({ say: 'home' });
  };
  process.on('exit', meant);
  return {
    guards: (run) => tell({ say: 'guard', run }),
    async dismiss() {
      holdOn(undefined);
      process.off('exit', meant);
      await tell({ say: 'home' });
      if (await within<boolean>(over, HOME_MS, true)) child.kill('SIGKILL');
      leash.destroy();
    },
  };
}
