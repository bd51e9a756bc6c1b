import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort, hostProject, hostTest, supervisord, untilAnswers, WSGI } from '../helpers/host.ts';
import { said } from '../helpers/scan.ts';

hostTest('a uWSGI that reloads when it is told to stop', ['supervisord', 'uwsgi'], async (t) => {
  const port = await freePort();
  const ini = `[uwsgi]\nplugin = python3\nhttp-socket = 127.0.0.1:${port}\nmodule = app:app\nmaster = true\nuid = 10021\ngid = 10021\n`;
  const project = hostProject(t, { 'app.py': WSGI, 'desk.ini': ini, 'supervisord.conf': supervisord('\n[program:desk]\ncommand=/usr/bin/uwsgi --ini desk.ini\ndirectory=ROOT\nstopwaitsecs=5\nkillasgroup=true\n') });
  project.start('supervisord', '-c', 'supervisord.conf');
  const url = `http://127.0.0.1:${port}/`;
  await untilAnswers(url);
  const control = (...words: string[]): void => { spawnSync('/usr/bin/supervisorctl', ['-c', `${project.root}/supervisord.conf`, ...words], { timeout: 40_000 }); };
  /** supervisord says in its log how the program ended. */
  const stopped = async (): Promise<string> => {
    control('stop', 'desk');
    const last = /stopped: desk \((.*)\)/.exec(project.read('supervisord.log').split('\n').filter((l) => l.includes('stopped: desk')).at(-1) ?? '')?.[1] ?? '';
    control('start', 'desk');
    await untilAnswers(url);
    return last;
  };
  assert.match(await stopped(), /SIGKILL/);

  const fixed = await project.harden('fix', '--yes', '--risk', 'unclean-stop');
  assert.equal(fixed.code, 0, said(fixed));
  assert.match(await stopped(), /SIGKILL/, 'it was started anew for it');
  assert.match(await stopped(), /exit status/);

  const back = await project.harden('undo', '--yes');
  assert.equal(back.code, 0, said(back));
  assert.equal(project.read('desk.ini'), ini);
});

const SLOW = `import time


def app(environ, start_response):
    time.sleep(float(environ.get("QUERY_STRING") or 0))
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"done\\n"]
`;

hostTest('a request that is answered before uWSGI stops, and a socket that is not left behind', ['supervisord', 'uwsgi'], async (t) => {
  const port = await freePort();
  const ini = `[uwsgi]\nplugin = python3\nhttp-socket = 127.0.0.1:${port}\nsocket = ROOT/run/desk.sock\nmodule = app:app\nmaster = true\nprocesses = 2\nuid = 10021\ngid = 10021\n`;
  const project = hostProject(t, { 'app.py': SLOW, 'desk.ini': ini, 'run/.keep': '', 'supervisord.conf': supervisord('\n[program:desk]\ncommand=/usr/bin/uwsgi --ini desk.ini\ndirectory=ROOT\nstopwaitsecs=5\nkillasgroup=true\n') });
  chownSync(`${project.root}/run`, 10021, 10021);
  project.start('supervisord', '-c', 'supervisord.conf');
  const url = `http://127.0.0.1:${port}/`;
  await untilAnswers(url);
  const control = (...words: string[]): void => { spawnSync('/usr/bin/supervisorctl', ['-c', `${project.root}/supervisord.conf`, ...words], { timeout: 40_000 }); };
  const stoppedInBetween = async (): Promise<readonly [number | undefined, boolean]> => {
    const asked = fetch(`${url}?2.5`).then((r) => r.status, () => undefined);
    await pause(700);
    const child = spawn('/usr/bin/supervisorctl', ['-c', `${project.root}/supervisord.conf`, 'stop', 'desk'], { stdio: 'ignore' });
    await new Promise((done) => child.on('exit', done));
    const seen = [await asked, existsSync(`${project.root}/run/desk.sock`)] as const;
    control('start', 'desk');
    await untilAnswers(url);
    return seen;
  };
  const fixed = await project.harden('fix', '--yes', '--risk', 'unclean-stop');
  assert.equal(fixed.code, 0, said(fixed));
  assert.match(project.read('desk.ini'), /^hook-master-start = unix_signal:15 gracefully_kill_them_all\nvacuum = true$/m);
  // The one that ran before did not know of it.
  control('restart', 'desk');
  await untilAnswers(url);
  assert.deepEqual(await stoppedInBetween(), [200, false]);
}, { long: true });

const WORKER = `import time
from celery import Celery

app = Celery("tasks", broker="redis://127.0.0.1:PORT/0")


@app.task
def slow():
    time.sleep(4)
    open("ROOT/done/one", "w").write("done")
`;

hostTest('a task that is ended although its worker is stopped', ['supervisord', 'redis-server', 'celery'], async (t) => {
  const port = await freePort();
  const program = '\n[program:worker]\ncommand=/usr/bin/python3 -m celery -A tasks worker -c 1\ndirectory=ROOT\nuser=nobody\nstopasgroup=true\nstdout_logfile=ROOT/worker.log\nredirect_stderr=true\n';
  const project = hostProject(t, { 'tasks.py': WORKER.replaceAll('PORT', String(port)), 'done/.keep': '', 'supervisord.conf': supervisord(program) });
  chmodSync(`${project.root}/done`, 0o777);
  project.start('redis-server', '--port', String(port), '--save', '');
  project.start('supervisord', '-c', 'supervisord.conf');
  const ready = async (times: number): Promise<void> => {
    for (let i = 0; i < 150 && (existsSync(`${project.root}/worker.log`) ? project.read('worker.log').split(' ready.').length - 1 : 0) < times; i++) await pause(200);
  };
  const stoppedAtWork = async (): Promise<boolean> => {
    spawnSync('/usr/bin/python3', ['-c', 'from tasks import slow; slow.delay()'], { cwd: project.root, timeout: 30_000 });
    await pause(1500);
    spawnSync('/usr/bin/supervisorctl', ['-c', `${project.root}/supervisord.conf`, 'stop', 'worker'], { timeout: 40_000 });
    return existsSync(`${project.root}/done/one`);
  };
  await ready(1);
  assert.equal(await stoppedAtWork(), false, 'it was lost as it is');
  spawnSync('/usr/bin/supervisorctl', ['-c', `${project.root}/supervisord.conf`, 'start', 'worker']);
  await ready(2);
  const fixed = await project.harden('fix', '--yes', '--risk', 'unclean-stop');
  assert.equal(fixed.code, 0, said(fixed));
  assert.match(project.read('supervisord.conf'), /stopasgroup=false\nkillasgroup=true/);
  await ready(3);
  assert.equal(await stoppedAtWork(), true);
}, { long: true });
