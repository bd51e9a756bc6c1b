// The screen that asks before a run goes back, and what it says when it has: as `harden-tui undo` says it.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { quote } from '../../source/files/shellwords.ts';
import { farewell } from '../../source/tui/farewell.ts';
import { shown } from '../../source/tui/wizard.ts';
import { drive } from './drive.ts';
import { PAST, SINCE } from './fake-history.ts';
import { BACK, HAND } from './fake-run.ts';
import { faults, frame } from './frame.tsx';

// Moments are shown in the time of the machine.
process.env['TZ'] = 'UTC';

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
      assert.deepEqual(faults(rows, { columns: 80, rows: rows.length }), []);
      const said = flat(rows);
      if (lang === 'en') {
        assert.match(said, /Run 1 is undone\./);
        assert.match(said, /Back again 4 files, 3 images, 25 files, 3 containers/);
        assert.match(said, /Came back Celery takes pickle.*web and worker run as root/);
        assert.match(said, /Checked 5 of 5 answers as before: web GET \/ 200 json, proxy/);
        assert.match(said, /To do the same anew: harden-tui fix --finish 1/);
        assert.match(said, /Away web 2\.9 s, admin 1\.8 s/);
      } else {
        assert.match(said, /已还原 4 个文件、3 个镜像、25 个文件的属主、3 个容器/);
        assert.match(said, /又回来了 Celery 接受 pickle/);
        assert.match(said, /中断 web 2\.9 秒、admin 1\.8 秒/);
      }
    }
  });
});

describe('a run of which an undo left something', () => {
  for (const lang of ['en', 'zh-CN'] as const) {
    const has = (rows: readonly string[], en: RegExp, zh: RegExp): void => {
      assert.deepEqual(faults(rows, { columns: 80, rows: rows.length }), []);
      assert.match(flat(rows), lang === 'en' ? en : zh);
    };

    it(`says what stays and what to do, here and in its history, and takes the rest back (${lang})`, async () => {
      const driven = await drive({ leaves: 'compose.yaml' }, { lang });
      const ended = frame(await driven.keys(...APPLIED, 'u', 'y'));
      has(ended, /Run 1 is undone in part: compose\.yaml stays\. Edit compose\.yaml by hand so that its lines are those of then, then: harden-tui undo 1/, /第 1 次运行已部分撤销：compose\.yaml 没有还原。 ?手动把 compose\.yaml 里那几行改回当时的样子，再执行：harden-tui undo 1/);
      if (lang === 'en') assert.match(flat(ended), /Back again 3 files, /);
      has(ended, /u undo the rest/, /u 撤销剩下的/);
      assert.match(farewell(driven.store.get()).join('\n'), lang === 'en' ? /undone in part: compose\.yaml stays\.\ncompose\.yaml was edited since[^\n]*\nEdit compose\.yaml by hand/ : /已部分撤销：compose\.yaml 没有还原。\n/);
      // Elsewhere first, and back to it from the history.
      await driven.keys('enter');
      const list = frame(await driven.keys('H'));
      assert.match(list.join('\n'), lang === 'en' ? /❯ 1 .* undone in part +compose\.yaml stays +1 file/ : /❯ 1 .* 已部分撤销 +compose\.yaml 没有还原 +1 个文件/);
      has(list, /3 risks came back, of 2 we cannot tell.*Edit compose\.yaml by hand.*u undo now/, /3 个\S+又回来了，2 个无法判断.*手动把 compose\.yaml.*u 马上撤销/);
      const one = frame(await driven.keys('enter'));
      has(one, /Run 1 of 22 November, 14:32: undone in part: compose\.yaml stays Edit/, /第 1 次运行，.*：已部分撤销：compose\.yaml 没有还原 ?手动/);
      const asks = frame(await driven.keys('u'));
      has(asks, /files compose\.yaml containers admin, web, worker.* What comes back web and worker run as root web listens on port 443/, /目?文件 compose\.yaml/);
      const over = frame(await driven.keys('y'));
      has(over, /Run 1 is undone\. Back again 1 file, 3 containers/, /第 1 次运行已撤销。/);
      assert.deepEqual(driven.session.asked.filter((one) => one === 'undo 1').length, 2);
      assert.doesNotMatch(flat(over), /undo the rest|撤销剩下的/);
      assert.match(farewell(driven.store.get()).join('\n'), lang === 'en' ? /run 1 is undone; 5 risks came back/ : /第 1 次运行已撤销，5 个/);
      assert.match(flat(frame(await driven.keys('enter', 'H'))), lang === 'en' ? /undone 5 risks came back 4 files/ : /已撤销 5 个\S+又回来了/);
    });

    it(`goes on with the rest where it ended, and leaves a program to whom it belongs (${lang})`, async () => {
      const driven = await drive({ leaves: 'account', since: { ...SINCE, hand: [HAND] }, besides: [{ kind: 'make-account', name: 'mail' }, HAND] }, { lang }, { columns: 80, rows: 50 });
      await driven.keys(...APPLIED.slice(0, 9), 'y', ...APPLIED.slice(9));
      const asks = frame(await driven.keys('u'));
      has(asks, /accounts mail: removed, if it was made for this, once you have started mail again/, /账号 mail：若是为此创建的，等你重新启动 mail 之后删除/);
      has(asks, /Left to you, when the rest is back stop mail and start it again as it was started kill 4711 cd \/srv\/mail python3 mail\.py/, /留给你做的 停止 mail，再按原来的方式启动 kill 4711 cd \/srv\/mail python3 mail\.py/);
      const ended = frame(await driven.keys('y'));
      has(ended, /Run 1 is undone in part: account mail stays\. .*The account mail stays as long as process 4711 runs as it\. .*Left to you.* kill 4711/, /已部分撤销：账号 mail 没有还原。.*kill 4711/);
      assert.match(farewell(driven.store.get()).join('\n'), /kill 4711\n {4}cd \/srv\/mail\n {4}python3 mail\.py/);
      const again = frame(await driven.keys('u'));
      assert.match(flat(again), lang === 'en' ? /Taking it back .*accounts mail: removed/ : /要还原的 .*账号 mail：/);
      assert.match(flat(frame(await driven.keys('y'))), lang === 'en' ? /Run 1 is undone\./ : /第 1 次运行已撤销。/);
    });
  }
});

describe('the commands of an undo', () => {
  it('stand on paper before it begins, and are those that ran when it has', async () => {
    for (const lang of ['en', 'zh-CN'] as const) {
      const driven = await drive({}, { lang });
      const rows = frame(await driven.keys(...APPLIED, 'u', 'c'));
      assert.deepEqual(faults(rows, { columns: 80, rows: rows.length }), []);
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
      assert.deepEqual(faults(rows, { columns: 80, rows: rows.length }), []);
      return rows.find((row) => /away for|会中断/.test(row)) ?? '';
    };
    assert.match(await shows([...PAST.slice(0, 4), measured]), /away for about 7 s, as in run 5/);
    assert.match(await shows([...PAST.slice(0, 4), measured], 'zh-CN'), /会中断约 7 秒（第 5 次运行时测得）/);
    // It went back since: it was measured all the same.
    assert.match(await shows([{ ...measured, ending: 'undone' }]), /as in run 5/);
    for (const other of [{ ...measured, root: '/home/me/blog' }, { ...measured, away: { web: 6_200 } }, { ...measured, away: { ...measured.away, web: 90_000 } }]) assert.match(await shows([other]), /away for some seconds/);
  });
});
