import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { onlyFiles } from '../../source/cli/words/fix.ts';
import { fillOnce } from '../../source/engine/fill.ts';
import { filled, generated, generatedIn } from '../../source/model/generated.ts';
import { holdsSecret } from '../../source/report/discreet.ts';
import { filesPlan, project } from '../helpers/project.ts';

const FILES = {
  'Dockerfile': 'FROM debian:bookworm-slim\nWORKDIR /app\nCOPY . .\n',
  'compose.yaml': 'services:\n  worker:\n    build: .\n    command: celery -A tasks worker\n  redis:\n    image: redis:7\n',
  'tasks.py': 'from celery import Celery\n\napp = Celery("shop", broker="redis://redis/0")\n',
  '.gitignore': '*.pyc\n',
};

describe('a password that a plan names and does not hold', () => {
  it('is the same in every file of a run, and another one in the next', () => {
    const [first, second] = [fillOnce(), fillOnce()];
    const value = first(generated('redis'));
    assert.match(value, /^[\w-]{32}$/);
    assert.equal(first(`x ${generated('redis')}`), `x ${value}`);
    assert.notEqual(first(generated('rabbit')), value);
    assert.notEqual(second(generated('redis')), value);
  });

  it('goes to its server as a hash', () => {
    assert.equal(filled(generated('a', 'sha256'), () => 's3cret'), createHash('sha256').update('s3cret').digest('hex'));
    const salted = Buffer.from(filled(generated('a', 'rabbitmq'), () => 's3cret'), 'base64');
    const salt = salted.subarray(0, 4);
    assert.deepEqual(salted.subarray(4), createHash('sha256').update(salt).update('s3cret').digest());
    assert.deepEqual(generatedIn(`${generated('a')} ${generated('a', 'sha256')} ${generated('b')}`), ['a', 'b']);
  });

  it('may be shown by its mark, and not by its value', () => {
    for (const line of ['+CELERY_BROKER_URL=redis://app:<generated:redis>@redis/0', '+REDIS_PASSWORD=<generated:redis>', '+  REDISCLI_AUTH: "${REDIS_PASSWORD}"']) assert.ok(!holdsSecret(line), line);
    for (const line of ['+CELERY_BROKER_URL=redis://app:s3cret@redis/0', '+REDIS_PASSWORD=s3cret']) assert.ok(holdsSecret(line), line);
  });

  it('stands in the files and in the journal of its run, and nowhere before', async (t) => {
    const p = project(t, FILES);
    const session = await p.open();
    const plan = onlyFiles(await filesPlan(session, { 'broker-no-auth': 'own-user' }));
    const preview = await session.preview(plan);
    assert.ok(preview.diffs.some((d) => d.patch.includes('<generated:redis>')));
    const events: string[] = [];
    const result = await session.apply(plan, (e) => events.push(JSON.stringify(e)));
    assert.equal(result.exitCode, 0);
    const [, secret = ''] = /app:([^@]+)@/.exec(p.read('.env.redis')) ?? [];
    assert.match(secret, /^[\w-]{32}$/);
    assert.equal(statSync(join(p.root, '.env.redis')).mode & 0o777, 0o600);
    assert.match(p.read('redis.acl'), new RegExp(`#${createHash('sha256').update(secret).digest('hex')} `));
    assert.match(p.read('.gitignore'), /^\/\.env\.redis$/m);
    assert.ok(!JSON.stringify([plan, preview, result, events]).includes(secret), 'the plan, the preview or an event holds it');
    const run = join(p.state, 'harden-tui/runs', result.run);
    for (const name of readdirSync(run)) assert.equal(statSync(join(run, name)).mode & 0o077, 0, `${name} may be read by others`);
    // The head of the journal is the plan.
    assert.ok(!(readFileSync(join(run, 'journal.jsonl'), 'utf8').split('\n')[0] ?? '').includes(secret));

    const undone = await session.undo(result.run, () => undefined);
    assert.deepEqual(undone.remarks, []);
    assert.deepEqual(Object.keys(p.all()).sort(), Object.keys(FILES).sort());
    assert.equal(p.read('.gitignore'), FILES['.gitignore']);
  });

  it('is not taken away when somebody has put another one in its place', async (t) => {
    const p = project(t, FILES);
    const session = await p.open();
    const result = await session.apply(onlyFiles(await filesPlan(session, { 'broker-no-auth': 'own-user' })), () => undefined);
    writeFileSync(join(p.root, '.env.redis'), 'CELERY_BROKER_URL=redis://app:mine@redis/0\n');
    const undone = await session.undo(result.run, () => undefined);
    assert.match(undone.remarks.map((r) => r.en).join(), /\.env\.redis was made by harden-tui and edited since/);
    assert.match(p.read('.env.redis'), /mine/);
  });
});
