// What must hold at every screen: windows that change their size all the time, and ways out that nobody planned.
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { Screen } from '../../source/tui/screens/screen.ts';
import { width } from '../../source/tui/width.ts';
import { faults } from './frame.tsx';
import type { Named } from './kitchen/recipes.ts';
import { SEATS, seated } from './kitchen/seat.ts';
import { leftClean } from './left.ts';
import { closeAll } from './terminal.ts';

after(closeAll);

const seed = Number(process.env['SEED'] ?? Date.now() % 100_000);
function dice(): (n: number) => number {
  let state = seed + 1;
  return (n) => {
    state = (state * 48271) % 2147483647;
    return state % n;
  };
}

/** All of them with `npm run test:all`; else what is under way, which is the hardest, and a few by the seed. */
const all = process.env['HARDEN_TUI_ALL'] === '1';
const choose = dice();
const FEW: readonly Named[] = all ? SEATS : [...new Set([...SEATS.filter((one) => one.gates !== undefined).slice(0, 3), ...Array.from({ length: 7 }, () => SEATS[choose(SEATS.length)]!)])];

const KEYS = ['j', 'k', 'G', 'g', 'down', 'up', 'pagedown', 'pageup', '?', 'esc', 'enter', 'l', 'b', 'd', 'e', '1', '2', '/', 'x', 's', 'f'];
const still = (rows: readonly string[]): string => rows.map((row) => row.replace(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]|\d+\.\d s/g, '').trimEnd()).join('\n');

/** What the picture must be at a size: the screen in its frame, or one calm sentence. */
function right(rows: readonly string[], size: { columns: number; rows: number }): void {
  const picture = rows.join('\n');
  for (const row of rows) assert.ok(width(row) <= size.columns, `${size.columns}x${size.rows}\n${picture}`);
  if (size.columns < 80 || size.rows < 24) assert.match(picture.replace(/\s+/g, ' '), /80 by 24 is needed and this window is/, `${size.columns}x${size.rows}`);
  else assert.deepEqual(faults(rows, size), [], `${size.columns}x${size.rows}\n${picture}`);
}

describe(`a storm of sizes (SEED=${seed})`, { concurrency: 6 }, () => {
  for (const one of FEW) {
    it(one.name, async () => {
      const roll = dice();
      const any = () => ({ columns: 60 + roll(141), rows: 20 + roll(41) });
      const { at, release } = await seated(one);
      const before = still(at.rows());
      for (const size of [{ columns: 40, rows: 10 }, any(), { columns: 300, rows: 90 }]) {
        await at.resize(size.columns, size.rows);
        right(at.rows(), size);
      }
      await at.resize(80, 24);
      assert.equal(still(at.rows()), before, 'the same picture at the same size');
      for (let i = 0; i < 2; i++) {
        const size = any();
        await Promise.all([at.press(...Array.from({ length: 4 }, () => KEYS[roll(KEYS.length)]!)), at.resize(size.columns, size.rows)]);
        await at.settled();
        // One of the ways on is to stop here, and a roll may choose it.
        if (!at.onAlternateScreen()) return;
        right(at.rows(), size);
      }
      release();
      await at.press('ctrl-c', 'ctrl-c');
      await at.exit;
      await at.settled();
      assert.equal(at.onAlternateScreen(), false);
    });
  }
});

const ENDED: Partial<Record<Screen['name'], number>> = { done: 0, message: 0, undo: 0, 'taken-back': 3 };
const codeAt = (one: Named, code: number): number => (one.gates === undefined ? ENDED[one.screen] ?? code : code);

describe('told to end', () => {
  for (const [signal, code, seats] of [['SIGTERM', 143, FEW], ['SIGHUP', 129, FEW.filter((one) => one.gates !== undefined)], ['SIGINT', 130, SEATS.slice(0, 3)]] as const) {
    it(`by ${signal} at ${seats === SEATS ? 'every screen' : seats === FEW ? `${FEW.length} screens of all` : `${seats.length} screens`}: what runs is ended or taken back, and the terminal is as it was`, async () => {
      // One after the other: the signal is for every wizard of this process.
      for (const one of seats) {
        const { at, release } = await seated(one);
        process.emit(signal);
        release();
        const said = await leftClean(at, codeAt(one, code)).catch((error: unknown) => {
          throw new Error(one.name, { cause: error });
        });
        assert.ok(said.length >= 2 && said.length <= 6, `${one.name}: ${said.join('\n')}`);
      }
    });
  }
});

describe('a bug of ours', () => {
  for (const one of FEW) {
    it(`while ${one.name} is drawn`, async () => {
      let armed = false;
      const suggest = (sentence: string): string => {
        if (armed) throw new TypeError('ours');
        return sentence;
      };
      const { at, release } = await seated(one, { suggest });
      const over = assert.rejects(at.exit, /ours/);
      armed = true;
      await at.resize(100, 30);
      // Where a picture needs no sentence anew, the page of keys does.
      await at.press('?');
      await over;
      release();
      await at.settled();
      assert.equal(at.onAlternateScreen(), false);
      assert.deepEqual(at.modes(), { raw: false, mouse: false, paste: false, cursor: true });
    });
  }
});
