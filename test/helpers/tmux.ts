import { execFileSync } from 'node:child_process';
import type { TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

/** A real terminal of 80x24 that a person could sit at: keys are sent one at a time, the screen is read back. */
export interface Terminal {
  press(...keys: readonly string[]): Promise<void>;
  type(text: string): Promise<void>;
  /** Its rows; with `colours` the escapes stay in. */
  screen(how?: { readonly colours?: boolean }): readonly string[];
  readonly size: { readonly columns: number; readonly rows: number };
  /** Waits until the screen shows it, and gives the screen. */
  until(pattern: RegExp, seconds?: number): Promise<string>;
}

const tmux = (socket: string, ...words: readonly string[]): string => execFileSync('tmux', ['-L', socket, ...words], { encoding: 'utf8' });

export function terminal(t: TestContext, cwd: string, argv: readonly string[], env: Readonly<Record<string, string>>, size = { columns: 80, rows: 24 }): Terminal {
  const socket = `harden-tui-${process.pid}-${(count += 1)}`;
  // The pane stays when the program has ended, so that its last words can be read.
  const words = Object.entries(env).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
  tmux(socket, '-f', '/dev/null', 'new-session', '-d', '-x', String(size.columns), '-y', String(size.rows), '-c', cwd, ...words, 'sh');
  t.after(() => {
    try {
      tmux(socket, 'kill-server');
    } catch {
      // It ended by itself.
    }
  });
  const send = (...keys: readonly string[]): string => tmux(socket, 'send-keys', ...keys);
  const screen = (how?: { readonly colours?: boolean }): readonly string[] => tmux(socket, 'capture-pane', ...(how?.colours ? ['-e'] : []), '-p').split('\n').slice(0, size.rows);
  send('-l', `${argv.map((a) => `'${a}'`).join(' ')}; echo ended with $?`);
  send('Enter');
  return {
    screen,
    size,
    async press(...keys) {
      for (const key of keys) {
        send(key);
        // A yes is a `y` with nothing right behind it.
        await pause(key === 'y' ? 600 : 150);
      }
    },
    async type(text) {
      send('-l', text);
      await pause(150);
    },
    async until(pattern, seconds = 20) {
      for (let i = 0; i < seconds * 5; i++) {
        const now = screen().join('\n');
        if (pattern.test(now)) return now;
        await pause(200);
      }
      throw new Error(`${pattern} did not come within ${seconds} s:\n${screen().join('\n')}`);
    },
  };
}
let count = 0;
