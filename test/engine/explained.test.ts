import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explained, meantBy, type Ground } from '../../source/engine/explained.ts';
import type { Container } from '../../source/model/container.ts';
import type { Machine } from '../../source/model/machine.ts';
import type { Plan } from '../../source/model/plan.ts';
import type { Process } from '../../source/model/process.ts';
import { plan } from '../cli/helpers/world.ts';

const LINE = '2026/11/22 22:30:00 [error] 7#7: *1 connect() to unix:/run/admin/admin.sock failed (13: Permission denied) while connecting to upstream, client: 172.18.0.1, server: , request: "GET / HTTP/1.1"';
const process = (argv: string, uid: number): Process => ({ pid: uid + 1, ppid: 0, argv: [argv], uid: { real: uid, effective: uid }, gid: { real: uid, effective: uid }, groups: [] });
const machine = (id: string, imageId: string, worker: number): Machine => ({
  services: [{ name: 'proxy', containers: [id] }],
  containers: [{ id, imageId, processes: [process('nginx: master process nginx', 0), process('nginx: worker process', worker)] } as Partial<Container> as Container],
} as Partial<Machine> as Machine);
const made: Plan = {
  ...plan([], []), ties: [{ finding: 'F3', services: ['admin'], needs: [] }, { finding: 'F2', services: ['web'], needs: [] }],
  owed: [{ finding: 'F3', proofs: [{ kind: 'socket', service: 'admin', path: '/run/admin/admin.sock', mode: 0o660, peer: 33 }] }],
};
const ground = (rehearsed: boolean): Ground => ({ machine: machine('c1', 'i1', 33), rehearsed });

describe('why a check failed', () => {
  it('is the line that matters, what that means, whose fix it is, and what to plan with', () => {
    assert.deepEqual(explained('proxy', ['starting', LINE, 'GET / 502'], made, machine('c2', 'i2', 101), ground(true)), {
      said: { service: 'proxy', line: 'connect() to unix:/run/admin/admin.sock failed (13: Permission denied)' },
      means: {
        en: 'nginx may not open the socket: its worker is uid 101 by now, not 33. The image of proxy was rebuilt after the rehearsal.',
        'zh-CN': 'nginx 打不开这个套接字：它的工作进程现在是 uid 101，不再是 33。预演之后，proxy 的镜像重新构建过。',
      },
      blames: ['F3'], anew: { en: 'with uid 101 for nginx', 'zh-CN': '按 nginx 的 uid 101' },
    });
  });
  it('claims no change where there is none, or where nobody knows what was before', () => {
    for (const before of [{ machine: machine('c2', 'i2', 33), rehearsed: false }, undefined]) {
      const { means, anew, blames } = explained('proxy', [LINE], made, machine('c2', 'i2', 33), before);
      assert.equal(anew, undefined);
      assert.deepEqual(blames, ['F3']);
      assert.doesNotMatch(means?.en ?? '', /by now|anew|rebuilt/);
    }
  });
  it('says that a service was made anew of the same image, before any rehearsal', () => {
    assert.match(explained('proxy', [LINE], made, machine('c2', 'i1', 33), ground(false)).means?.en ?? '', /proxy was made anew after the plan was made\.$/);
  });
  it('blames the fixes of a service that was replaced, and nothing that this very run changed', () => {
    const web = { ...made, ties: [{ finding: 'F2', services: ['proxy'], needs: [] }], owed: [] };
    const { blames, means, anew } = explained('proxy', ["PermissionError: [Errno 13] Permission denied: '/app/log'"], web, machine('c2', 'i2', 101), ground(true));
    assert.deepEqual([blames, anew], [['F2'], undefined]);
    assert.equal(means?.en, 'Its user may not open or write /app/log: it belongs to another user.');
  });
  it('blames what was done to its broker for a worker that runs on', () => {
    const again = [{ service: 'mailer', containers: [], of: ['web'], when: 'always' }] as const;
    const leaning: Plan = { ...made, owed: [], steps: [{ number: 1, change: { kind: 'start-services', services: [{ service: 'web' }], again }, because: ['F2'] }] };
    assert.deepEqual(explained('mailer', ['consumer: Cannot connect to redis://web:6379/0: Authentication required.'], leaning, machine('c2', 'i2', 33), undefined).blames, ['F2']);
  });
  it('is nothing where nothing is known', () => {
    assert.deepEqual(explained('proxy', [], { ...made, ties: [], owed: [] }, machine('c2', 'i2', 33), undefined), {});
    assert.deepEqual(meantBy(['all is well']), {});
  });
});
