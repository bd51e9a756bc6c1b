// A yes is a `y` by itself: what hands and terminals send where one is asked for.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { typing } from '../../source/tui/typed.ts';
import { shown } from '../../source/tui/wizard.ts';
import { drive, type Driven } from './drive.ts';
import { faults, frame } from './frame.tsx';

const ALONE = 40;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** At a question, with a keyboard: chunks as the terminal hands them over, and how long after the one before. */
async function at(keys: readonly string[], lang: 'en' | 'zh-CN' = 'en'): Promise<{ readonly driven: Driven; type(...chunks: readonly (readonly [after: number, ...keys: string[]])[]): Promise<void> }> {
  const driven = await drive({}, { lang });
  await driven.keys(...keys);
  let clock = 0;
  const keyboard = typing(driven.store, () => clock, ALONE);
  return {
    driven,
    async type(...chunks) {
      for (const [after, ...chunk] of chunks) {
        clock += after;
        // The clock decides what is near; the timer behind a `y` is real.
        if (after >= ALONE) await pause(ALONE + 20);
        keyboard(chunk);
      }
      await pause(ALONE + 20);
      clock += ALONE + 20;
    },
  };
}

const ASKS = ['enter', 'f', 'p', 'enter'] as const;
const APPLIED = [...ASKS, 'y', 'u'] as const;

for (const [name, keys, deed] of [['apply', ASKS, 'apply'], ['undo', APPLIED, 'undo 1']] as const) {
  describe(`the yes of ${name}`, () => {
    const did = ({ session }: Driven): boolean => session.asked.includes(deed);

    it('is a y by itself, also with enter behind it or pressed twice', async () => {
      for (const chunks of [[[100, 'y']], [[100, 'y', 'enter']], [[100, 'y'], [5, 'enter']], [[100, 'y'], [5, 'y']], [[100, 'down'], [1, 'y'], [1, 'wheeldown']]] as const) {
        const { driven, type } = await at(keys);
        await type(...chunks);
        assert.ok(did(driven), JSON.stringify(chunks));
        assert.equal(driven.session.asked.filter((one) => one === deed).length, 1);
      }
    });

    it('is none in a name that is typed, nor in a text that comes as keys', async () => {
      const typed = (word: string): (readonly [number, ...string[]])[] => [...Array.from(word).map((letter) => [10, letter] as const), [10, 'enter']];
      for (const chunks of [typed('yard'), typed('party'), typed('yy-shop'), typed('yay'), [[100, ...'yes', 'enter']], [[100, ...'any']], [[100, 'y'], [10, 'backspace']]] as const) {
        const { driven, type } = await at(keys);
        await type(...chunks);
        assert.ok(!did(driven), JSON.stringify(chunks));
        assert.match(frame(driven.store.get()).join('\n'), /More than a y was typed, so it was not taken for a yes\. Press y by itself\./);
        await type([100, 'y']);
        assert.ok(did(driven), 'the next one is a yes');
      }
    });

    it('is taken back by esc right behind it', async () => {
      const { driven, type } = await at(keys);
      const before = driven.name();
      await type([100, 'y'], [10, 'esc']);
      assert.ok(!did(driven));
      assert.notEqual(driven.name(), before);
    });
  });
}

describe('keys at a question', () => {
  it('do what they do, one after the other', async () => {
    const { driven, type } = await at(ASKS);
    await type([100, 'c']);
    assert.equal(driven.name(), 'commands');
    await type([10, 'esc'], [10, 'd']);
    assert.equal(driven.name(), 'diff');
  });

  it('are letters where the name is asked for', async () => {
    const { driven, type } = await at(['enter', 'f', 'f', 'p', 'enter']);
    await type([100, ...'sho'], [1, 'y']);
    const screen = shown(driven.store.get());
    assert.ok(screen.name === 'confirm' && screen.typed === 'shoy');
  });

  it('that are typed ahead of it are not for it', async () => {
    const { driven, type } = await at(['enter', 'f', 'p']);
    await type([100, 'enter', 'y']);
    assert.deepEqual([driven.name(), driven.session.asked.includes('apply')], ['confirm', false]);
    await type([100, 'y']);
    assert.ok(driven.session.asked.includes('apply'));
  });

  it('fill 80x24 with what was not understood, in both languages', async () => {
    for (const lang of ['en', 'zh-CN'] as const) {
      for (const keys of [ASKS, APPLIED]) {
        const { driven, type } = await at(keys, lang);
        await type([100, 'y', 'a']);
        assert.deepEqual(faults(frame(driven.store.get())), []);
        assert.match(frame(driven.store.get()).join('\n'), lang === 'en' ? /More than a y/ : /没有当作同意/);
      }
    }
  });
});
