import { Socket } from 'node:net';
import type { Orders, Told } from '../watchman.ts';

/** The end of the leash that every command of the run holds the other end of (watchman.ts). */
const LEASH = 4;

const released = (): Promise<void> => new Promise((resolve) => {
  const leash = new Socket({ fd: LEASH });
  for (const end of ['end', 'close', 'error'] as const) leash.once(end, () => resolve());
  leash.resume();
});

/** All that is loaded late elsewhere: the folder that we were started from may be another by the time it is needed. */
const loaded = (): Promise<unknown> => Promise.all([import('execa'), import('dockerode'), import('./docker-client.ts')]);

/**
 * The watchman's own ear: undefined when it was sent home, else what the process left behind whose channel closed. Signals
 * that go round (a logout, a service manager) are for that process, which ends its run by itself.
 */
export function standing(prepare: (wish: unknown) => Promise<void>): Promise<Orders | undefined> {
  const over = released();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGPIPE'] as const) process.on(signal, () => undefined);
  let [run, of]: [string | undefined, string] = [undefined, ''];
  return new Promise((resolve) => {
    process.on('message', (told: Told) => {
      if (told.say === 'home') resolve(undefined);
      else if (told.say === 'guard') run = told.run;
      else {
        of = told.of;
        Promise.all([prepare(told.wish), loaded()]).then(() => process.send?.('ready'), () => resolve(undefined));
      }
    });
    process.on('disconnect', () => resolve({ ...(run === undefined ? {} : { run }), of, over }));
  });
}
