// Steps for a plan that starts a broker anew while its workers run on.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { draft } from '../../source/engine/draft.ts';
import { awayWith, leftRunning, leftToHand, startedWith, type Taken } from '../../source/engine/taken.ts';
import { tellStep } from '../../source/engine/tell.ts';
import type { Machine } from '../../source/model/machine.ts';
import { same } from '../../source/model/text.ts';
import { machineOf, type Recorded } from '../helpers/case.ts';

const CELERY = ['/usr/bin/python3', '/usr/bin/celery', '-A', 'tasks', 'worker'];
const FILES = {
  'compose.yaml': 'services:\n  redis:\n    image: redis:7\n  worker:\n    build: .\n', 'Dockerfile': 'FROM python:3.11\nWORKDIR /app\nCOPY . .\nCMD ["celery", "-A", "tasks", "worker"]\n',
  '/etc/systemd/system/jobs.service': '[Service]\nWorkingDirectory=/case\nExecStart=/usr/bin/celery -A tasks worker\n', '/etc/systemd/system/store.service': '[Service]\nWorkingDirectory=/case\nExecStart=/usr/bin/redis-server --port 6390\n',
};
const code = (broker: string) => ({ 'tasks.py': `from celery import Celery\n\napp = Celery("tasks", broker="${broker}")\n` });
const REDIS = { service: 'redis', image: 'redis:7', cmd: ['redis-server'], processes: [{ pid: 10, uid: 999, argv: ['redis-server', '*:6379'] }] };
const WORKER = { service: 'worker', cmd: CELERY, processes: [{ pid: 20, uid: 1000, argv: CELERY }] };
const JOBS = { pid: 40, uid: 0, argv: CELERY, cwd: '/case', unit: 'jobs.service' };
const STORE = { pid: 41, uid: 0, argv: ['/usr/bin/redis-server', '*:6390'], cwd: '/case', unit: 'store.service' };
const LISTENS = [{ protocol: 'tcp' as const, address: '127.0.0.1', port: 6390, pids: [41], uid: 0 }];

/** The steps for one finding that wants these started anew. */
function steps(machine: Machine, replace: readonly string[], uid = 0) {
  const taken = [{ choice: { finding: 'F', risk: 'r', fix: 'x' }, finding: { id: 'F', title: same('F') }, proposal: { changes: [], rebuild: [], replace, proofs: [] } }] as unknown as readonly Taken[];
  return draft({ ...machine, uid }, taken, []).map((d, i) => ({ number: i + 1, ...d }));
}
const told = (all: ReturnType<typeof steps>) => all.map((s) => tellStep(s).en);
const of = (recorded: Recorded, broker: string) => machineOf({ ...FILES, ...code(broker) }, recorded);

describe('a broker that is started anew alone', () => {
  it('takes the worker in its container along: stopped before it, away with it, and counted', async () => {
    const all = steps(await of({ containers: [REDIS, WORKER] }, 'redis://redis/0'), ['redis']);
    assert.deepEqual(told(all), ['stop worker and redis', 'start redis; worker again, which takes its jobs from redis']);
    assert.deepEqual(startedWith({ steps: all }), ['redis', 'worker']);
    assert.deepEqual(all.flatMap(({ change }) => (change.kind === 'start-services' ? [change.services.map((s) => s.service), awayWith(change)] : [])), [['redis'], ['redis', 'worker']]);
  });
  it('has nobody beside it where the plan has the worker already', async () => {
    const all = steps(await of({ containers: [REDIS, WORKER] }, 'redis://redis/0'), ['redis', 'worker']);
    assert.deepEqual(told(all), ['stop redis and worker', 'start redis and worker']);
    assert.deepEqual(steps(await of({ containers: [REDIS, WORKER] }, 'redis://elsewhere/0'), ['redis']).map((s) => 'again' in s.change), [false, false]);
  });
  it('names a worker that is a person\'s to start again, and proves nothing by it', async () => {
    const all = steps(await of({ containers: [REDIS, { ...WORKER, autoRemove: true }] }, 'redis://redis/0'), ['redis']);
    assert.deepEqual(told(all), ['stop redis', 'start redis', 'you start case-worker-1 again: it takes its jobs from redis, and may take none any more']);
    assert.deepEqual([leftRunning({ steps: all }), leftToHand({ steps: all }), all.at(-1)!.because], [['worker'], [], ['F']]);
  });
  it('a worker of the machine is started again by its owner, behind the container', async () => {
    const redis = { ...REDIS, ports: [{ inside: 6379, protocol: 'tcp', hostIp: '127.0.0.1', hostPort: 6390 }] };
    const all = steps(await of({ containers: [redis], host: { processes: [JOBS] } }, 'redis://localhost:6390/0'), ['redis']);
    assert.deepEqual(all.map(({ change }) => (change.kind === 'restart-host' ? change.name : change.kind)), ['stop-services', 'start-services', 'jobs.service']);
    assert.deepEqual(all.at(-1)!.because, ['F']);
    assert.deepEqual(all.flatMap(({ change }) => (change.kind === 'restart-host' ? [change.of] : [])), [['redis']]);
    const [stop, , hand] = steps(await of({ containers: [redis], host: { processes: [JOBS] } }, 'redis://localhost:6390/0'), ['redis'], 1000);
    assert.deepEqual([stop?.change.kind, hand?.change.kind === 'by-hand' && [hand.change.afterwards, hand.change.commands.at(-1)]], ['stop-services', [true, ['systemctl', 'restart', 'jobs.service']]]);
  });
  it('of the machine: its own worker behind it, one in a container around it', async () => {
    const machine = await of({ containers: [REDIS, { ...WORKER, env: { CELERY_BROKER_URL: 'redis://host.docker.internal:6390/0' } }], host: { processes: [JOBS, STORE], listeners: LISTENS } }, 'redis://localhost:6390/0');
    const store = machine.services.find((s) => s.host?.name === 'store.service')!;
    const all = steps(machine, [store.name]);
    assert.deepEqual(all.map(({ change }) => (change.kind === 'restart-host' ? change.name : change.kind)), ['stop-services', 'store.service', 'jobs.service', 'start-services']);
    assert.deepEqual([told(all)[0], told(all)[3]], ['stop worker', `start worker again, which takes its jobs from ${store.name}`]);
  });
});
