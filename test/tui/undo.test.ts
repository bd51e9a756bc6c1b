// The screen that asks before a run goes back, and what it says when it has: as `harden-tui undo` says it.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { shown } from '../../source/tui/wizard.ts';
import { quote } from '../../source/files/shellwords.ts';
import { drive } from './drive.ts';
import { PAST, SINCE } from './fake-history.ts';
import { BACK } from './fake-run.ts';
import { faults, frame } from './frame.tsx';

const APPLIED = ['enter', 'f', 'f', 'f', 'f', 'j', 'f', 'p', 'enter', ...'shop', 'enter'] as const;
const flat = (rows: readonly string[]): string => rows.join(' ').replace(/\s+/g, ' ');

describe('the question before a run goes back', () => {
  it('names what changed since: files edited, images built, images removed, files that came', async () => {
    const driven = await drive({ since: SINCE });
    const rows = frame(await driven.keys(...APPLIED, 'u', 'G'));
    assert.deepEqual(faults(rows), []);
    const said = flat(rows);
    assert.match(said, /Dockerfile edited since: an edit on other lines is kept/);
    assert.match(said, /shop-web, shop-worker: the old ones were kept shop-admin: the old one was removed since\. Undo brings the files back/);
    assert.match(said, /shop-web was built again since: web goes back to the code of then, your build is kept/);
    assert.match(said, /media: 25 files to root: 23 that were, 2 that came since/);
    assert.match(said, /shop-web-1 was started anew since/);
    assert.doesNotMatch(said, /A file that you edited since is not overwritten/);
  });

  it('asks at once, and says the rest where nobody can be asked', async () => {
    const driven = await drive();
    const wizard = await driven.keys(...APPLIED, 'u');
    assert.ok(driven.session.asked.includes('since 1'));
    assert.equal(shown(wizard).name, 'undo');
    assert.equal(wizard.since, undefined);
    const said = flat(frame(wizard));
    assert.match(said, /A file that you edited since is not overwritten/);
    assert.match(said, /Take it back\? y takes it back/);
  });

  it('shows it while it is still asked', async () => {
    const driven = await drive({ since: SINCE });
    const wizard = await driven.keys(...APPLIED, 'u');
    // As it is before the answer has come.
    assert.match(flat(frame({ ...wizard, since: undefined })), /A file that you edited since is not overwritten.*y takes it back/);
    assert.doesNotMatch(flat(frame({ ...wizard, since: { run: '7', found: SINCE } })), /edited since: an edit/, 'of another run');
  });
});

describe('a run that went back', () => {
  it('says what went back, what came back, what answers and how long it was away', async () => {
    for (const lang of ['en', 'zh-CN'] as const) {
      const driven = await drive({ since: SINCE }, { lang });
      const rows = frame(await driven.keys(...APPLIED, 'u', 'y'));
      assert.deepEqual(faults(rows), []);
      const said = flat(rows);
      if (lang === 'en') {
        assert.match(said, /Run 1 is undone\./);
        assert.match(said, /Back again 4 files, 3 images, 25 files, 3 containers/);
        assert.match(said, /Came back Celery takes pickle.*web and worker run as root/);
        assert.match(said, /Checked 5 of 5 answers as before\. \S/);
        assert.match(said, /Away web 2\.9 s, admin 1\.8 s/);
      } else {
        assert.match(said, /已还原 4 个文件、3 个镜像、25 个文件的属主、3 个容器/);
        assert.match(said, /又回来了 Celery 接受 pickle/);
        assert.match(said, /中断 web 2\.9 秒、admin 1\.8 秒/);
      }
    }
  });
});

describe('the commands of an undo', () => {
  it('stand on paper before it begins, and are those that ran when it has', async () => {
    for (const lang of ['en', 'zh-CN'] as const) {
      const driven = await drive({}, { lang });
      const rows = frame(await driven.keys(...APPLIED, 'u', 'c'));
      assert.deepEqual(faults(rows), []);
      const said = flat(rows);
      assert.match(said, lang === 'en' ? /To come, if the run is taken back/ : /撤销这次运行时将要执行的/);
      for (const argv of BACK) assert.ok(said.includes(quote(argv)), quote(argv));
      assert.ok(!driven.session.asked.includes('undo 1'), 'nothing ran');
      await driven.keys('y');
      assert.equal(driven.copied.at(-1), quote(BACK[0]!));
      const over = flat(frame(await driven.keys('esc', 'y', 'c', 'G')));
      assert.doesNotMatch(over, /To come|将要执行/);
    }
  });

  it('are none where only files go back, and that is said', async () => {
    const driven = await drive({ past: [{ ...PAST[4]!, plan: { ...PAST[4]!.plan, steps: PAST[4]!.plan.steps.filter(({ change }) => change.kind === 'edit-file') } }] });
    const said = flat(frame(await driven.keys('enter', 'H', 'u', 'c')));
    assert.match(said, /To come, if the run is taken back No command runs: only files are written\./);
  });

  it('are of that run alone, and not of a plan behind it', async () => {
    const driven = await drive({ past: PAST });
    const wizard = await driven.keys('enter', 'f', 'p');
    assert.match(flat(frame(await driven.keys('c'))), /To come, if the plan is applied/);
    assert.ok(wizard.draft?.preview);
    await driven.keys('esc', 'esc', 'H', 'u', 'c');
    assert.match(flat(frame(driven.store.get())), /To come, if the run is taken back/);
    // Of another one, which was asked for before.
    assert.doesNotMatch(flat(frame({ ...driven.store.get(), toCome: { run: '2', commands: BACK } })), /To come/);
    assert.doesNotMatch(flat(frame({ ...driven.store.get(), toCome: undefined })), /To come/);
  });
});

describe('how long it is away', () => {
  it('is as long as when it was applied, where that was measured', async () => {
    for (const [lang, words] of [['en', /worker, web, admin; away for about 4 s|admin, web, worker; away for about 4 s/], ['zh-CN', /会中断约 4 秒/]] as const) {
      const driven = await drive({}, { lang });
      assert.match(flat(frame(await driven.keys(...APPLIED, 'u'))), words);
    }
    const unknown = await drive({ past: PAST });
    assert.match(flat(frame(await unknown.keys('enter', 'H', 'u'))), /away for some seconds/);
  });

  it('is told of a plan where an earlier run of this folder measured it of each of its services', async () => {
    const measured = { ...PAST[4]!, away: { web: 6_200, worker: 900, admin: 1_100 } };
    const planned = ['enter', 'f', 'f', 'f', 'f', 'j', 'f', 'p'];
    const shows = async (past: typeof PAST, lang: 'en' | 'zh-CN' = 'en'): Promise<string> => {
      const rows = frame(await (await drive({ past }, { lang })).keys(...planned));
      assert.deepEqual(faults(rows), []);
      return rows.find((row) => /away for|会中断/.test(row)) ?? '';
    };
    assert.match(await shows([...PAST.slice(0, 4), measured]), /away for about 7 s, as in run 5/);
    assert.match(await shows([...PAST.slice(0, 4), measured], 'zh-CN'), /会中断约 7 秒（第 5 次运行时测得）/);
    // It went back since: it was measured all the same.
    assert.match(await shows([{ ...measured, ending: 'undone' }]), /as in run 5/);
    for (const other of [{ ...measured, root: '/home/me/blog' }, { ...measured, away: { web: 6_200 } }, { ...measured, away: { ...measured.away, web: 90_000 } }]) assert.match(await shows([other]), /away for some seconds/);
  });
});
