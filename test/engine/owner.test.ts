import assert from 'node:assert/strict';
import { chmodSync, chownSync, lstatSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { Bench } from '../../source/changes/deed.ts';
import { setPath } from '../../source/changes/set-path.ts';
import type { SetPath } from '../../source/model/change.ts';
import { realSystem } from '../../source/system/real/index.ts';

const root = process.getuid?.() === 0 && process.platform === 'linux' ? false : 'only root on Linux gives files away';

function folder(t: TestContext): string {
  const at = mkdtempSync(path.join(tmpdir(), 'harden-tui-owner-'));
  t.after(() => rmSync(at, { recursive: true, force: true }));
  return at;
}
const file = (at: string, name: string, mode = 0o644): string => {
  writeFileSync(path.join(at, name), 'x');
  chmodSync(path.join(at, name), mode);
  return path.join(at, name);
};
const seen = (at: string): string => {
  const { uid, gid, mode } = lstatSync(at);
  return `${uid}:${gid} ${(mode & 0o7777).toString(8)}`;
};
const bench = (at: string): Bench => ({ system: realSystem, root: at, run: '1', say: () => undefined });
async function done(at: string, change: Omit<SetPath, 'kind'>): Promise<() => Promise<unknown>> {
  const whole: SetPath = { kind: 'set-path', ...change };
  const undo = await setPath.prepare(whole, bench(at));
  await setPath.run(whole, undo, bench(at));
  return () => setPath.revert(whole, undo, bench(at));
}

describe('owner and mode of a path', { skip: root }, () => {
  it('are set and taken back, also of a socket and with a setuid bit', async (t) => {
    const at = folder(t);
    const server = createServer().listen(path.join(at, 's'));
    t.after(() => server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    chmodSync(path.join(at, 's'), 0o666);
    const program = file(at, 'program', 0o4755);
    const back = [await done(at, { path: 's', uid: 1234, gid: 33, mode: 0o660 }), await done(at, { path: program, uid: 'nobody' })];
    assert.equal(seen(path.join(at, 's')), '1234:33 660');
    assert.equal(seen(program), '65534:0 4755');
    for (const undo of back) await undo();
    assert.deepEqual([seen(path.join(at, 's')), seen(program)], ['0:0 666', '0:0 4755']);
  });
  it('are never set through a link, at the end or on the way', async (t) => {
    const at = folder(t);
    const [victim, other] = [path.join(at, 'victim'), path.join(at, 'other')];
    mkdirSync(victim);
    const shadow = file(victim, 'shadow', 0o600);
    symlinkSync(shadow, path.join(at, 'link'));
    await assert.rejects(done(at, { path: 'link', uid: 1234 }), /link/);
    await assert.rejects(realSystem.files.set(path.join(at, 'link'), { uid: 1234 }), /link|ELOOP/i);
    // A folder that is swapped for a link between the look and the deed.
    mkdirSync(other);
    file(other, 'shadow');
    const change: SetPath = { kind: 'set-path', path: path.join(other, 'shadow'), uid: 1234 };
    const undo = await setPath.prepare(change, bench(at));
    rmSync(other, { recursive: true });
    symlinkSync(victim, other);
    await setPath.run(change, undo, bench(at)).catch(() => undefined);
    assert.equal(seen(shadow), '0:0 600', 'what the link points at was given away');
  });
  it('go down to what root has below, and leave links and everybody else\'s alone', async (t) => {
    const at = folder(t);
    const top = path.join(at, 'data');
    mkdirSync(path.join(top, 'deep'), { recursive: true });
    const [mine, theirs, outside] = [file(top, 'deep/mine'), file(top, 'theirs'), file(at, 'outside')];
    chownSync(theirs, 777, 777);
    symlinkSync(outside, path.join(top, 'link'));
    const undo = await done(at, { path: top, uid: 1234, gid: 1234, mode: 0o750, below: true });
    assert.deepEqual([top, path.join(top, 'deep'), mine, theirs, outside].map((p) => statSync(p).uid), [1234, 1234, 1234, 777, 0]);
    assert.equal(seen(top), '1234:1234 750');
    await undo();
    assert.deepEqual([top, path.join(top, 'deep'), mine, theirs].map((p) => statSync(p).uid), [0, 0, 0, 777]);
  });
});
