// The screen that asks before a run goes back, and what it says when it has: as `harden-tui undo` says it.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { shown } from '../../source/tui/wizard.ts';
import { drive } from './drive.ts';
import { SINCE } from './fake-history.ts';
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
