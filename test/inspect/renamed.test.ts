// redis goes by another title than it was started with: it is its supervisord's program all the same.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { machineOf } from '../helpers/case.ts';

const conf = (...names: readonly string[]): string => ['[supervisord]', 'nodaemon=true', ...names.flatMap((name) => [`[program:${name}]`, 'command=redis-server --port 6390 --bind 127.0.0.1'])].join('\n');
const PROCESSES = [
  { pid: 10, uid: 0, argv: ['/usr/bin/python3', '/usr/bin/supervisord', '-c', '/case/supervisord.conf'], cwd: '/case' },
  { pid: 11, ppid: 10, uid: 0, argv: ['redis-server', '127.0.0.1:6390'], cwd: '/case' },
];

const services = async (text: string) => (await machineOf({ 'supervisord.conf': text }, { host: { processes: PROCESSES } })).services.map((s) => [s.name, s.host?.by, s.pids]);

it('a redis under supervisord is its one program of that kind', async () => {
  assert.deepEqual((await services(conf('store'))).find(([name]) => name === 'store'), ['store', 'supervisord', [11]]);
  assert.deepEqual((await services(conf('store'))).filter(([, by]) => by === 'shell').flatMap(([, , pids]) => pids as number[]).filter((pid) => pid === 11), []);
});

it('and nobody\'s that is known where there are two of them', async () => {
  assert.deepEqual((await services(conf('store', 'cache'))).filter(([, by]) => by === 'supervisord').map(([, , pids]) => pids), [[], []]);
});
