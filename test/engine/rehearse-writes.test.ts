import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Process } from '../../source/model/process.ts';
import { placesOf } from '../../source/engine/rehearse/beside.ts';
import type { Machine } from '../../source/model/machine.ts';
import { workers, writable } from '../../source/engine/rehearse/writes.ts';

type Asked = Parameters<typeof writable>;
const run = (pid: number, ppid: number, uid: number, ...argv: string[]): Process => ({ pid, ppid, uid: { effective: uid }, gid: { effective: uid }, groups: [], argv } as unknown as Process);
const supervisord = run(1, 0, 0, '/usr/bin/python3', '/usr/bin/supervisord', '-n');
const nginx = [run(5, 1, 0, 'nginx: master process nginx'), run(6, 5, 33, 'nginx: worker process')];
const app = (uid: number): Process[] => [run(8, 1, 0, '/usr/bin/python3', '/usr/bin/gunicorn', 'app:app'), run(9, 8, uid, '/usr/bin/python3', '/usr/bin/gunicorn', 'app:app')];

/** A container in which root may write everywhere, and `uid` in `its`. */
const asked = (uid: number, its: readonly string[]): Asked[0] => ({ docker: { ask: async ({ user, argv }: { user: string; argv: readonly string[] }) => ({
  code: 0, stderr: '', stdout: argv.slice(4).map((a) => (user.startsWith('0:') || (user.startsWith(`${uid}:`) && its.includes(a.replace(/^\w+:/, ''))) ? `y ${a}` : `n ${a}|Permission denied`)).join('\n'),
}) } } as unknown as Asked[0]);
const data = [{ path: '/srv/sold', kind: 'folder', mounted: true }] as const;
const may = async (uid: number, its: readonly string[], processes: readonly Process[]): Promise<boolean | undefined> => (await writable(asked(uid, its), { id: 'c' } as Asked[1], processes, data)).may.get('/srv/sold');

describe('whether the app may still write its data', () => {
  it('is not answered by a root that only starts others', async () => {
    assert.equal(await may(10001, [], [supervisord, ...nginx, ...app(10001)]), false);
    assert.equal(await may(10001, ['/srv/sold'], [supervisord, ...nginx, ...app(10001)]), true);
  });
  it('is answered by root, where root does the work', async () => {
    assert.equal(await may(10001, [], [supervisord, ...nginx, ...app(0)]), true);
    assert.equal(await may(10001, [], [run(1, 0, 0, 'redis-server *:6379')]), true);
  });
  it('knows who does the work', () => {
    assert.deepEqual(workers([supervisord, ...nginx, ...app(10001)]).map((p) => p.pid), [6, 9]);
    assert.deepEqual(workers([supervisord]).map((p) => p.pid), [1]);
  });
});

describe('which mounted places are asked', () => {
  const role = { part: { name: 'tickets', raw: { Id: 'c' } }, mounts: [{ type: 'volume', source: 'sold', target: '/srv/sold', readOnly: false }] } as unknown as Parameters<typeof placesOf>[1];
  const asks = (processes: readonly Process[]): readonly string[] =>
    placesOf({ services: [], containers: [{ id: 'c', processes, sockets: [] }], files: new Map() } as unknown as Machine, role, role, undefined).filter((p) => p.mounted).map((p) => p.path);
  it('are none of a proxy alone: it reads what others write', () => {
    assert.deepEqual(asks(nginx), []);
    assert.deepEqual(asks([run(1, 0, 0, 'tini', '--', 'nginx'), ...nginx]), []);
  });
  it('are all of an app, also where a proxy runs beside it in one container', () => {
    assert.deepEqual(asks(app(10001)), ['/srv/sold']);
    assert.deepEqual(asks([supervisord, ...nginx, ...app(10001)]), ['/srv/sold']);
  });
});
