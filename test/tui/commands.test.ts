import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { commandAfter, commandsScreen, toCommand } from '../../source/tui/screens/commands/state.ts';
import { put } from '../../source/tui/turn.ts';
import { drive } from './drive.ts';
import { frame } from './frame.tsx';

/** Forty commands that take two or three rows each, numbered. */
const LONG = Array.from({ length: 40 }, (_, i) => ['docker', 'run', '--rm', '--label', `number=${i + 1};`, 'debian:bookworm-slim', 'chown', '-R', '10001:10001', ...Array.from({ length: 3 + (i % 4) }, (_n, n) => `/srv/shop/media/${n}`)]);
const numbers = (rows: readonly string[]): readonly number[] => [...rows.join('\n').matchAll(/number=(\d+);/g)].map(([, n]) => Number(n));

describe('the commands of a plan', () => {
  for (const [key, back] of [['space', 'pageup'], ['pagedown', 'ctrl-b'], ['wheeldown', 'wheelup']] as const) {
    it(`are all seen by ${key}, and by ${back}`, async () => {
      const driven = await drive({}, { can: { edit: false, calls: true } });
      const wizard = { ...(await driven.keys('enter', 'c')), calls: LONG };
      let screen = commandsScreen;
      const press = (pressed: string): ReadonlySet<number> => {
        const seen = new Set(numbers(frame(put(wizard, screen))));
        for (let i = 0; i < 60; i++) {
          screen = toCommand(screen, wizard, commandAfter(screen, wizard, pressed));
          for (const n of numbers(frame(put(wizard, screen)))) seen.add(n);
        }
        return seen;
      };
      for (const seen of [press(key), press(back)]) assert.deepEqual([...seen].sort((a, b) => a - b), LONG.map((_, i) => i + 1));
    });
  }

  it('are with a $ where a shell takes them, and without one where the engine itself was asked', async () => {
    const driven = await drive({}, { can: { edit: false, calls: true } });
    await driven.keys('enter', 'c');
    const row = frame(driven.store.get()).find((one) => one.includes('/info'));
    assert.match(row ?? '', /^ .\s{3}GET \/info/);
  });
});
