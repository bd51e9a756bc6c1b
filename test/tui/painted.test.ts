import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import xterm from '@xterm/headless';
import fc from 'fast-check';
import { painter } from '../../source/tui/painted.ts';

const SIZE = { columns: 30, rows: 12 };

/** What a terminal shows after each of the frames. */
async function shownAfter(frames: readonly (readonly string[])[]): Promise<readonly (readonly string[])[]> {
  const terminal = new xterm.Terminal({ cols: SIZE.columns, rows: SIZE.rows, allowProposedApi: true });
  // The wizard has a screen without a scrollback.
  await new Promise<void>((resolve) => terminal.write('\u001b[?1049h', resolve));
  const { paint } = painter(() => SIZE);
  const all: string[][] = [];
  for (const frame of frames) {
    await new Promise<void>((resolve) => terminal.write(paint(frame.join('\n')), resolve));
    all.push(Array.from({ length: SIZE.rows }, (_, y) => terminal.buffer.active.getLine(y)!.translateToString(true)));
  }
  return all;
}

const row = fc.oneof({ weight: 2, arbitrary: fc.constant('') }, { weight: 5, arbitrary: fc.constantFrom('one', 'two', 'three', '#7 DONE 0.0s', 'a row that fills all of the 30', '  indented') });
const fresh = fc.array(row, { minLength: SIZE.rows, maxLength: SIZE.rows });
/** Frames as a list makes them: some rows in the middle move by a few, and a few are others. */
const run = fc.tuple(fresh, fc.array(fc.tuple(fc.integer({ min: -4, max: 4 }), fc.nat(11), fc.nat(11), fc.array(fc.tuple(fc.nat(11), row), { maxLength: 3 })), { maxLength: 12 })).map(([first, steps]) =>
  steps.reduce<string[][]>((frames, [by, a, b, others]) => {
    const last = frames.at(-1)!;
    const [from, to] = [Math.min(a, b), Math.max(a, b)];
    const next = last.map((text, i) => (i < from || i > to ? text : (i + by >= from && i + by <= to ? last[i + by]! : '')));
    for (const [at, text] of others) next[at] = text;
    return [...frames, next];
  }, [first]));

describe('what is painted', () => {
  it('is the frame, whatever stood there before', async () => {
    await fc.assert(fc.asyncProperty(run, async (frames) => {
      assert.deepEqual(await shownAfter(frames), frames.map((frame) => frame.map((text) => text.trimEnd())));
    }), { numRuns: 200 });
  });
});
