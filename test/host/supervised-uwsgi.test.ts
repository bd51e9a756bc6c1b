import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { accountThere, freePort, hostProject, hostTest, processesBelow, supervisord, untilAnswers, untilThere, WSGI, type HostProject } from '../helpers/host.ts';
import { said } from '../helpers/scan.ts';

/** Names that become accounts, so they have to be free on this machine. */
const [APP, POLL] = [`ht-desk-${process.pid}`, `ht-poll-${process.pid}`];

const ini = (port: number, more = ''): string => `[uwsgi]
plugin = python3
http-socket = 127.0.0.1:${port}
module = app:app
master = true
processes = 2
die-on-term = true
${more}`;

const program = (name: string, command: string): string => `
[program:${name}]
command=${command}
directory=ROOT
`;

interface Found {
  readonly risk: string;
  readonly confidence: string;
  readonly subjects: readonly { readonly name: string }[];
  readonly locations: readonly { readonly file: string }[];
}

async function scan(project: HostProject): Promise<readonly Found[]> {
  const told = await project.harden('scan', '--format', 'json', '--severity', 'info');
  return (JSON.parse(told.stdout) as { findings: Found[] }).findings;
}

const INIT = 1;
const uids = (master: number, word: string): number[] => [...new Set(processesBelow(master, word).map((p) => p.uid))];
const numberOf = (name: string): number => Number(/:(\d+):\d+:/.exec(spawnSync('getent', ['passwd', name], { encoding: 'utf8' }).stdout)?.[1]);
const control = (project: HostProject, ...words: string[]): ReturnType<typeof spawnSync> => spawnSync('/usr/bin/supervisorctl', ['-c', `${project.root}/supervisord.conf`, ...words], { encoding: 'utf8' });

hostTest('a uWSGI that supervisord starts as root, and whose ini says nothing', ['supervisord', 'uwsgi'], async (t) => {
  const port = await freePort();
  const project = hostProject(t, { 'app.py': WSGI, 'desk.ini': ini(port), 'supervisord.conf': supervisord(program(APP, '/usr/bin/uwsgi --ini desk.ini')) });
  t.after(() => spawnSync('userdel', [APP]));
  const url = `http://127.0.0.1:${port}/`;
  const before = project.read('desk.ini');
  const master = project.start('supervisord', '-c', 'supervisord.conf');
  assert.match(await untilAnswers(url), /served by 0/);

  await t.test('is found with the ini that decides', async () => {
    const found = (await scan(project)).filter((f) => f.subjects.some((s) => s.name === APP));
    const root = found.find((f) => f.risk === 'uwsgi-root');
    assert.equal(root?.confidence, 'seen');
    assert.deepEqual(root.locations.map((l) => l.file), ['desk.ini']);
    assert.ok(!found.some((f) => f.risk === 'supervisor-root-program'), 'one cause, told twice');
  });

  await t.test('uid-gid: the ini names an account of its own, and undo takes both back', async () => {
    const told = await project.harden('fix', '--yes', '--system-files', '--risk', 'uwsgi-root');
    assert.equal(told.code, 0, said(told));
    assert.deepEqual(uids(master, 'desk.ini'), [numberOf(APP)]);
    assert.match(await untilAnswers(url), new RegExp(`served by ${numberOf(APP)}`));
    assert.match(project.read('desk.ini'), new RegExp(`^uid = ${APP}$`, 'm'));
    const back = await project.harden('undo', '--yes');
    assert.equal(back.code, 0, said(back));
    assert.equal(project.read('desk.ini'), before);
    assert.ok(!accountThere(APP));
    assert.match(await untilAnswers(url), /served by 0/);
  });

  await t.test('supervisor-flags: uid = root in the ini is not obeyed any more', async () => {
    const told = await project.harden('fix', '--yes', '--system-files', '--risk', 'uwsgi-root', '--fix', 'uwsgi-root=supervisor-flags');
    assert.equal(told.code, 0, said(told));
    const uid = numberOf(APP);
    assert.match(await untilAnswers(url), new RegExp(`served by ${uid}`));
    for (const more of ['uid = root\ngid = root\n', 'uid = 1\n']) {
      project.write('desk.ini', ini(port, more));
      control(project, 'restart', APP);
      assert.match(await untilAnswers(url), new RegExp(`served by ${uid}`), more);
      assert.deepEqual(uids(master, 'desk.ini'), [uid], more);
    }
    project.write('desk.ini', before);
    const back = await project.harden('undo', '--yes');
    assert.equal(back.code, 0, said(back));
    assert.match(await untilAnswers(url), /served by 0/);
  });
});

hostTest('a uWSGI whose user stands in front of its ini', ['supervisord', 'uwsgi'], async (t) => {
  const port = await freePort();
  const project = hostProject(t, { 'app.py': WSGI, 'desk.ini': ini(port), 'supervisord.conf': supervisord(program('desk', '/usr/bin/uwsgi --uid=10021 --gid=10021 --ini desk.ini')) });
  const url = `http://127.0.0.1:${port}/`;
  const master = project.start('supervisord', '-c', 'supervisord.conf');
  assert.match(await untilAnswers(url), /served by 10021/);

  await t.test('is somebody else with one line more in the file', async () => {
    project.write('desk.ini', ini(port, 'uid = 1\n'));
    control(project, 'restart', 'desk');
    assert.match(await untilAnswers(url), /served by 1\b/);
    project.write('desk.ini', ini(port));
    control(project, 'restart', 'desk');
    await untilAnswers(url);
    const found = (await scan(project)).find((f) => f.risk === 'overridable-user');
    assert.deepEqual(found?.locations.map((l) => l.file), ['supervisord.conf']);
  });

  await t.test('flags-win: it stays who it is, whatever user the file names', async () => {
    const told = await project.harden('fix', '--yes', '--risk', 'overridable-user');
    assert.equal(told.code, 0, said(told));
    for (const more of ['uid = root\n', 'uid = 1\n', 'uid = root\nuid = 1\n']) {
      project.write('desk.ini', ini(port, more));
      control(project, 'restart', 'desk');
      assert.match(await untilAnswers(url), /served by 10021/, more);
    }
    assert.deepEqual(uids(master, 'desk.ini'), [10021]);
  });

  await t.test('and a command of the file runs as root all the same, as the explanation says', async () => {
    project.write('desk.ini', ini(port, 'exec-asap = id -u > ROOT/who\n'.replace('ROOT', project.root)));
    control(project, 'restart', 'desk');
    await untilAnswers(url);
    assert.equal(project.read('who').trim(), '0');
  });
});

/** It holds a database open and a log, the one in a folder of its own, the other beside the code. */
/** Its worker stays when it is stopped, as one of uWSGI does that is just being started: supervisord ends the program alone. */
const POLLS = `import os, signal, sqlite3, time
print(os.environ.get("HOME"), flush=True)
if os.fork() == 0:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        time.sleep(1)
log = open("ROOT/poll.txt", "a")
store = sqlite3.connect("ROOT/store/poll.sqlite3")
store.execute("create table if not exists seen (uid integer)")
while True:
    store.execute("insert into seen values (?)", [os.getuid()])
    store.commit()
    print(os.getuid(), file=log, flush=True)
    time.sleep(0.5)
`;

hostTest('a script that supervisord runs as root', ['supervisord'], async (t) => {
  const project = hostProject(t, {
    'poll.py': POLLS,
    'store/.keep': '',
    'supervisord.conf': supervisord(program(POLL, '/usr/bin/python3 ROOT/poll.py').replace('directory=', 'stdout_logfile=ROOT/poll.log\ndirectory=')),
  });
  t.after(() => spawnSync('userdel', [POLL]));
  const before = project.read('supervisord.conf');
  const master = project.start('supervisord', '-c', 'supervisord.conf');
  await untilThere(`${project.root}/poll.log`);
  assert.deepEqual(uids(master, 'poll.py'), [0]);

  await t.test('program-user: it is an account of its own, and has a HOME', async () => {
    const told = await project.harden('fix', '--yes', '--system-files', '--risk', 'supervisor-root-program');
    assert.equal(told.code, 0, said(told));
    assert.deepEqual(uids(master, 'poll.py'), [numberOf(POLL)]);
    assert.deepEqual(uids(INIT, `${project.root}/poll.py`), [numberOf(POLL)], 'the worker of root was left behind');
    const home = project.read('poll.log').trim().split('\n').at(-1);
    assert.equal(home, project.root);
  });

  await t.test('what it was seen writing is its own, and it writes on; the code is still root\'s', async () => {
    const uid = numberOf(POLL);
    const owner = (file: string): number => statSync(`${project.root}/${file}`).uid;
    assert.deepEqual(['store', 'store/poll.sqlite3', 'poll.txt', 'poll.py', '.', 'poll.log', 'supervisord.log'].map(owner), [uid, uid, uid, 0, 0, 0, 0]);
    await pause(1000);
    assert.equal(project.read('poll.txt').trim().split('\n').at(-1), String(uid));
  });

  await t.test('undo brings file, account and process back', async () => {
    const back = await project.harden('undo', '--yes');
    assert.equal(back.code, 0, said(back));
    assert.equal(project.read('supervisord.conf'), before);
    assert.ok(!accountThere(POLL));
    assert.deepEqual(uids(master, 'poll.py'), [0]);
    assert.equal(processesBelow(INIT, `${project.root}/poll.py`).length, 2);
    assert.deepEqual(['store', 'store/poll.sqlite3', 'poll.txt'].map((file) => statSync(`${project.root}/${file}`).uid), [0, 0, 0]);
  });
});
