import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { looksFine } from '../../source/engine/fine.ts';
import type { Container } from '../../source/model/container.ts';
import type { Process } from '../../source/model/process.ts';
import { machine } from '../cli/helpers/world.ts';

const process = (pid: number, ppid: number, uid: number, ...argv: string[]): Process => ({ pid, ppid, argv, uid: { real: uid, effective: uid }, gid: { real: uid, effective: uid }, groups: [] });
const container = (service: string, user: string, ...processes: Process[]): Container => ({ id: service, name: `shop-${service}-1`, service, user, running: true, restarting: false, processes } as unknown as Container);
const fine = (...containers: Container[]): readonly string[] => looksFine(machine({ containers })).map((one) => one.en);

describe('what looks fine', () => {
  it('is who steps down by itself, and a root master by design', () => {
    assert.deepEqual(fine(
      container('redis', '', process(1, 0, 999, 'redis-server *:6379')),
      container('proxy', '', process(1, 0, 0, 'nginx: master process nginx'), process(7, 1, 33, 'nginx: worker process')),
    ), ['redis steps down to uid 999 by itself', 'nginx in proxy keeps a root master by design, its worker is uid 33']);
    assert.deepEqual(looksFine(machine({ containers: [container('redis', 'root', process(1, 0, 999, 'redis-server *:6379'))] }))[0]?.['zh-CN'], 'redis 会自己降到 uid 999');
  });
  it('is nobody who is root, was never root, does not run, or was not seen', () => {
    assert.deepEqual(fine(
      container('web', '', process(1, 0, 0, 'gunicorn'), process(2, 1, 0, 'gunicorn')), container('app', '10001', process(1, 0, 10001, 'gunicorn')), container('job', ''),
      { ...container('old', '', process(1, 0, 999, 'x')), running: false },
    ), []);
  });
});
