// Steps 1 to 6 of the storyboard at 80x24, row for row, on the recorded scenario with the real risks. Where a row differs,
// storyboard/different.ts says why; the same table is held against a real terminal in test/docker/storyboard.test.ts.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { drive } from './drive.ts';
import { faults, frame } from './frame.tsx';
import { differences } from './storyboard/compare.ts';
import type { FrameName } from './storyboard/different.ts';
import { shop } from './storyboard/shop.ts';

function stands(name: FrameName, rows: readonly string[]): void {
  assert.deepEqual(faults(rows), []);
  const told = differences(name, rows);
  assert.ok(told.length === 0, `${name}\n${told.join('\n')}\n\n${rows.join('\n')}`);
}

describe('a frame of the storyboard, row for row', () => {
  const WAYS: readonly (readonly [FrameName, readonly string[]])[] = [
    ['looking', []],
    ['findings', ['enter']],
    ['celery', ['enter', 'enter']],
    ['root', ['enter', 'j', 'enter']],
    ['port', ['enter', 'j', 'j', 'j', 'j', 'j', 'enter']],
    ['socket', ['enter', 'j', 'j', 'enter']],
  ];
  for (const [name, keys] of WAYS) it(name, async (t) => stands(name, await (await shop(t)).keys(...keys)));
  it('findings in Chinese', async (t) => stands('findings.zh-CN', await (await shop(t, 'zh-CN')).keys('enter')));
  it('is told where it does not', async (t) => {
    const rows = await (await shop(t)).keys('enter');
    assert.deepEqual(differences('findings', rows.map((row) => row.replace('redis has no password ', 'redis has a password  '))).length, 4);
  });
});

describe('a socket that is left to the app', () => {
  it('says so of each way that leaves it to it: it could be opened again', async (t) => {
    for (const [lang, again] of [['en', /may open (?:the socket|them) again \(chmod\)/], ['zh-CN', /就能再把权限放开（chmod）/]] as const) {
      const seat = await shop(t, lang);
      const flat = (rows: readonly string[]): string => rows.map((row) => row.trim()).join(lang === 'en' ? ' ' : '');
      assert.doesNotMatch(flat(await seat.keys('enter', 'j', 'j', 'enter')), again, 'the first leaves it to nginx');
      for (const key of ['2', '3']) assert.match(flat(await seat.keys(key)), again, key);
    }
  });
});

describe('one row for one cause', () => {
  const LOW = / {3}\d+ +low +running +5 services (?:keep all capabilities|may gain privileges|may write anywhere) +5 services$/;
  it('what is the same in five services is one row, and is decided for all of them', async (t) => {
    const seat = await shop(t);
    const rows = await seat.keys('enter', 'l', 'G');
    assert.equal(rows.filter((row) => LOW.test(row)).length, 3, rows.join('\n'));
    const chosen = await seat.keys('/', ...'gain', 'enter', 'f');
    assert.match(chosen.join('\n'), /Chosen for 5\. z takes it back\./);
    assert.match(chosen.join('\n'), / {3}✓ |❯ ✓ /);
    assert.match((await seat.keys('g')).join('\n'), / 1 chosen, 7 open/);
    assert.match((await seat.keys('s', 'g')).join('\n'), / 0 chosen, 1 skipped, 7 open/);
    assert.match((await seat.keys('s', 'g')).join('\n'), / 0 chosen, 7 open/);
    assert.match((await seat.keys('f')).join('\n'), /Chosen for 5/);
    assert.match((await seat.keys('z')).join('\n'), /5 decisions taken back/);
    // A row counts once, wherever what was chosen is counted.
    assert.match((await seat.keys('f', 'esc', 'g', 'j', 'j', 'f', 'q')).join('\n'), / 2 are chosen and nothing is applied/);
  });
  it('its screen names all of them, and its diff has the line of each', async (t) => {
    const seat = await shop(t, 'en', { columns: 80, rows: 60 });
    const all = await seat.keys('enter', 'l', '/', ...'gain', 'enter', 'enter');
    assert.match(all[0]!, /5 services may gain/);
    const diff = await seat.keys('d');
    assert.equal(diff.filter((row) => row.includes('+      - no-new-privileges:true')).length, 5, diff.join('\n'));
  });
  it('is ignored as one, is decided otherwise only after that was taken back, and comes back as one', async (t) => {
    const seat = await shop(t);
    await seat.keys('enter', 'l', '/', ...'gain', 'enter', 'i', ...'later', 'enter', 'enter');
    assert.match((await seat.keys('g')).join('\n'), /❯ i +low +running +5 services may gain[^]* 1 ignored, 7 open/);
    assert.match((await seat.keys('f')).join('\n'), /It is ignored: i takes it back in/);
    await seat.keys('z', 'g');
    assert.match((await seat.keys('g')).join('\n'), /❯ 10 low +running +5 services may gain[^]* 0 chosen, 7 open/);
  });
  it('under the head of its service each stands by itself', async (t) => {
    const rows = await (await shop(t, 'en', { columns: 80, rows: 60 })).keys('enter', 'l', 'v');
    assert.ok(rows.some((row) => /web may gain privileges/.test(row)), rows.join('\n'));
  });
});

describe('the list keeps its place', () => {
  it('over a look at the file', async (t) => {
    const seat = await shop(t);
    await seat.keys('enter', 'l', 'j', 'j', 'j');
    const before = await seat.keys('enter', 'esc');
    const after = await seat.keys('enter', 'o');
    assert.deepEqual(after.slice(2, 13), before.slice(2, 13));
  });
  it('and a key pressed twice undoes nothing', async (t) => {
    const seat = await shop(t);
    const rows = await seat.keys('enter', 'f', 'k', 'f');
    assert.match(rows.join('\n'), /Chosen already; z takes the last one back, s skips: Celery takes pickle/);
    assert.match((await seat.keys('g')).join('\n'), / 1 chosen, 6 open/);
  });
  it('a word that nothing has is left by a key that is shown', async (t) => {
    const rows = await (await shop(t)).keys('enter', '/', 'z', 'z', 'enter');
    assert.match(rows[23]!, /esc all findings {2}q quit/);
  });
});

describe('step 1, looking', () => {
  it('lists what was left out by name, and folds it', async () => {
    const driven = await drive();
    assert.match(frame(await driven.keys('a')).join('\n'), /^ {5}c0 +blog\n.*^ {5}c6 +metrics$/ms);
    assert.doesNotMatch(frame(await driven.keys('a')).join('\n'), /metrics/);
  });
  it('counts the calls, and can be stopped', async () => {
    const held = await drive({ gate: () => new Promise(() => undefined) }, { can: { edit: true, calls: true } });
    assert.match(frame(held.store.get())[23]!, /c calls made \(1\) {2}esc stop/);
    assert.equal((await held.keys('esc')).left, 0);
  });
});

describe('a finding', () => {
  it('lists no way that is for something else, and its long explanation says why', async (t) => {
    const seat = await shop(t, 'en', { columns: 80, rows: 40 });
    const rows = await seat.keys('enter', 'j', 'enter');
    assert.doesNotMatch(rows.join('\n'), /The account that is there|A small image on top/);
    const text = (await seat.keys('e', 'G')).join('\n');
    assert.match(text, /Ways that are for something else[^]*The account that is there: this image has no account of its own[^]*A small image on top: /);
  });
  it('has the same keys on its last row wherever it has ways', async () => {
    const driven = await drive({}, { can: { edit: true, calls: true } });
    await driven.keys('enter');
    for (const ways of [3, 6, 3]) {
      assert.equal(frame(await driven.keys('enter'))[23], ` enter choose  1-${ways}  d diff  e longer  o open  s skip  i ignore  ? keys  esc back`);
      await driven.keys('esc', 'j');
    }
  });
});
