import { render } from 'ink';
import { setTimeout as pause } from 'node:timers/promises';
import { listener, MOUSE, QUESTIONS } from './answers.ts';
import { App } from './app.tsx';
import type { Front, Seat } from './front.ts';
import { painted } from './painted.ts';
import { clipboard, typedOn } from './terminal.ts';
import { unhurried } from './unhurried.ts';

const CURSOR = '\u001b[?25h';

/** An answer that comes after us is printed into the shell: so long is waited for one. */
const PATIENCE = 500;

/** The wizard as a screen, drawn by Ink on the alternate screen. */
export function drawn({ store, stdin, stdout, now, mouse, ask, manyColours }: Seat): Front {
  const ears = listener(ask, manyColours, (answers) => store.tell({ kind: 'terminal', answers }));
  const asked = performance.now();
  if (ask) {
    // The answer may be there before Ink listens: it must not be echoed.
    stdin.setRawMode(true);
    stdout.write(QUESTIONS);
  }
  const pointer = (on: boolean): void => void (mouse && !stdout.destroyed && stdout.write(on ? MOUSE.on : MOUSE.off));
  const atLast = () => pointer(false);
  pointer(true);
  process.once('exit', atLast);
  const quiet = async (): Promise<void> => {
    while (!ears.answered() && performance.now() - asked < PATIENCE) await pause(10);
  };

  let suspend = async (callback: () => Promise<void>): Promise<void> => callback();
  const ink = render(<App store={{ ...store, subscribe: unhurried(store.subscribe) }} now={now} quiet={quiet} onSuspend={(by) => { suspend = by; }} />, {
    stdin: typedOn(stdin, (chunk) => ears.keys(chunk)), stdout: painted(stdout), debug: true, exitOnCtrlC: false, alternateScreen: true, interactive: true, patchConsole: false,
  });
  return {
    over: ink.waitUntilExit().finally(() => {
      pointer(false);
      process.off('exit', atLast);
    }),
    close: () => ink.unmount(),
    async lend(callback) {
      pointer(false);
      stdout.write(CURSOR);
      await suspend(callback).finally(() => pointer(true));
    },
    copy: (text) => void stdout.write(clipboard(text)),
  };
}
