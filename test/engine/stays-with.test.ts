// A file that undo leaves as somebody edited it keeps what it names; and what stands in the way of a new file.
import assert from 'node:assert/strict';
import { mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { filesPlan, project } from '../helpers/project.ts';

const nothing = (): void => undefined;
const FILES = {
  'compose.yaml': 'services:\n  web:\n    build: .\n    environment:\n      CELERY_BROKER_URL: redis://redis:6379/0\n  redis:\n    image: redis:7\n',
  Dockerfile: 'FROM python:3.11\nWORKDIR /app\nCOPY . .\nUSER 10001\nCMD ["celery", "-A", "tasks", "worker"]\n',
  'tasks.py': 'from celery import Celery\n\napp = Celery("tasks")\n',
};

describe('undo of a run whose compose file was edited on the same lines', () => {
  it('keeps the files that this file names, and takes all of it back once it fits', async (t) => {
    const p = project(t, FILES);
    const before = p.all();
    const session = await p.open();
    const plan = await filesPlan(session, { 'broker-no-auth': 'own-user' });
    const made = plan.steps.flatMap(({ change }) => (change.kind === 'create-file' ? [change.path] : []));
    assert.deepEqual(made, ['redis.acl', '.env', '.dockerignore']);
    const { run } = await session.apply(plan, nothing);
    const written = p.read('compose.yaml');
    writeFileSync(join(p.root, 'compose.yaml'), written.replace('@redis:6379/0', '@redis:6379/3'));

    const part = await (await p.open()).undo(run, nothing);
    assert.deepEqual([part.exitCode, [...part.rest?.files ?? []].sort()], [3, ['.env', 'compose.yaml', 'redis.acl']]);
    assert.deepEqual(Object.keys(p.all()).sort(), ['.env', 'Dockerfile', 'compose.yaml', 'redis.acl', 'tasks.py'], 'what it does not name goes');
    assert.match(part.remarks.map((r) => r.en).join('\n'), /redis\.acl stays, for compose\.yaml names it\./);

    writeFileSync(join(p.root, 'compose.yaml'), written);
    assert.equal((await (await p.open()).undo(run, nothing)).exitCode, 0);
    assert.deepEqual(p.all(), before);
  });
});

describe('something that has the name of a new file', () => {
  it('bars the ways that would make it, by name, and nothing else', async (t) => {
    const p = project(t, FILES);
    mkdirSync(join(p.root, 'redis.acl'));
    const session = await p.open();
    const machine = await session.inspect();
    const finding = session.diagnose(machine).find((f) => f.risk === 'broker-no-auth')!;
    const offers = async () => session.offers(machine, finding);
    const [own, password] = ['own-user', 'password'].map((fix) => async () => (await offers()).find((o) => o.fix === fix)!);
    assert.match((await own!()).refused?.en ?? '', /^redis\.acl is there already, an empty folder, as Docker makes one where a mounted file is missing: remove it first$/);
    assert.deepEqual([(await own!()).recommended, (await password!()).recommended, (await password!()).refused], [false, true, undefined]);
    writeFileSync(join(p.root, 'redis.acl', 'x'), '');
    assert.match((await own!()).refused?.en ?? '', /^redis\.acl is there already: rename or remove it first$/);
  });
  it('is gone with it', async (t) => {
    const p = project(t, FILES);
    mkdirSync(join(p.root, 'redis.acl'));
    rmdirSync(join(p.root, 'redis.acl'));
    const session = await p.open();
    const machine = await session.inspect();
    assert.equal((await session.offers(machine, session.diagnose(machine).find((f) => f.risk === 'broker-no-auth')!)).find((o) => o.recommended)?.fix, 'own-user');
  });
});
