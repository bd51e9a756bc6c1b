import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { text } from '../../source/model/text.ts';
import { Stop } from '../../source/model/errors.ts';
import { fakeSession } from './fake-session.ts';
import { faults } from './frame.tsx';
import { leftClean } from './left.ts';
import { closeAll, walk, type Walk } from './terminal.ts';

after(closeAll);

/** Holds the session at its gates until a test lets it go on. */
function gates() {
  const waiting: (() => void)[] = [];
  let free = false;
  return {
    gate: (): Promise<void> => (free ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    async open(times = 1): Promise<void> {
      for (let i = 0; i < times; i++) {
        while (waiting.length === 0) await new Promise((resolve) => setTimeout(resolve, 2));
        waiting.shift()!();
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    },
    openAll(): void {
      free = true;
      for (const go of waiting.splice(0)) go();
    },
  };
}

const has = async (at: Walk, words: RegExp): Promise<void> => {
  await at.until(words);
  assert.deepEqual(faults(at.rows()), [], at.rows().join('\n'));
};

describe('one run on a terminal of 80x24', () => {
  it('from the first screen to undo', async () => {
    const at = walk(fakeSession());
    await at.until('goes on');
    await has(at, /Nothing leaves this machine/);
    await at.press('enter');
    await has(at, /7 findings in 5 services/);
    await at.press('enter');
    await has(at, /recommended: no message is waiting/);
    await at.press('enter', 'f', 'f', 'f');
    await has(at, /4 chosen, 3 open/);
    await at.press('p');
    await has(at, /4 of 7 findings: 4 files, 3 images, 3 containers, 1 volume\. Nothing done yet\./);
    await at.press('enter');
    await has(at, /Type the name of the project/);
    await at.type('shop');
    await at.press('enter');
    await at.until('risks are gone');
    await has(at, /Still works +5 of 5 answers as before/);
    await at.press('u');
    await has(at, /What comes back/);
    await at.press('y');
    await at.until('is undone');
    await at.press('q');
    assert.deepEqual(await leftClean(at, 0), ['harden-tui: shop, run 1 is undone; 4 risks came back.', 'Every run: harden-tui history']);
  });

  it('loses no key of a chunk, and gives no yes to what was not seen', async () => {
    const session = fakeSession();
    const at = walk(session);
    await at.until('goes on');
    await at.type('\rjjj');
    await has(at, /❯ 4 high/);
    await at.type('g\r');
    await has(at, /pickle-serializer/);
    await at.press('esc', 'f', 'p');
    await at.type('\ry');
    await has(at, /y applies/);
    assert.ok(!session.asked.includes('apply'));
    await at.press('ctrl-c');
    await leftClean(at, 130);
  });

  it('takes no yes out of a name that is typed, nor out of keys that a terminal sends for a text', async () => {
    const session = fakeSession();
    const at = walk(session);
    await at.until('goes on');
    await at.press('enter', 'f', 'p', 'enter');
    await has(at, /y applies/);
    for (const letter of 'yard\r') await at.type(letter);
    await has(at, /More than a y was typed, so it was not taken for a yes\. Press y by itself\./);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await at.type('yes, apply it');
    await new Promise((resolve) => setTimeout(resolve, 500));
    await has(at, /More than a y was typed/);
    assert.ok(!session.asked.includes('apply'));
    // A yes, and the habit of enter behind it.
    await at.type('y\r');
    await at.until('is gone');
    await at.press('u');
    await has(at, /y takes it back/);
    await at.type('yesterday');
    await has(at, /More than a y was typed/);
    assert.ok(!session.asked.includes('undo 1'));
    await at.press('ctrl-c');
    await leftClean(at, 0);
  });

  it('shows steps live, folds the log out, and takes back by itself what fails', async () => {
    const { gate, open, openAll } = gates();
    const at = walk(fakeSession({ gate, fails: 6 }));
    await open();
    await at.press('enter', 'f', 'f', 'f', 'f', 'p', 'enter');
    await at.type('shop\r');
    await open(4);
    await at.until('Container shop-admin-1');
    await has(at, /✓ 1-4 {2}4 files written +1\.6 s/);
    await has(at, /ctrl-c stop after this step, take all back +\? keys$/m);
    await at.press('esc', 'q');
    await has(at, /Applying/);
    await at.press('b');
    await has(at, /^ \$ docker compose -p shop build/m);
    await at.press('b', 'c');
    await has(at, /Run so far/);
    await at.press('esc');
    await open(2);
    await at.until('taking everything back');
    openAll();
    await at.until('Ways on');
    await has(at, /Step 6 failed, so everything was taken back\. shop runs as before\./);
    await at.press('q');
    assert.match((await leftClean(at, 3))[0]!, /run 1 was taken back/);
  });

  it('finishes the step on ctrl-c, takes all back, and says so', async () => {
    const { gate, open, openAll } = gates();
    const at = walk(fakeSession({ gate }));
    await open();
    await at.press('enter', 'f', 'p', 'enter', 'y');
    await open();
    await at.press('ctrl-c');
    await has(at, /Stopping: the command that runs is finished/);
    openAll();
    await at.until('You stopped it');
    await at.press('q');
    await leftClean(at, 130);
  });

  it('leaves at once on a second ctrl-c, and says where what is left is written down', async () => {
    const { gate, open } = gates();
    const at = walk(fakeSession({ gate }));
    await open();
    await at.press('enter', 'f', 'p', 'enter', 'y', 'ctrl-c', 'ctrl-c');
    assert.match((await leftClean(at, 130)).join('\n'), /harden-tui undo/);
  });

  it('goes on to the end of an undo before it leaves', async () => {
    const { gate, open, openAll } = gates();
    const at = walk(fakeSession({ gate }));
    await open();
    await at.press('enter', 'f', 'p', 'enter', 'y');
    // Four steps and the proofs.
    await open(5);
    await at.until('is gone');
    await at.press('u', 'y', 'ctrl-c');
    await has(at, /goes on to its end/);
    openAll();
    assert.match((await leftClean(at, 130))[0]!, /run 1 is undone/);
  });
});

// Mostly waiting for pictures to stand still, so side by side.
describe('leaving every screen', { concurrency: 8 }, () => {
  const screens: Readonly<Record<string, readonly string[]>> = {
    looking: [], findings: ['enter'], finding: ['enter', 'enter'], diff: ['enter', 'enter', 'd'], explain: ['enter', 'enter', 'e'], help: ['?'],
    plan: ['enter', 'f', 'p'], commands: ['enter', 'f', 'p', 'c'], confirm: ['enter', 'f', 'p', 'enter'], done: ['enter', 'f', 'p', 'enter', 'y'],
    undo: ['enter', 'f', 'p', 'enter', 'y', 'u'], 'a word being typed': ['enter', '/', 'r'],
  };
  for (const [name, keys] of Object.entries(screens)) {
    it(`by ctrl-c: ${name}`, async () => {
      const at = walk(fakeSession());
      await at.until('goes on');
      await at.press(...keys, 'ctrl-c');
      await leftClean(at, name === 'done' || name === 'undo' ? 0 : 130);
    });
    if (name === 'a word being typed') continue;
    it(`by q: ${name}`, async () => {
      const at = walk(fakeSession());
      await at.until('goes on');
      await at.press(...keys, 'q');
      if (['plan', 'commands', 'confirm'].includes(name)) {
        await has(at, /1 is chosen and nothing is applied/);
        await at.press('q');
      }
      await leftClean(at, 0);
    });
  }
});

describe('leaving', () => {
  it('by a signal: nothing is left half done, and the exit code is its own', async () => {
    const before = process.listenerCount('SIGTERM');
    const at = walk(fakeSession());
    await at.until('goes on');
    process.emit('SIGTERM');
    await leftClean(at, 143);
    assert.ok(process.listenerCount('SIGTERM') <= before);
  });
  it('by a bug: the screen is closed and the bug is thrown', async () => {
    const at = walk(fakeSession({ stop: new TypeError('ours') as unknown as Stop }));
    await assert.rejects(at.exit, /ours/);
    assert.equal(at.onAlternateScreen(), false);
  });
  it('not by what stands in the way: that is shown with what to do', async () => {
    const at = walk(fakeSession({ stop: new Stop(text('There is no folder /x.', '没有目录 /x。'), [text('Give another folder.', '换一个目录。')]) }));
    await at.until('Give another folder.');
    await has(at, /There is no folder \/x\./);
    await at.press('q');
    await leftClean(at, 0);
  });
});

describe('the terminal', () => {
  it('keeps its last column, through keys and sizes', async () => {
    const at = walk(fakeSession(), { lang: 'zh-CN' });
    await at.until('按回车继续');
    await at.press('enter', 'enter', 'j', 'esc', 'j', 'enter');
    await at.settled();
    assert.deepEqual(faults(at.rows()), []);
    for (const [columns, rows] of [[120, 40], [80, 24], [60, 20], [200, 50], [80, 24]] as const) {
      await at.resize(columns, rows);
      if (columns >= 80) assert.deepEqual(faults(at.rows(), { columns, rows }), [], `${columns}x${rows}\n${at.rows().join('\n')}`);
    }
    await at.press('ctrl-c');
    await leftClean(at, 130);
  });
  it('gets few bytes for a key', async () => {
    const at = walk(fakeSession());
    await at.until('goes on');
    await at.press('enter', 'j');
    await at.settled();
    const before = at.written().length;
    await at.press('j');
    await at.settled();
    assert.ok(at.written().length - before < 1200, `${at.written().length - before} bytes`);
    await at.press('ctrl-c');
    await at.exit;
  });
});
