import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Process } from '../../source/model/process.ts';
import { placesOf } from '../../source/engine/rehearse/beside.ts';
import type { Machine } from '../../source/model/machine.ts';
import { crews, workers } from '../../source/engine/rehearse/crews.ts';
import { lostBy, writable, whoWrites } from '../../source/engine/rehearse/writes.ts';

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

describe('each program of a container is asked by itself', () => {
  const uwsgi = (uid: number): Process[] => [run(20, 1, 0, '/usr/bin/uwsgi', '--ini', '/etc/notes.ini'), ...[21, 22].map((pid) => run(pid, 20, uid, '/usr/bin/uwsgi', '--ini', '/etc/notes.ini'))];
  const tidy = (uid: number): Process[] => [run(30, 1, uid, '/bin/sh', '-c', 'while :; do /usr/local/bin/tidy.sh; sleep 20; done'), run(31, 30, uid, 'sleep', '20')];
  const known = [{ name: 'app', kind: 'uwsgi', words: ['uwsgi', '--ini', '/etc/notes.ini'] }, { name: 'tidy', kind: 'sh', words: ['sh', '-c', 'while :; do /usr/local/bin/tidy.sh; sleep 20; done'] }]
    .map((p) => ({ ...p, words: p.words.map((value) => ({ value, quoted: false })) }));
  const lost = async (old: readonly Process[], now: readonly Process[], its: readonly string[] = [], strangers: readonly string[] = []): Promise<string | undefined> => {
    const [a, b] = await Promise.all([old, now].map(async (all) => (await writable(asked(10001, its), { id: 'c' } as Asked[1], all, [{ ...data[0], strangers }], known)).by.get('/srv/sold')));
    return whoWrites(lostBy(a, b))?.en;
  };
  const all = (app: number, other: number): Process[] => [supervisord, ...nginx, ...uwsgi(app), ...tidy(other)];

  it('so that what one of them may hides nothing of another', async () => {
    assert.equal(await lost(all(0, 0), all(10001, 0)), 'app (10001)');
    assert.equal(await lost(all(0, 0), all(0, 10001)), 'tidy (10001)');
    assert.equal(await lost(all(0, 0), all(10001, 10001)), 'app (10001) and tidy (10001)');
    assert.equal(await lost(all(0, 0), all(10001, 10001), ['/srv/sold']), undefined);
  });
  it('but for those who have no business there, and what stands in front', async () => {
    assert.equal(await lost(all(0, 0), all(0, 10001), [], ['tidy']), undefined);
    assert.equal(await lost([...all(10001, 10001), run(7, 5, 0, 'nginx: worker process')], all(10001, 10001)), undefined);
  });
  it('and no folder of sockets: their master makes them as root, before it steps down', async () => {
    const place = [{ path: '/srv/sold', kind: 'sockets', mounted: true }] as const;
    const { by } = await writable(asked(10001, []), { id: 'c' } as Asked[1], all(0, 10001), place, known);
    assert.equal(by.get('/srv/sold')?.size, 0);
  });
  it('a root that only looks in (a health check) answers for nobody', () => {
    const names = (processes: readonly Process[]): readonly string[] => crews(processes, known).map((c) => c.name);
    assert.deepEqual(names([...all(0, 0), run(90, 4, 0, 'sh', '-c', 'curl localhost')]), ['nginx', 'app', 'tidy']);
    assert.deepEqual(names([run(1, 0, 0, 'sh', 'start.sh'), run(2, 1, 0, 'celery', 'worker'), run(3, 1, 0, 'gunicorn', 'a:b'), run(90, 4, 0, 'curl', 'localhost')]), ['celery', 'gunicorn']);
    assert.deepEqual(names([run(1, 0, 0, '/usr/bin/uwsgi', '--emperor', '/etc/v'), run(2, 1, 0, '/usr/bin/uwsgi', '--ini', 'a.ini'), run(3, 1, 10001, '/usr/bin/uwsgi', '--ini', 'b.ini')]), ['app', 'app a.ini', 'app b.ini']);
  });
  it('of two of one name each has to be able to', async () => {
    const two = (a: number, b: number): Process[] => [supervisord, run(40, 1, a, 'celery', 'worker', '-n', 'a'), run(41, 1, b, 'celery', 'worker', '-n', 'b')];
    assert.equal(await lost(two(0, 0), two(0, 10001)), 'celery (0, 10001)');
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
