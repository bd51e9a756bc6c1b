import assert from 'node:assert/strict';
import { existsSync, rmSync, statSync } from 'node:fs';
import { freePort, hostProject, hostTest, supervisord, untilAnswers, WSGI } from '../helpers/host.ts';
import { said } from '../helpers/scan.ts';

/** Names that nobody else has: they become a folder in /run. */
const NAME = `ht-tmp-${process.pid}`;

hostTest('a uWSGI with its pid file and its statistics in /tmp', ['supervisord', 'uwsgi'], async (t) => {
  const port = await freePort();
  const ini = `[uwsgi]\nplugin = python3\nhttp-socket = 127.0.0.1:${port}\nmodule = app:app\nmaster = true\ndie-on-term = true\nuid = 10021\ngid = 10021\npidfile = /tmp/${NAME}.pid\nstats = /tmp/${NAME}.stats\n`;
  const project = hostProject(t, { 'app.py': WSGI, 'desk.ini': ini, 'supervisord.conf': supervisord(`\n[program:${NAME}]\ncommand=/usr/bin/uwsgi --ini desk.ini\ndirectory=ROOT\n`) });
  t.after(() => { for (const path of [`/tmp/${NAME}.pid`, `/tmp/${NAME}.stats`, `/run/${NAME}`, `/etc/tmpfiles.d/${NAME}.conf`]) rmSync(path, { recursive: true, force: true }); });
  project.start('supervisord', '-c', 'supervisord.conf');
  const url = `http://127.0.0.1:${port}/`;
  await untilAnswers(url);
  assert.ok(existsSync(`/tmp/${NAME}.pid`));

  const fixed = await project.harden('fix', '--yes', '--system-files', '--risk', 'files-in-tmp');
  assert.equal(fixed.code, 0, said(fixed));
  await untilAnswers(url);
  const { mode, uid } = statSync(`/run/${NAME}`);
  assert.deepEqual([(mode & 0o777).toString(8), uid], ['755', 10021]);
  for (const file of ['pid', 'stats']) assert.ok(existsSync(`/run/${NAME}/${NAME}.${file}`), file);
  assert.ok(existsSync(`/etc/tmpfiles.d/${NAME}.conf`), 'nothing makes the folder after the next start');

  const back = await project.harden('undo', '--yes');
  assert.equal(back.code, 0, said(back));
  assert.equal(project.read('desk.ini'), ini);
  assert.ok(!existsSync(`/etc/tmpfiles.d/${NAME}.conf`));
  await untilAnswers(url);
});

const OTHER = `ht-pid-${process.pid}`;

hostTest('a gunicorn with its pid file in /tmp', ['supervisord', 'gunicorn'], async (t) => {
  const port = await freePort();
  const program = `\n[program:${OTHER}]\ncommand=/usr/bin/gunicorn -b 127.0.0.1:${port} --pid /tmp/${OTHER}.pid app:app\ndirectory=ROOT\nuser=nobody\n`;
  const project = hostProject(t, { 'app.py': WSGI, 'supervisord.conf': supervisord(program) });
  t.after(() => { for (const path of [`/tmp/${OTHER}.pid`, `/run/${OTHER}`, `/etc/tmpfiles.d/${OTHER}.conf`]) rmSync(path, { recursive: true, force: true }); });
  project.start('supervisord', '-c', 'supervisord.conf');
  const url = `http://127.0.0.1:${port}/`;
  await untilAnswers(url);
  assert.ok(existsSync(`/tmp/${OTHER}.pid`));
  const fixed = await project.harden('fix', '--yes', '--system-files', '--risk', 'files-in-tmp');
  assert.equal(fixed.code, 0, said(fixed));
  await untilAnswers(url);
  assert.ok(existsSync(`/run/${OTHER}/${OTHER}.pid`));
  assert.equal(statSync(`/run/${OTHER}`).uid, 65534);
  const back = await project.harden('undo', '--yes');
  assert.equal(back.code, 0, said(back));
  await untilAnswers(url);
  assert.ok(existsSync(`/tmp/${OTHER}.pid`));
}, { long: true });
