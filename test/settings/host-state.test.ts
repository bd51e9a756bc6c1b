import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isRefusal } from '../../source/model/risk.ts';
import { handedHere } from '../../source/settings/host-state.ts';
import { programsOf } from '../../source/settings/program.ts';
import { machineOf, type Recorded } from '../helpers/case.ts';

const CONF = `[supervisord]
logfile=/case/log/supervisord.log

[program:gate]
command=python3 gate.py
directory=/case

[program:other]
command=python3 other.py
directory=/srv/other
`;

type Process = NonNullable<Recorded['host']>['processes'][number];
const MASTER: Process = { pid: 10, uid: 0, argv: ['/usr/bin/supervisord', '-c', '/case/supervisord.conf'], cwd: '/case' };
const gate = (...writes: readonly string[]): Process => ({ pid: 11, ppid: 10, uid: 0, argv: ['python3', 'gate.py'], cwd: '/case', started: 1000, writes: writes.map((path) => ({ path, uid: 0 })) });
const other = (...writes: readonly string[]): Process => ({ pid: 12, ppid: 10, uid: 0, argv: ['python3', 'other.py'], cwd: '/srv/other', started: 1000, writes: writes.map((path) => ({ path, uid: 0 })) });

/** Paths that go to the account of `gate`, a folder with `/` behind it; or why not. */
async function handed(processes: readonly Process[], more: { readonly state?: NonNullable<Recorded['host']>['state']; readonly beside?: NonNullable<Recorded['host']>['beside']; readonly code?: string; readonly kept?: readonly string[] } = {}): Promise<readonly string[] | string> {
  const machine = await machineOf({ 'supervisord.conf': CONF, 'gate.py': more.code ?? 'open("data/visits.json")\n', 'log/notes.py': '' }, { host: { processes: [MASTER, ...processes], ...(more.state ? { state: more.state } : {}), ...(more.beside ? { beside: more.beside } : {}) } });
  const program = programsOf(machine).find((p) => p.name === 'gate')!;
  const made = handedHere(machine, program, { uid: 'gate', gid: 'gate' }, more.kept);
  return isRefusal(made) ? made.refused.en : made.map((c) => (c.kind === 'set-path' ? `${c.path}${c.below ? '/' : ''}` : c.kind));
}
const wrote = (path: string, at: number, uid = 0) => ({ path, wrote: [{ uid, at }] });

void describe('what a program of the machine is seen writing', () => {
  void it('is a file alone where its folder is the code\'s, supervisord\'s or everybody\'s', async () => {
    assert.deepEqual(await handed([gate('/case/gate.log', '/case/log/gate.log', '/var/log/gate.log')]), ['/case/gate.log', '/case/log/gate.log', '/var/log/gate.log']);
  });
  void it('is the whole folder where that is its own', async () => {
    assert.deepEqual(await handed([gate('/var/lib/gate/gate.db', '/var/log/gate/gate.log')]), ['/var/lib/gate/', '/var/log/gate/']);
    assert.deepEqual(await handed([gate('/case/store/a.bin')], { state: [wrote('store', 500)] }), ['/case/store/']);
  });
  void it('is nothing of another program\'s, and its folder is not handed over with that', async () => {
    assert.deepEqual(await handed([gate('/var/log/shared/gate.log', '/var/log/shared/both.log'), other('/var/log/shared/other.log', '/var/log/shared/both.log')]), ['/var/log/shared/gate.log']);
  });
  void it('is nothing that passes, and nothing that root goes on opening itself', async () => {
    assert.deepEqual(await handed([gate('/tmp/x', '/var/tmp/y', '/dev/shm/z')]), []);
    assert.deepEqual(await handed([gate('/var/log/gate/access.log', '/var/log/gate/own.log')], { kept: ['/var/log/gate/access.log'] }), ['/var/log/gate/own.log']);
  });
  void it('is no file of somebody else', async () => {
    assert.deepEqual(await handed([{ ...gate(), writes: [{ path: '/var/lib/gate/x', uid: 1000 }] }]), []);
  });
  void it('a database beside the code is refused: its journal could not be made', async () => {
    assert.match(String(await handed([gate('/case/gate.sqlite3')])), /a folder of its own first/);
  });
});

void describe('a folder of data that nobody holds open', () => {
  void it('is handed over where the code names it and it was written since the start', async () => {
    assert.deepEqual(await handed([gate()], { state: [wrote('data', 2000)] }), ['/case/data/']);
    assert.deepEqual(await handed([gate()], { state: [wrote('data', 2000)], code: 'PATH = "/case/data"\n' }), ['/case/data/']);
  });
  void it('is left alone where it is older, another user\'s, or nobody names it', async () => {
    assert.deepEqual(await handed([gate()], { state: [wrote('data', 500)] }), []);
    assert.deepEqual(await handed([gate()], { state: [wrote('data', 2000, 1000)] }), []);
    assert.deepEqual(await handed([gate()], { state: [wrote('backups', 2000)] }), []);
    assert.deepEqual(await handed([gate()], { state: [wrote('database', 2000)], code: 'open("data")\n' }), []);
  });
  void it('nor where another program has a file open in it', async () => {
    assert.deepEqual(await handed([gate(), other('/case/data/other.log')], { state: [wrote('data', 2000)] }), []);
  });
});

void describe('a file beside the code that nobody holds open', () => {
  const orders = (at: number, uid = 0) => [{ path: 'orders.txt', uid, at }];
  const code = 'with open(os.path.join(HERE, "orders.txt"), "a") as f: f.write(line)\n';
  void it('is handed over where the code names it, writes, and it was written since the start', async () => {
    assert.deepEqual(await handed([gate()], { beside: orders(2000), code }), ['/case/orders.txt']);
  });
  void it('is left alone where it is older, another user\'s, not named, or only read', async () => {
    assert.deepEqual(await handed([gate()], { beside: orders(500), code }), []);
    assert.deepEqual(await handed([gate()], { beside: orders(2000, 1000), code }), []);
    assert.deepEqual(await handed([gate()], { beside: orders(2000), code: 'open("old-orders.txt", "a")\n' }), []);
    assert.deepEqual(await handed([gate()], { beside: orders(2000), code: 'PRICES = open("orders.txt").read()\n' }), []);
  });
  void it('a database there is refused as one that is held open is', async () => {
    assert.match(String(await handed([gate()], { beside: [{ path: 'gate.db', uid: 0, at: 2000 }], code: 'sqlite3.connect("gate.db")\n' })), /a folder of its own first/);
  });
  void it('is handed over by a program that somebody started by hand, too', async () => {
    const machine = await machineOf({ 'gunicorn.conf.py': 'bind = "127.0.0.1:8099"\n', 'shop.py': code }, { host: { processes: [
      { pid: 40, uid: 0, argv: ['/usr/bin/python3', '/usr/bin/gunicorn', '-c', 'gunicorn.conf.py', 'shop:app'], cwd: '/case', started: 1000 },
      { pid: 41, ppid: 40, uid: 0, argv: ['/usr/bin/python3', '/usr/bin/gunicorn', '-c', 'gunicorn.conf.py', 'shop:app'], cwd: '/case', started: 1000 },
    ], beside: orders(2000) } });
    const program = programsOf(machine).find((p) => p.kind === 'gunicorn');
    assert.equal(program?.starter, 'shell');
    const made = handedHere(machine, program!, { uid: 'gunicorn', gid: 'gunicorn' });
    assert.deepEqual(isRefusal(made) ? made.refused.en : made.map((c) => (c.kind === 'set-path' ? c.path : c.kind)), ['/case/orders.txt']);
  });
});
