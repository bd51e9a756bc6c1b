import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Event } from '../../source/engine/session.ts';
import { Stop } from '../../source/model/errors.ts';
import { historyText } from '../../source/report/runs-text.ts';
import { filesPlan, project } from '../helpers/project.ts';

const FILES = {
  'compose.yaml': 'services:\n  web:\n    build: .\n    ports:\n      - "443:443"\n',
  'Dockerfile': 'FROM debian:bookworm-slim\nRUN apt-get update && apt-get install -y gunicorn\nCOPY . .\nEXPOSE 443\nCMD ["gunicorn", "-b", "0.0.0.0:443", "shop:app"]\n',
  'shop.py': 'app = None\n',
};
const WAYS = { 'root-container': 'numeric-user', 'privileged-port': 'high-port' };
const nothing = (): void => undefined;

describe('files on the disk', () => {
  it('are written, and taken back byte for byte by undo from another session', async (t) => {
    const p = project(t, FILES);
    chmodSync(join(p.root, 'Dockerfile'), 0o640);
    const before = p.all();
    const session = await p.open();
    const result = await session.apply(await filesPlan(session, WAYS), nothing);
    assert.equal(result.ending, 'applied');
    assert.match(p.read('Dockerfile'), /^USER 10001:10001$/m);
    assert.match(p.read('compose.yaml'), /"443:8443"/);
    assert.equal(statSync(join(p.root, 'Dockerfile')).mode & 0o777, 0o640);
    const undone = await (await p.open()).undo(result.run, nothing);
    assert.equal(undone.exitCode, 0);
    assert.deepEqual(p.all(), before);
    assert.equal(statSync(join(p.root, 'Dockerfile')).mode & 0o777, 0o640);
  });

  it('keep line endings, a byte order mark and a missing last newline', async (t) => {
    const text = `\uFEFF${FILES.Dockerfile.replaceAll('\n', '\r\n').trimEnd()}`;
    const p = project(t, { ...FILES, 'Dockerfile': text });
    const session = await p.open();
    await session.apply(await filesPlan(session, WAYS), nothing);
    const after = p.read('Dockerfile');
    assert.ok(after.startsWith('\uFEFFFROM'), 'the mark is there');
    assert.ok(!/[^\r]\n/.test(after), 'every line ends as before');
    assert.ok(!after.endsWith('\n'), 'the last one does not');
    assert.match(after, /USER 10001:10001\r\n/);
  });

  it('refuse a plan whose file was edited since it was read, and begin nothing', async (t) => {
    const p = project(t, FILES);
    const session = await p.open();
    const plan = await filesPlan(session, WAYS);
    writeFileSync(join(p.root, 'compose.yaml'), `${FILES['compose.yaml']}# mine\n`);
    const before = p.all();
    await assert.rejects(session.apply(plan, nothing), (e) => e instanceof Stop && /compose.yaml was changed since/.test(e.message) && e.next.length > 0);
    assert.deepEqual(p.all(), before);
    assert.deepEqual(await session.history(), []);
  });

  it('keep an edit made since when undo does not touch its lines', async (t) => {
    const p = project(t, FILES);
    const session = await p.open();
    const { run } = await session.apply(await filesPlan(session, WAYS), nothing);
    writeFileSync(join(p.root, 'compose.yaml'), p.read('compose.yaml').replace('build: .', 'build: .  # mine'));
    const undone = await session.undo(run, nothing);
    assert.equal(undone.exitCode, 0);
    assert.equal(p.read('compose.yaml'), FILES['compose.yaml'].replace('build: .', 'build: .  # mine'));
    assert.match(undone.remarks.map((r) => r.en).join(), /both are kept/);
  });

  it('are left alone by undo where the same lines were edited since, and the wish is shown', async (t) => {
    const p = project(t, FILES);
    const session = await p.open();
    const { run } = await session.apply(await filesPlan(session, WAYS), nothing);
    const mine = p.read('compose.yaml').replace('443:8443', '443:9443');
    writeFileSync(join(p.root, 'compose.yaml'), mine);
    const undone = await session.undo(run, nothing);
    assert.equal(p.read('compose.yaml'), mine);
    // Not wholly undone, and it says so.
    assert.equal(undone.exitCode, 3);
    assert.deepEqual(undone.stays?.map((s) => s.en), ['compose.yaml']);
    assert.match(undone.remarks.map((r) => r.en).join(), /same lines[^]*443:443/);
    assert.equal(p.read('Dockerfile'), FILES.Dockerfile);

    // The file is not lost to undo: once its lines fit, it goes back, and nothing else is touched again.
    const [stood] = await session.history();
    assert.deepEqual([undone.rest?.files, stood?.rest?.files], [['compose.yaml'], ['compose.yaml']]);
    assert.match(historyText([stood!], { lang: 'en', columns: 120, paint: (_, words) => words }), /undone in part: compose\.yaml stays: [^]*Edit compose\.yaml by hand [^]*harden-tui undo 1/);
    assert.match(historyText([stood!], { lang: 'zh-CN', columns: 120, paint: (_, words) => words }), /已部分撤销：compose\.yaml 没有还原：[^]*手动把 compose\.yaml [^]*harden-tui undo 1/);
    writeFileSync(join(p.root, 'Dockerfile'), 'FROM scratch\n');
    writeFileSync(join(p.root, 'compose.yaml'), mine.replace('443:9443', '443:8443'));
    const again = await (await p.open()).undo(run, nothing);
    assert.equal(again.exitCode, 0, again.remarks.map((r) => r.en).join());
    assert.equal(p.read('compose.yaml'), FILES['compose.yaml']);
    assert.equal(p.read('Dockerfile'), 'FROM scratch\n');
    assert.equal((await session.history())[0]?.rest, undefined);
    await assert.rejects((await p.open()).undo(run, nothing), /nothing to take back/);
  });

  it('come back when the disk is full in the middle: nothing is half-written', { skip: process.getuid?.() !== 0 ? 'needs root to mount a small disk' : false }, async (t) => {
    const small = mkdtempSync(join(tmpdir(), 'harden-tui-full-'));
    t.after(() => {
      execFileSync('umount', [small]);
      rmSync(small, { recursive: true });
    });
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', small]);
    const root = join(small, 'project');
    mkdirSync(root);
    const p = project(t, FILES, root);
    const session = await p.open();
    const plan = await filesPlan(session, WAYS);
    const before = p.all();
    try {
      writeFileSync(join(small, 'ballast'), Buffer.alloc(1 << 20));
    } catch {
      // Full, which is what is wanted.
    }
    const events: Event[] = [];
    const result = await session.apply(plan, (e) => events.push(e));
    assert.equal(result.failure?.what.en, 'The disk is full.');
    assert.equal(result.exitCode, 3);
    assert.deepEqual(p.all(), before);
    assert.ok(events.some((e) => e.kind === 'phase' && e.phase === 'taking-back'));
  });

  it('are not begun when the state folder can\'t be written', async (t) => {
    const p = project(t, { ...FILES });
    writeFileSync(p.state, 'a file where the folder should be');
    const before = p.all();
    const session = await p.open();
    await assert.rejects(session.apply(await filesPlan(session, WAYS), nothing), (e) => e instanceof Stop && e.exitCode === 2);
    assert.deepEqual(p.all(), before);
  });

  it('outside the project are never read through a link', async (t) => {
    const p = project(t, FILES);
    symlinkSync('/etc/passwd', join(p.root, 'uwsgi.ini'));
    const machine = await (await p.open()).inspect();
    assert.ok(!machine.files.has('uwsgi.ini'));
    assert.match(machine.blind.find((b) => b.what === 'uwsgi.ini')?.why.en ?? '', /leaves the project/);
  });

  it('that are pipes or larger than 4 MB do not stop the look', async (t) => {
    const p = project(t, FILES);
    execFileSync('mkfifo', [join(p.root, 'celery.conf')]);
    writeFileSync(join(p.root, 'big.py'), Buffer.alloc(5 << 20));
    const machine = await (await p.open()).inspect();
    assert.ok(machine.files.has('Dockerfile'));
    assert.match(machine.blind.find((b) => b.what === 'big.py')?.why.en ?? '', /4 MB/);
  });

  it('with faults are named with their line, and the rest is judged', async (t) => {
    const p = project(t, { 'compose.yaml': 'services:\n  web:\n    build: .\n   bad: [\n', 'Dockerfile': 'FROM debian\nRNU apt-get update\nCMD ["gunicorn", "-b", ":80", "a:b"]\n' });
    const session = await p.open();
    const machine = await session.inspect();
    const blind = machine.blind.map((b) => b.what);
    assert.ok(blind.some((w) => w.startsWith('compose.yaml:')), blind.join());
    assert.ok(blind.includes('Dockerfile:2'), blind.join());
    assert.ok(session.diagnose(machine).some((f) => f.risk === 'root-container'), 'the Dockerfile is judged all the same');
  });

  it('in a folder that does not exist are a clear stop', async (t) => {
    const p = project(t, FILES);
    await assert.rejects(p.open({ root: join(p.root, 'nowhere') }), (e) => e instanceof Stop && e.exitCode === 2 && /There is no folder/.test(e.message));
  });
});
