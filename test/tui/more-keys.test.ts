import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SavedPlan } from '../../source/engine/saved-plan.ts';
import { text } from '../../source/model/text.ts';
import { shown } from '../../source/tui/wizard.ts';
import { drive, type Driven } from './drive.ts';
import { faults, frame } from './frame.tsx';

const PLANNED = ['enter', 'f', 'f', 'f', 'f', 'p'] as const;
const APPLIED = [...PLANNED, 'enter', ...'shop', 'enter'] as const;
/** The report's words are loaded when they are wanted for the first time. */
async function reported(driven: Driven): Promise<string> {
  while (!driven.copied[0]) await new Promise((resolve) => setTimeout(resolve, 5));
  await driven.keys();
  return driven.copied[0];
}
const can = { edit: false, calls: false, report: true };

describe('w', () => {
  it('writes the findings before anything was applied, and names the file', async () => {
    const driven = await drive({}, { can });
    const asks = await driven.keys('enter', 'w');
    assert.deepEqual([asks.notice, driven.copied], ['Write the report to ~/shop/harden-tui-report.md?', []]);
    assert.match(frame(asks)[23]!, /^ enter write it {2}esc not yet/);
    await driven.keys('enter');
    assert.match(await reported(driven), /^# harden-tui: shop\n\n15 findings: critical 1, high 4, medium 2/);
    assert.match(driven.copied[0] ?? '', /JSON only `json-only` \(recommended\)/);
    assert.equal(driven.store.get().notice, 'Written: ~/shop/harden-tui-report.md');
    const long = `/srv/${'deep/'.repeat(30)}harden-tui-report.md`;
    for (const lang of ['en', 'zh-CN'] as const) {
      const narrow = await drive({}, { can, lang });
      const rows = frame(await narrow.tell({ kind: 'written', page: 'report', name: long }));
      assert.match(rows[21]!, /^ \S+ ?\/srv\/deep.*….*tui-report\.md *$/, 'where it begins, and what it is called');
    }
  });
  it('writes the verdicts afterwards, or why it was taken back', async () => {
    const driven = await drive({}, { can });
    await driven.keys(...APPLIED, 'w', 'enter');
    assert.match(await reported(driven), /4 risks gone.*\| gone \| web and worker run as root \| both 10001, 5 processes, no capabilities \|.*## Still there/s);
    const failed = await drive({ fails: 2 }, { can });
    await failed.keys(...APPLIED, 'w', 'enter');
    assert.equal(failed.name(), 'taken-back');
    assert.match(frame(await failed.keys('g'))[23]!, /^ enter choose {2}1-3 {2}b logs {2}w report +\? keys {2}q quit \(exit code 3\)$/);
    assert.match(await reported(failed), /was taken back/);
  });
  it('writes nothing where it is not said, in both languages', async () => {
    for (const key of ['esc', 'q', 'j', 'w']) {
      const driven = await drive({}, { can, lang: 'zh-CN' });
      assert.equal((await driven.keys('enter', 'w')).notice, '把报告写到 ~/shop/harden-tui-report.md 吗？');
      const wizard = await driven.keys(key);
      assert.deepEqual([driven.copied, wizard.asksToWrite, wizard.notice, driven.name(), wizard.left], [[], undefined, undefined, 'findings', undefined], key);
    }
  });
  it('saves the plan on its own screen, as fix --save-plan does', async () => {
    const driven = await drive({}, { can });
    assert.match((await driven.keys(...PLANNED, 'w')).notice ?? '', /^Save the plan as harden-tui-plan\.json\?/);
    await driven.keys('enter');
    await reported(driven);
    const { choices, files } = JSON.parse(driven.copied[0]!) as SavedPlan;
    assert.deepEqual([choices.map((one) => one.fix), files.length], [['json-only', 'named-user', 'group-socket', 'uid-gid'], 4]);
    assert.equal(driven.store.get().notice, 'Saved. To apply this very plan: harden-tui apply harden-tui-plan.json');
  });
  it('is no key where nothing can be written', async () => {
    const driven = await drive();
    await driven.keys('enter', 'w');
    assert.deepEqual(driven.copied, []);
  });
});

describe('a word in the whole log', () => {
  it('is found with / and gone through with n and N, and b folds it again', async () => {
    const driven = await drive({ fails: 5 }, {});
    await driven.keys(...APPLIED, 'b', '/', ...'compose');
    assert.deepEqual(faults(frame(driven.store.get())), []);
    assert.match((await driven.keys('enter')).notice ?? '', /^1 of \d+ lines? with "compose"/);
    const wizard = await driven.keys('n', 'N');
    assert.match(wizard.notice ?? '', /with "compose"/);
    const folded = shown(await driven.keys('b'));
    assert.ok(folded.name === 'taken-back' && !folded.whole && folded.search.word === '');
    assert.equal(shown(await driven.keys('/')).name, 'taken-back', 'no search where there is no log');
    assert.match(frame(driven.store.get()).join('\n'), /Ways on/);
  });
});

describe('y after it', () => {
  it('copies the commands that are left to a person, here and on other machines', async () => {
    const driven = await drive({ besides: [{ kind: 'by-hand', services: ['cron'], words: text('stop cron', '停止 cron'), commands: [['kill', '7'], ['echo', 'a b']] }] });
    await driven.keys(...APPLIED);
    assert.equal(driven.name(), 'done');
    await driven.keys('y');
    assert.deepEqual(driven.copied, ["kill 7\necho 'a b'\ndocker run --rm -u 0 --entrypoint chown -v media:/v shop-web -R 10001:10001 /v"]);
  });
});
