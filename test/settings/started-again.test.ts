// Who runs on while a service is started anew, and has to be started again with it.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { leftRunning, startedAgain } from '../../source/settings/started-again.ts';
import { leaningOn } from '../../source/settings/celery-broker.ts';
import { machineOf, type Recorded } from '../helpers/case.ts';

const APP = 'FROM python:3.11\nWORKDIR /app\nCOPY . .\nCMD ["celery", "-A", "tasks", "worker"]\n';
const tasks = (words: string): string => `import os\nfrom celery import Celery\n\napp = Celery("tasks", ${words})\n`;
const COMPOSE = 'services:\n  redis:\n    image: redis:7\n  cache:\n    image: redis:7\n  web:\n    build: .\n    command: gunicorn app:app\n  worker:\n    build: .\n';
const files = (words = 'broker="redis://redis/0"', compose = COMPOSE): Record<string, string> => ({ 'compose.yaml': compose, 'Dockerfile': APP, 'tasks.py': tasks(words) });

type Live = NonNullable<Recorded['containers']>[number];
const id = (i: number): string => `${i}`.padStart(64, 'c');
const REDIS = { image: 'redis:7', cmd: ['redis-server'], processes: [{ pid: 10, uid: 999, argv: ['redis-server', '*:6379'] }] };
const CELERY = ['/usr/bin/python3', '/usr/bin/celery', '-A', 'tasks', 'worker'];
const WORKER: Live = { service: 'worker', cmd: CELERY, processes: [{ pid: 20, uid: 1000, argv: CELERY }] };
const WEB: Live = { service: 'web', processes: [{ pid: 30, uid: 1000, argv: ['gunicorn', 'app:app'] }] };
const by = (i: number, name: string) => ({ connected: [{ port: 6379, address: `172.18.0.${i + 2}`, by: { id: id(i), name } }] });

async function again(anew: readonly string[], words?: string, containers: readonly Live[] = [{ service: 'redis', ...REDIS }, { service: 'cache', ...REDIS }, WEB, WORKER], compose?: string, more: Recorded = {}) {
  const machine = await machineOf(files(words, compose), { containers, ...more });
  const those = machine.services.filter((s) => anew.includes(s.name));
  assert.equal(those.length, anew.length, machine.services.map((s) => s.name).join());
  return { machine, again: startedAgain(machine, those), left: leftRunning(machine, those), leaning: leaningOn(machine, those) };
}
const who = ({ again: all }: Awaited<ReturnType<typeof again>>) => all.map((a) => `${a.service} ${a.when} of ${a.of.join()}`);

describe('a Celery worker is started again with its broker', () => {
  it('where that alone is started anew: by the word of its code', async () => {
    const found = await again(['redis']);
    assert.deepEqual(who(found), ['worker always of redis']);
    assert.deepEqual(found.again[0], { service: 'worker', containers: [{ id: id(3), name: 'case-worker-1' }], compose: found.machine.services.find((s) => s.name === 'worker')!.compose, of: ['redis'], when: 'always', seconds: 60 });
    assert.deepEqual(found.left, []);
  });
  it('by what it was given, which wins over its code', async () => {
    const given: Live = { ...WORKER, env: { CELERY_BROKER_URL: 'redis://:secret@cache:6379/1' } };
    const all = [{ service: 'redis', ...REDIS }, { service: 'cache', ...REDIS }, given];
    assert.deepEqual(who(await again(['cache'], undefined, all)), ['worker always of cache']);
    assert.deepEqual(who(await again(['redis'], undefined, all)), []);
    const named: Live = { ...WORKER, env: { QUEUE: 'redis://cache/0' } };
    assert.deepEqual(who(await again(['cache'], 'broker=os.environ["QUEUE"]', [all[0]!, all[1]!, named])), ['worker always of cache']);
  });
  it('each of those that step in for one another is its broker', async () => {
    assert.deepEqual(who(await again(['redis', 'cache'], 'broker="redis://redis/0;redis://cache/0"')), ['worker always of redis,cache']);
  });
  it('by its connection where its word can\'t be told', async () => {
    const all = [{ service: 'redis', ...REDIS, ...by(2, 'case-worker-1') }, { service: 'cache', ...REDIS }, WORKER];
    assert.deepEqual(who(await again(['redis'], 'broker=address()', all)), ['worker always of redis']);
    assert.deepEqual(who(await again(['cache'], 'broker=address()', all)), []);
  });
  it('perhaps its broker is enough where nobody may look', async () => {
    const { machine } = await again(['redis'], 'broker=address()');
    const blind = { ...machine, processSource: 'docker' as const };
    assert.deepEqual(startedAgain(blind, blind.services.filter((s) => s.name === 'cache')).map((a) => a.service), ['worker']);
    assert.deepEqual(startedAgain(blind, blind.services.filter((s) => s.name === 'web')).map((a) => a.service), []);
  });
  it('with as long to end its tasks as its own file gives it', async () => {
    const compose = COMPOSE.replace('  worker:\n    build: .\n', '  worker:\n    build: .\n    stop_grace_period: 5m\n');
    assert.equal((await again(['redis'], undefined, undefined, compose)).again[0]?.seconds, 300);
  });
  it('and not where the plan has it already, its broker runs on, or it does not run', async () => {
    assert.deepEqual(who(await again(['redis', 'worker'])), []);
    assert.deepEqual(who(await again(['web'])), []);
    assert.deepEqual(who(await again(['redis'], undefined, [{ service: 'redis', ...REDIS }, { ...WORKER, running: false, processes: [] }])), []);
  });
  it('and not for a redis that is a cache of web\'s, or keeps its results alone', async () => {
    const connected = [{ service: 'redis', ...REDIS }, { service: 'cache', ...REDIS, ...by(2, 'case-web-1') }, WEB, WORKER];
    assert.deepEqual(who(await again(['cache'], undefined, connected)), []);
    const results = [{ service: 'redis', ...REDIS }, { service: 'cache', ...REDIS, ...by(2, 'case-worker-1') }, WORKER];
    assert.deepEqual(who(await again(['cache'], 'broker="redis://redis/0", backend="redis://cache/1"', results)), []);
  });
});

describe('what is not ours to start again', () => {
  it('is named, with the command: a container that would be gone once it is stopped', async () => {
    const found = await again(['redis'], undefined, [{ service: 'redis', ...REDIS }, { ...WORKER, autoRemove: true }]);
    assert.deepEqual(who(found), []);
    assert.deepEqual(found.left.map(({ services, afterwards, commands }) => ({ services, afterwards, commands })), [{ services: ['worker'], afterwards: true, commands: [['docker', 'restart', '-t', '60', 'case-worker-1']] }]);
    assert.match(found.left[0]!.words.en, /^start case-worker-1 again: it takes its jobs from redis/);
  });
  it('a worker of another project that is connected; anybody else of it looks after itself', async () => {
    const other = (name: string, cmd: string[]): Live => ({ name, cmd, owner: { kind: 'other-project', name: 'billing' }, labels: { 'com.docker.compose.project': 'billing', 'com.docker.compose.service': 'w', 'com.docker.compose.project.working_dir': '/elsewhere', 'com.docker.compose.project.config_files': '/elsewhere/compose.yaml' } });
    const connected = { connected: [...by(1, 'billing-w-1').connected, ...by(2, 'billing-web-1').connected] };
    const found = await again(['redis'], undefined, [{ service: 'redis', ...REDIS, ...connected }, other('billing-w-1', ['celery', '-A', 'billing', 'worker']), other('billing-web-1', ['gunicorn', 'billing:app'])]);
    assert.deepEqual(found.machine.elsewhere.map((e) => e.name), ['billing-w-1', 'billing-web-1']);
    assert.deepEqual(found.left.map(({ services, commands }) => ({ services, commands })), [{ services: [], commands: [['docker', 'restart', '-t', '60', 'billing-w-1']] }]);
  });
});

describe('a worker and a broker on the machine itself', () => {
  const UNITS = { '/etc/systemd/system/jobs.service': '[Service]\nWorkingDirectory=/case\nExecStart=/usr/bin/celery -A tasks worker\n', '/etc/systemd/system/redis.service': '[Service]\nWorkingDirectory=/case\nExecStart=/usr/bin/redis-server --port 6390\n' };
  const HOST: NonNullable<Recorded['host']> = {
    processes: [{ pid: 40, uid: 0, argv: CELERY, cwd: '/case', unit: 'jobs.service' }, { pid: 41, uid: 0, argv: ['/usr/bin/redis-server', '*:6390'], cwd: '/case', unit: 'redis.service' }],
    listeners: [{ protocol: 'tcp', address: '127.0.0.1', port: 6390, pids: [41], uid: 0 }],
  };
  const NONE = { 'tasks.py': tasks('broker="redis://localhost:6390/0"'), ...UNITS };
  it('are found by the port: of the machine\'s own redis, or of one that a container publishes', async () => {
    const machine = await machineOf(NONE, { host: HOST });
    const named = (name: RegExp) => machine.services.filter((s) => name.test(s.name));
    assert.equal(named(/redis/).length, 1, machine.services.map((s) => s.name).join());
    assert.deepEqual(leaningOn(machine, named(/redis/)).map((l) => [l.worker.host?.name, l.of.map((s) => s.host?.name)]), [['jobs.service', ['redis.service']]]);
    assert.deepEqual(startedAgain(machine, named(/redis/)), [], 'its owner starts it again, not the engine');
    const published: Live = { service: 'redis', ...REDIS, ports: [{ inside: 6379, protocol: 'tcp', hostIp: '127.0.0.1', hostPort: 6390 }] };
    const mixed = await machineOf({ ...NONE, 'compose.yaml': COMPOSE }, { containers: [published], host: { processes: [HOST.processes[0]!] } });
    assert.deepEqual(leaningOn(mixed, mixed.services.filter((s) => s.name === 'redis')).map((l) => l.worker.host?.name), ['jobs.service']);
  });
  it('a worker in a container reaches the machine by its name there', async () => {
    const machine = await machineOf({ ...files('broker="redis://host.docker.internal:6390/0"'), ...UNITS }, { containers: [{ service: 'redis', ...REDIS }, WORKER], host: { ...HOST, processes: [HOST.processes[1]!] } });
    const redis = machine.services.filter((s) => s.host?.name === 'redis.service');
    assert.deepEqual(startedAgain(machine, redis).map((a) => [a.service, a.of]), [['worker', redis.map((s) => s.name)]]);
    assert.deepEqual(startedAgain(machine, machine.services.filter((s) => s.name === 'redis')), []);
  });
});
