import assert from 'node:assert/strict';
import { closeSync, mkdirSync, mkdtempSync, openSync, realpathSync, rmSync, utimesSync, writeFileSync, chmodSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { stateFolders } from '../../source/inspect/state-folders.ts';
import { unitOf } from '../../source/inspect/proc-text.ts';
import { realSystem } from '../../source/system/real/index.ts';

const box = realpathSync(mkdtempSync(path.join(tmpdir(), 'harden-tui-open-')));
after(() => rmSync(box, { recursive: true, force: true }));

void describe('files that a process holds open', { skip: process.platform !== 'linux' && 'only Linux has /proc' }, () => {
  void it('are those it may write, not those it reads, and none that has no name any more', async () => {
    const [read, written, both, gone] = ['read', 'written', 'both', 'gone'].map((name) => path.join(box, name));
    for (const file of [read, written, both, gone]) writeFileSync(file!, '');
    const open = [openSync(read!, 'r'), openSync(written!, 'a'), openSync(both!, 'r+'), openSync(gone!, 'w'), openSync('/dev/null', 'w')];
    rmSync(gone!);
    const seen = (await realSystem.processes.writing(process.pid)).filter((w) => w.path.startsWith(box) || w.path.startsWith('/dev'));
    assert.deepEqual(seen.map((w) => w.path).sort(), [both, written]);
    assert.ok(seen.every((w) => w.uid === process.getuid?.()));
    open.forEach((fd) => closeSync(fd));
  });
  void it('belong to a process whose start is known', async () => {
    const started = await realSystem.processes.startedAt(process.pid);
    assert.ok(started !== undefined && Math.abs(started - (Date.now() - process.uptime() * 1000)) < 10_000, String(started));
    assert.equal(await realSystem.processes.startedAt(2 ** 22 + 1), undefined);
  });
});

void describe('folders of data', () => {
  void it('hold no program text, all the way down, and say when they were written', async () => {
    const root = path.join(box, 'project');
    for (const folder of ['app/data/notices', 'app/static/uploads', 'app/tools', 'empty', 'node_modules/x', 'keys', 'linked']) mkdirSync(path.join(root, folder), { recursive: true });
    const put = (file: string, seconds: number, mode = 0o644): void => {
      writeFileSync(path.join(root, file), 'x');
      chmodSync(path.join(root, file), mode);
      utimesSync(path.join(root, file), seconds, seconds);
    };
    put('app/main.py', 1);
    put('app/data/visits.json', 5);
    put('app/data/.gitkeep', 1);
    put('app/data/notices/0.txt', 7);
    put('app/static/bundle.js', 8);
    put('app/static/uploads/a.png', 9);
    put('app/tools/run', 9, 0o755);
    put('node_modules/x/data.json', 9);
    put('keys/site.pem', 9);
    symlinkSync('/etc', path.join(root, 'linked/etc'));
    put('linked/note.txt', 9);
    const uid = process.getuid?.() ?? 0;
    put('app/orders.txt', 11);
    const { state, beside } = await stateFolders(realSystem.files, root);
    assert.deepEqual(state, [
      { path: 'app/data', wrote: [{ uid, at: 5000 }] },
      { path: 'app/data/notices', wrote: [{ uid, at: 7000 }] },
      { path: 'app/static/uploads', wrote: [{ uid, at: 9000 }] },
    ]);
    // Data beside code is told file by file.
    assert.deepEqual(beside, [{ path: 'app/orders.txt', uid, at: 11_000 }, { path: 'linked/note.txt', uid, at: 9000 }]);
  });
});

void describe('the unit of a cgroup', () => {
  void it('is the system\'s, or below user@UID.service that user\'s own', () => {
    assert.deepEqual(unitOf('0::/system.slice/shop.service\n'), { unit: 'shop.service' });
    assert.deepEqual(unitOf('0::/user.slice/user-1000.slice/user@1000.service/app.slice/shop.service\n'), { unit: 'shop.service', manager: 1000 });
    assert.deepEqual(unitOf('12:pids:/user.slice/user-1000.slice/user@1000.service\n1:name=systemd:/user.slice/user-1000.slice/user@1000.service/app.slice/app-web.slice/shop@one.service\n'), { unit: 'shop@one.service', manager: 1000 });
    assert.deepEqual(unitOf('0::/user.slice/user-1000.slice/user@1000.service/init.scope\n'), { unit: 'user@1000.service' });
    assert.deepEqual(unitOf('0::/user.slice/user-1000.slice/session-3.scope\n'), {});
  });
});
