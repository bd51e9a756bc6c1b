// What is lost with a container that is replaced, said before anything is begun.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { staysBehind } from '../../source/engine/stays-behind.ts';
import type { Plan } from '../../source/model/plan.ts';
import { machineOf, type Recorded } from '../helpers/case.ts';

type Live = NonNullable<Recorded['containers']>[number];
const FILES = { 'compose.yaml': 'services:\n  redis:\n    image: redis:7\n  web:\n    build: .\n', Dockerfile: 'FROM python:3.11\nWORKDIR /app\nCOPY . .\nCMD ["gunicorn", "app:app"]\n' };
const REDIS: Live = { service: 'redis', image: 'redis:7', cmd: ['redis-server'], processes: [{ pid: 10, uid: 999, argv: ['redis-server', '*:6379'] }] };
const WEB: Live = { service: 'web', processes: [{ pid: 30, uid: 1000, argv: ['gunicorn', 'app:app'] }] };
const volume = { type: 'volume', source: 'data', target: '/data', readOnly: false, anonymous: false } as const;

async function said(containers: readonly Live[], ...services: readonly string[]): Promise<readonly string[]> {
  const machine = await machineOf(FILES, { containers });
  const plan = { steps: [{ number: 1, because: [], change: { kind: 'stop-services', services: services.map((service) => ({ service })) } }] } as unknown as Plan;
  return staysBehind(plan, machine).map((t) => t.en);
}

describe('with a container that is replaced', () => {
  it('a queue in no volume begins empty', async () => {
    assert.deepEqual(await said([REDIS, WEB], 'redis'), ['what redis holds is in no volume: the new container begins empty, and jobs that wait there are lost']);
  });
  it('a queue in a volume stays, one without a name too; a configuration mounted for reading holds none', async () => {
    assert.deepEqual(await said([{ ...REDIS, mounts: [volume] }], 'redis'), []);
    assert.deepEqual(await said([{ ...REDIS, mounts: [{ ...volume, anonymous: true }] }], 'redis'), []);
    assert.equal((await said([{ ...REDIS, mounts: [{ ...volume, type: 'bind', readOnly: true }] }], 'redis')).length, 1);
  });
  it('files that were written inside it are named, those of volumes and caches are not', async () => {
    const written = ['/app', '/app/app.db', '/app/uploads', '/app/uploads/one.png', '/data', '/tmp/x', '/app/__pycache__/a.pyc'];
    assert.deepEqual(await said([{ ...WEB, written, mounts: [volume] }], 'web'), ['/app/app.db and 1 more, written by web inside itself, are not in the new container; a copy is kept as an image']);
    assert.deepEqual(await said([{ ...WEB, written: ['/tmp/x'] }], 'web'), []);
  });
  it('nothing is said of what is not replaced, or does not run', async () => {
    assert.deepEqual(await said([REDIS, WEB], 'web'), []);
    assert.deepEqual(await said([WEB], 'redis'), []);
  });
});
