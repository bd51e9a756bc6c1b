import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Stop } from '../../source/model/errors.ts';
import { LANGS, text } from '../../source/model/text.ts';
import { farewell } from '../../source/tui/farewell.ts';
import { shown, type Wizard } from '../../source/tui/wizard.ts';
import { drive } from './drive.ts';
import { LEFT, PAST } from './fake-history.ts';
import { fakeMachine } from './fake-shop.ts';
import { faults, frame } from './frame.tsx';

const seen = (wizard: Wizard): string => frame(wizard).join('\n');
const flat = (wizard: Wizard): string => seen(wizard).replace(/\s+/g, ' ');
const APPLIED = ['enter', 'f', 'f', 'f', 'f', 'j', 'f', 'p', 'enter', ...'shop', 'enter'] as const;

// Moments are shown in the time of the machine.
process.env['TZ'] = 'UTC';

describe('the history', () => {
  it('lists runs of this folder, the newest first: when, how it ended, how it was proven, what was changed', async () => {
    const driven = await drive({ past: PAST, left: LEFT });
    const rows = frame(await driven.keys('H'));
    assert.deepEqual(faults(rows), []);
    assert.deepEqual(rows.slice(2, 20), [
      ' 4 runs in this folder, the newest first.',
      '',
      ' ❯ 5   22 November, 14:32   applied                 5 risks gone        4 files',
      '   4   15 November, 11:20   applied, partly undone  2 risks gone         1 file',
      '   3   9 November, 16:40    cut off, taken back     nothing gone         1 file',
      '   1   2 November, 09:05    undone                  1 risk came back     1 file',
      '',
      ' About        Celery takes pickle, redis has no password; web and worker run as',
      '              root; uWSGI socket is open to every user (666); uWSGI runs as',
      '              root; web listens on port 443 as root',
      ' Changed      files shop/tasks.py, Dockerfile, compose.yaml, admin/uwsgi.ini;',
      '              images shop-web, shop-worker, shop-admin; volume media',
      '',
      ' Left behind by a run that died; nothing needs it:',
      '   container  harden-tui-3f2a-web',
      '   demo       /tmp/harden-tui-demo-0a1b',
      ' To remove it: harden-tui history --clean',
      '',
    ]);
    assert.match(rows.join('\n'), /1 run in other folders: harden-tui history/);
    assert.match(rows[23]!, /^ enter open {2}v verify again {2}u undo now +\? keys {2}esc back$/);
  });
  it('fits in both languages, with and without runs', async () => {
    for (const lang of LANGS) {
      for (const keys of [['H'], ['H', 'G'], ['H', 'enter'], ['H', 'enter', 'v', 'G'], ['enter', 'H', 'v']]) {
        const driven = await drive({ past: PAST, left: LEFT }, { lang });
        assert.deepEqual(faults(frame(await driven.keys(...keys))), [], `${lang} ${keys.join(' ')}`);
      }
      assert.deepEqual(faults(frame(await (await drive({}, { lang })).keys('H'))), []);
    }
    assert.match(flat(await (await drive()).keys('H')), /No run is kept here/);
  });
  it('is reached from the looking screen, the findings and the outcome, and esc leads back', async () => {
    for (const [keys, from] of [[[], 'looking'], [['enter'], 'findings'], [APPLIED, 'done']] as const) {
      const driven = await drive({ past: PAST });
      await driven.keys(...keys, 'H');
      assert.equal(driven.name(), 'history');
      await driven.keys('esc');
      assert.equal(driven.name(), from);
    }
  });
  it('has the run that was just made', async () => {
    const driven = await drive();
    assert.match(flat(await driven.keys(...APPLIED, 'H')), /❯ 1 22 November, 14:32 applied 5 risks gone/);
  });
});

describe('one run', () => {
  it('shows its steps, its proofs and what undo would take back', async () => {
    const driven = await drive({ past: PAST }, {}, { columns: 80, rows: 40 });
    const words = flat(await driven.keys('H', 'enter'));
    assert.match(words, /Run 5 of 22 November, 14:32: applied What was done 1 edit shop\/tasks\.py .* 9 own volume media/);
    assert.match(words, /How it was proven gone Celery takes pickle/);
    assert.match(words, /What undo would take back files shop\/tasks\.py Dockerfile compose\.yaml admin\/uwsgi\.ini images shop-web, shop-worker, shop-admin: the old ones were kept owners volume media back to root containers admin, web, worker/);
  });
  it('tells apart what went back of it already', async () => {
    const driven = await drive({ past: PAST });
    assert.match(flat(await driven.keys('H', 'j', 'enter')), /5 stop .* back as it was/);
    assert.match(flat(driven.store.get()), /What undo would take back files admin\/uwsgi\.ini images shop-admin/);
  });
  it('is proven again with v, and says what drifted', async () => {
    const driven = await drive({ past: PAST });
    await driven.keys('H', 'v');
    assert.deepEqual(driven.session.asked.filter((one) => one.startsWith('verify')), ['verify 5']);
    assert.match(seen(driven.store.get()), /Verified +4 still gone, 1 drifted/);
    const words = flat(await driven.keys('enter'));
    assert.match(words, /drifted web and worker run as root/);
    assert.match(words, /Changed since Dockerfile was edited since: USER is gone/);
  });
  it('that can\'t be proven again says why, and can be asked once more', async () => {
    const unverifiable = new Stop(text('Docker does not answer.', 'Docker 没有响应。'));
    const driven = await drive({ past: PAST, unverifiable });
    const wizard = await driven.keys('H', 'v');
    assert.equal(shown(wizard).name, 'trouble');
    assert.match(flat(wizard), /Docker does not answer/);
    assert.match(seen(await driven.keys('esc')), / v verify again/);
  });
  it('goes back with u, through the screen that asks, and is undone then', async () => {
    const driven = await drive({ past: PAST });
    const asks = await driven.keys('H', 'j', 'enter', 'u');
    assert.equal(shown(asks).name, 'undo');
    assert.match(flat(asks), /Run 4 of 15 November, 11:20, in shop: 2 risks gone\. Taking it back files admin\/uwsgi\.ini/);
    assert.ok(!driven.session.asked.includes('undo 4'));
    await driven.keys('y');
    assert.ok(driven.session.asked.includes('undo 4'));
    await driven.keys('enter', 'H');
    assert.match(seen(driven.store.get()), /^ {3}4 .* undone /m);
  });
  it('is not taken back where there is nothing to take back, in a dry run, or on another machine', async () => {
    const undone = await drive({ past: PAST });
    assert.doesNotMatch(seen(await undone.keys('H', 'G')), /u undo now|v verify/);
    const dry = await drive({ past: PAST }, { dryRun: true });
    assert.doesNotMatch(seen(await dry.keys('H')), /u undo now/);
    const remote = await drive({ past: PAST, machine: { docker: { ...fakeMachine.docker!, remote: true, endpoint: 'ssh://staging' } } });
    assert.doesNotMatch(seen(await remote.keys('H')), /u undo now/);
    await remote.keys('u');
    assert.equal(remote.name(), 'history');
  });
});

describe('a run that went back from another terminal', () => {
  it('is told, not offered again, and the last words know it', async () => {
    const driven = await drive();
    await driven.keys(...APPLIED);
    assert.equal(driven.name(), 'done');
    await driven.session.undo('1', () => undefined);
    const wizard = await driven.keys('u');
    assert.match(flat(wizard), /Run 1 was taken back already, here or from another terminal/);
    assert.match(frame(wizard)[23]!, /^ enter findings.*esc back/);
    await driven.keys('y');
    assert.equal(driven.store.get().undoing, undefined, 'it was asked to go back a second time');
    assert.match(farewell(driven.store.get()).join('\n'), /run 1 is undone/);
    await driven.keys('enter');
    assert.equal(driven.name(), 'findings');
  });
});
