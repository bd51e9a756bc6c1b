// What a proof says must be what it measured: a root master beside workers, workers of several users, a port that stays.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { gunicornWorkers } from '../../source/engine/proofs/gunicorn-workers.ts';
import { loopbackOnly } from '../../source/engine/proofs/loopback-only.ts';
import { noListener } from '../../source/engine/proofs/no-listener.ts';
import { noRootPort } from '../../source/engine/proofs/no-root-port.ts';
import { notRoot } from '../../source/engine/proofs/not-root.ts';
import { memoryFiles, memorySystem } from '../../source/system/memory.ts';
import { machineOf, type Recorded } from '../helpers/case.ts';

const COMPOSE = { 'compose.yaml': 'services:\n  web:\n    build: .\n', Dockerfile: 'FROM python:3.11-slim\nCOPY . .\nCMD ["gunicorn", "-u", "33", "-b", "0.0.0.0:8000", "app:app"]\n' };
const system = memorySystem(memoryFiles({}));
type One = NonNullable<NonNullable<Recorded['containers']>[number]['processes']>[number];

const machine = (processes: readonly One[], more: object = {}) => machineOf(COMPOSE, { containers: [{ service: 'web', processes, ...more }] });
const nginx = (pid: number, uid: number, ppid?: number): One => ({ pid, uid, argv: [`nginx: ${ppid === undefined ? 'master' : 'worker'} process`], capEff: uid === 0 ? 'a80425fb' : '0', ...(ppid === undefined ? {} : { ppid }) }) as One;
const gunicorn = (pid: number, uid: number, ppid?: number): One => ({ pid, uid, argv: ['/usr/bin/python3', '/usr/bin/gunicorn', '-u', '33', '-b', '0.0.0.0:8000', 'app:app'], ...(ppid === undefined ? {} : { ppid }) }) as One;
const listening = (port: number, address: string, uid: number, pids: readonly number[]) => ({ port, address, uid, pids, protocol: 'tcp' });

it('a master that stays root is counted among nobody\'s processes', async () => {
  const { outcome, text } = await notRoot({ kind: 'not-root', service: 'web' }, await machine([nginx(1, 0), nginx(2, 33, 1), nginx(3, 33, 1)]), system);
  assert.equal(`${outcome}: ${text.en}`, 'gone: web: 33, 2 processes, no capabilities; the master of nginx stays root');
  assert.match(text['zh-CN'], /2 个进程.*nginx 的主进程仍是 root/);
  assert.equal((await notRoot({ kind: 'not-root', service: 'web' }, await machine([nginx(2, 33)]), system)).text.en, 'web: 33, 1 process, no capabilities');
});

it('nobody is root only where nobody is', async () => {
  const said = async (processes: readonly One[], more: object = {}) => (await noRootPort({ kind: 'no-root-port', service: 'web' }, await machine(processes, more), system)).text.en;
  assert.match(await said([nginx(1, 0), nginx(2, 33, 1)]), /no worker is root, the master of nginx is/);
  assert.match(await said([gunicorn(1, 33)]), /^web: nobody is root/);
  assert.match(await said([gunicorn(1, 0), gunicorn(2, 0, 1)], { listeners: [listening(8000, '0.0.0.0', 0, [1])] }), /^web: root listens on nothing below 1024, 8000 inside$/);
});

it('workers of two users are both told, and a master that is a third one', async () => {
  const said = async (processes: readonly One[]) => (await gunicornWorkers({ kind: 'gunicorn-workers', service: 'web', program: 'web' }, await machine(processes), system)).text.en;
  assert.match(await said([gunicorn(1, 0), gunicorn(2, 33, 1), gunicorn(3, 34, 1)]), /2 workers, 33:\d+, 34:\d+, master root$/);
  assert.match(await said([gunicorn(1, 35), gunicorn(2, 33, 1)]), /1 worker, 33:\d+, master 35:\d+$/);
  assert.match(await said([gunicorn(1, 33), gunicorn(2, 33, 1)]), /, master too$/);
});

it('a port that nobody listens on is not on loopback, and a socket is not called the only way', async () => {
  const closed = await machine([gunicorn(1, 33)], { listeners: [listening(9000, '127.0.0.1', 33, [1])], sockets: [{ path: '/run/app.sock', mode: 0o660, uid: 33, gid: 33 }] });
  assert.equal((await noListener({ kind: 'no-listener', service: 'web', port: 9001, beyond: 'loopback' }, closed, system)).text.en, 'web: nobody listens on 9001');
  assert.equal((await noListener({ kind: 'no-listener', service: 'web', port: 9000, beyond: 'loopback' }, closed, system)).text.en, 'web: 9000 on loopback alone');
  assert.equal((await loopbackOnly({ kind: 'loopback-only', service: 'web', port: 8000, socket: '/run/app.sock' }, closed, system)).text.en, 'web: listens on /run/app.sock, nobody on port 8000');
  assert.equal((await loopbackOnly({ kind: 'loopback-only', service: 'web', port: 9000, socket: '/run/app.sock' }, closed, system)).text.en, 'web: listens on /run/app.sock, 127.0.0.1:9000 beside it');
});
