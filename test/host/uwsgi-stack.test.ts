// The scenario uwsgi-stack as programs of this machine: supervisord with uWSGI, Celery and a script, nginx in front, redis behind.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { accountThere, freePort, hostProject, hostTest, processesBelow, untilAnswers, untilThere, type HostProject } from '../helpers/host.ts';
import { read, said } from '../helpers/scan.ts';
import { root as repository } from '../listing.ts';

/** The redis without a password is another test's. */
const RISKS = ['uwsgi-root', 'socket-mode', 'supervisor-root-program', 'celery-root-worker', 'supervisor-open-control', 'sudoers-wildcard'];

/** The three programs keep their notices in one folder, so they are one app: the account is called after the first. */
const ACCOUNT = 'board';

const FILES = ['app/board.py', 'app/counter.py', 'app/tasks.py', 'app/uwsgi.ini', 'app/supervisord.conf', 'deploy/board.sudoers', 'proxy/nginx.conf'];

const WWW_DATA = 33;
const STRANGER = 64000;
const CONNECT = 'import socket, sys; socket.socket(socket.AF_UNIX).connect(sys.argv[1])';
const connectsAs = (uid: number, file: string): boolean => spawnSync('setpriv', ['--reuid', String(uid), '--regid', String(uid), '--clear-groups', '/usr/bin/python3', '-c', CONNECT, file]).status === 0;

/** The scenario's own files; only paths and addresses are this machine's. */
function adapted(ports: { readonly redis: number; readonly nginx: number }): Record<string, string> {
  const here = (text: string): string => text
    .replaceAll(/(?<![\w.])\/(run|board)(?=\/|\s|$)/gm, (_, folder: string) => `ROOT/${folder === 'board' ? 'app' : folder}`)
    .replace('redis://redis:6379', `redis://127.0.0.1:${ports.redis}`)
    .replace('listen 8080', `listen 127.0.0.1:${ports.nginx}`)
    .replace('include uwsgi_params', 'include /etc/nginx/uwsgi_params');
  return { ...Object.fromEntries(FILES.map((file) => [file, here(readFileSync(path.join(repository, 'scenarios/uwsgi-stack/project', file), 'utf8'))])), 'run/board/.keep': '' };
}

/** What a person wrote, with owners and modes, and who owns the folders of the data. What the app keeps comes beside it. */
const standing = ({ root, read: text }: HostProject): Record<string, string> => Object.fromEntries([...FILES, 'app', 'app/data', 'run/board'].map((file) => {
  const { mode, uid, gid } = statSync(path.join(root, file));
  return [file, `${mode.toString(8)} ${uid}:${gid} ${FILES.includes(file) ? text(file) : ''}`];
}));

hostTest('uwsgi-stack on the machine, from scan to undo', ['supervisord', 'uwsgi', 'celery', 'redis-server', 'nginx', 'flask'], async (t) => {
  assert.ok(!accountThere(ACCOUNT), `this machine has an account ${ACCOUNT} already`);
  const ports = { redis: await freePort(), nginx: await freePort() };
  const project = hostProject(t, adapted(ports), [ACCOUNT]);
  const [config, socket] = [`${project.root}/app/supervisord.conf`, `${project.root}/run/board/board.sock`];
  project.start('redis-server', '--bind', '127.0.0.1', '--port', String(ports.redis), '--save', '');
  const master = project.start('supervisord', '-c', config, '-q', `${project.root}/run`);
  project.start('nginx', '-c', `${project.root}/proxy/nginx.conf`, '-g', `daemon off; pid ${project.root}/run/nginx.pid; error_log ${project.root}/run/nginx.log;`);
  const url = `http://127.0.0.1:${ports.nginx}/`;

  const control = (user: number, ...words: string[]): string => {
    const { stdout, stderr } = spawnSync('setpriv', ['--reuid', String(user), '--regid', String(user), '--clear-groups', '/usr/bin/supervisorctl', '-c', config, ...words], { encoding: 'utf8' });
    return stdout + stderr;
  };
  const uids = (word: string): number[] => [...new Set(processesBelow(master, word).map((p) => p.uid))];
  /** A notice that a reader posts is written by the app and announced by the worker. */
  let posted = 0;
  const works = async (owner: number): Promise<void> => {
    const words = `Boat number ${posted} for sale`;
    const told = await fetch(`${url}notices`, { method: 'POST', body: words });
    assert.equal(told.status, 201);
    const file = `${project.root}/app/data/notices/${posted++}.txt`;
    assert.equal(readFileSync(file, 'utf8'), words);
    assert.equal(statSync(file).uid, owner);
    for (let i = 0; i < 100; i++) {
      if (control(0, 'tail', '-8000', 'worker', 'stderr').includes(`] ${words}`)) return;
      await pause(200);
    }
    assert.fail('the worker announced nothing');
  };
  await untilThere(socket);
  await untilAnswers(url);
  const before = standing(project);

  await t.test('as it is, all of it is root, and a stranger commands it', async () => {
    for (const word of ['uwsgi.ini', 'celery', 'counter.py']) assert.deepEqual(uids(word), [0], word);
    assert.match(control(STRANGER, 'restart', 'counter'), /counter: started/);
    assert.ok(connectsAs(STRANGER, socket));
    await works(0);
  });

  await t.test('scan finds each with the line that decides', async () => {
    const scan = read(await project.harden('scan', '--format', 'json'));
    for (const [risk, file] of [['uwsgi-root', 'app/uwsgi.ini'], ['socket-mode', 'app/uwsgi.ini'], ['supervisor-root-program', 'app/supervisord.conf'], ['celery-root-worker', 'app/supervisord.conf'], ['supervisor-open-control', 'app/supervisord.conf'], ['sudoers-wildcard', 'deploy/board.sudoers']] as const) {
      const found = scan.findings.filter((f) => f.risk === risk);
      assert.deepEqual(found.map((f) => f.locations[0]?.file), [file], risk);
      assert.equal(found[0]?.confidence, risk === 'sudoers-wildcard' ? 'declared' : 'seen', risk);
    }
  });

  await t.test('fix --yes --system-files: nobody but supervisord is root, and all of it works', async () => {
    const told = await project.harden('fix', '--yes', '--system-files', ...RISKS.flatMap((risk) => ['--risk', risk]));
    assert.equal(told.code, 0, said(told));
    assert.equal(told.stdout.match(/^gone /gm)?.length, RISKS.length, said(told));
    assert.match(told.stderr, new RegExp(`Foreseen: ${RISKS.length} gone`));
    const uid = Number(spawnSync('id', ['-u', ACCOUNT], { encoding: 'utf8' }).stdout);
    for (const word of ['uwsgi.ini', 'celery', 'counter.py']) assert.deepEqual(uids(word), [uid], word);
    const { mode, uid: owner, gid } = statSync(socket);
    assert.deepEqual([(mode & 0o777).toString(8), owner, gid], ['660', WWW_DATA, Number(spawnSync('id', ['-g', ACCOUNT], { encoding: 'utf8' }).stdout)]);
    assert.ok(!connectsAs(STRANGER, socket), 'a stranger gets in');
    assert.ok(connectsAs(WWW_DATA, socket), 'nginx does not get in');
    assert.match(control(STRANGER, 'status'), /Permission denied/);
    assert.match(control(0, 'status'), /counter\s+RUNNING/);
    await works(uid);
    // The code stays root's.
    for (const file of ['app', 'app/board.py', 'app/uwsgi.ini']) assert.equal(statSync(path.join(project.root, file)).uid, 0, file);
    assert.equal(spawnSync('visudo', ['-cf', path.join(project.root, 'deploy/board.sudoers')]).status, 0);
  });

  await t.test('undo puts everything back, and the account is gone', async () => {
    const told = await project.harden('undo', '--yes');
    assert.equal(told.code, 0, said(told));
    assert.deepEqual(standing(project), before);
    assert.ok(!accountThere(ACCOUNT));
    for (const word of ['uwsgi.ini', 'celery', 'counter.py']) assert.deepEqual(uids(word), [0], word);
    assert.ok(connectsAs(STRANGER, socket));
    // Also what came in between: nobody who gets that number next owns it.
    assert.deepEqual([0, 1].map((n) => statSync(`${project.root}/app/data/notices/${n}.txt`).uid), [0, 0]);
    await works(0);
  });
  assert.ok(existsSync(socket));
}, { timeout: 4 * 60_000 });
