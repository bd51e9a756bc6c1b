import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { accountThere, freePort, hostProject, hostTest, processesBelow, supervisord, untilAnswers, WSGI } from '../helpers/host.ts';
import { said } from '../helpers/scan.ts';

/** Its name becomes the account's, so it has to be free on this machine. */
const NAME = `ht-web-${process.pid}`;

hostTest('a gunicorn that supervisord starts as root', ['supervisord', 'gunicorn'], async (t) => {
  const [port, other] = [await freePort(), await freePort()];
  const program = (name: string, at: number): string => `
[program:${name}]
command=/usr/bin/gunicorn -w 2 -b 127.0.0.1:${at} app:app
directory=ROOT
`;
  const project = hostProject(t, {
    'app.py': WSGI,
    'supervisord.conf': supervisord(program(NAME, port) + program('neighbour', other).replace('ROOT', 'ROOT\nuser=nobody')),
  }, [NAME]);
  const before = project.read('supervisord.conf');
  const master = project.start('supervisord', '-c', 'supervisord.conf');
  const [url, next] = [port, other].map((p) => `http://127.0.0.1:${p}/`);
  assert.match(await untilAnswers(url!), /served by 0/);
  await untilAnswers(next!);
  const workers = (at: number) => processesBelow(master, `127.0.0.1:${at}`).slice(1);
  while ([port, other].some((at) => workers(at).length < 2)) await pause(200);
  const neighbours = workers(other).map((p) => p.pid);

  await t.test('is found with its line and its processes, without Docker', async () => {
    const told = await project.harden('scan', '--format', 'json');
    const { findings } = JSON.parse(told.stdout) as { findings: { risk: string; confidence: string; subjects: { name: string }[]; locations: { file: string }[] }[] };
    const found = findings.find((f) => f.risk === 'gunicorn-root-workers' && f.subjects.some((s) => s.name === NAME));
    assert.equal(found?.confidence, 'seen', said(told));
    assert.deepEqual(found.locations.map((l) => l.file), ['supervisord.conf']);
  });

  await t.test('fix prints the diff and the commands, and touches nothing', async () => {
    const told = await project.harden('fix', '--risk', 'gunicorn-root-workers', '--fix', 'gunicorn-root-workers=cli-flags');
    assert.equal(told.code, 0, said(told));
    assert.match(told.stdout, /^\+command=.*--user/m);
    assert.match(told.stderr, new RegExp(`useradd .*${NAME}`));
    assert.match(told.stderr, new RegExp(`supervisorctl -c .*supervisord.conf update ${NAME}`));
    assert.equal(project.read('supervisord.conf'), before);
    assert.ok(!accountThere(NAME));
  });

  await t.test('--yes alone makes no account on this machine, and says what to add', async () => {
    const told = await project.harden('fix', '--yes', '--risk', 'gunicorn-root-workers', '--fix', 'gunicorn-root-workers=cli-flags');
    assert.equal(told.code, 2, said(told));
    assert.match(told.stderr, /--system-files/);
    assert.equal(project.read('supervisord.conf'), before);
  });

  await t.test('--yes --system-files: the new workers are somebody else, and the neighbour was left alone', async () => {
    const told = await project.harden('fix', '--yes', '--system-files', '--risk', 'gunicorn-root-workers', '--fix', 'gunicorn-root-workers=cli-flags');
    assert.equal(told.code, 0, said(told));
    assert.match(told.stdout, /^gone /m);
    const [, first] = /:(\d+):\d+:/.exec(spawnSync('getent', ['passwd', NAME], { encoding: 'utf8' }).stdout) ?? [];
    const now = workers(port);
    assert.equal(now.length, 2);
    for (const p of now) {
      assert.equal(p.uid, Number(first));
      assert.notEqual(p.gid, 0);
      assert.ok(!p.groups.includes(0), 'root\'s group is left in their list');
    }
    assert.match(await untilAnswers(url!), new RegExp(`served by ${first}`));
    assert.deepEqual(workers(other).map((p) => p.pid), neighbours);
  });

  await t.test('undo brings file, account and process back', async () => {
    const told = await project.harden('undo', '--yes');
    assert.equal(told.code, 0, said(told));
    assert.equal(project.read('supervisord.conf'), before);
    assert.ok(!accountThere(NAME), 'the account is still there');
    assert.match(await untilAnswers(url!), /served by 0/);
    assert.deepEqual(workers(other).map((p) => p.pid), neighbours);
  });
});

/** Nothing but a signal reaches this one. */
const unheard = (more: string): string => supervisord(more).replace(/\[unix_http_server\][^[]*\[rpcinterface:supervisor\][^[]*\[supervisorctl\][^[]*/, '');

for (const served of [true, false]) hostTest(`a change that a supervised program does not survive is taken back${served ? '' : ', without a control socket'}`, ['supervisord', 'gunicorn'], async (t) => {
  const port = await freePort();
  const name = `ht-frail-${process.pid}`;
  // It can write its log only as root, and says so only in that moment: supervisord calls it RUNNING all the same. A name that
  // stood there in one word would be handed over with the user.
  const app = `import time
time.sleep(1.5)
open("ROOT/only-%s.log" % "root", "a").close()
${WSGI}`;
  const project = hostProject(t, {
    'app.py': app,
    'supervisord.conf': (served ? supervisord : unheard)(`
[program:${name}]
command=/usr/bin/gunicorn app:app
directory=ROOT
startretries=1
`),
    'gunicorn.conf.py': `bind = "127.0.0.1:${port}"\n`,
  }, [name]);
  const before = project.read('gunicorn.conf.py');
  project.start('supervisord', '-c', 'supervisord.conf');
  await untilAnswers(`http://127.0.0.1:${port}/`);
  const told = await project.harden('fix', '--yes', '--system-files', '--risk', 'gunicorn-root-workers', '--fix', 'gunicorn-root-workers=user-group');
  assert.equal(told.code, 3, said(told));
  // Its own section did not change, so an update would have done nothing.
  assert.match(told.stderr, served ? new RegExp(`supervisorctl -c .* restart ${name}`) : /kill -HUP/);
  // By its own log, which supervisord keeps for it.
  assert.match(told.stderr, /PermissionError/);
  assert.equal(project.read('gunicorn.conf.py'), before);
  assert.ok(!accountThere(name));
  assert.match(await untilAnswers(`http://127.0.0.1:${port}/`), /served by 0/);
}, { long: !served });
