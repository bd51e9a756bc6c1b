import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { accountThere, freePort, hostProject, hostTest, processesBelow, supervisord, untilAnswers, WSGI } from '../helpers/host.ts';
import { said } from '../helpers/scan.ts';

const NAME = `ht-sock-${process.pid}`;
const WWW = 33;

/** A real connect as somebody, past everything of ours. */
const connectsAs = (uid: number, path: string): boolean =>
  spawnSync('setpriv', ['--reuid', String(uid), '--regid', String(uid), '--clear-groups', '/usr/bin/python3', '-c', 'import socket, sys; socket.socket(socket.AF_UNIX).connect(sys.argv[1])', path]).status === 0;

hostTest('a uWSGI socket that every user of this machine may use, with nginx in front', ['supervisord', 'uwsgi', 'nginx'], async (t) => {
  const port = await freePort();
  const ini = '[uwsgi]\nplugin = python3\nmodule = app:app\nmaster = true\ndie-on-term = true\nsocket = ROOT/desk.sock\nchmod-socket = 666\n';
  const nginx = `user www-data;\npid ROOT/nginx.pid;\nerror_log stderr;\nevents {}\nhttp {\n    access_log off;\n    server {\n        listen 127.0.0.1:${port};\n        location / {\n            include /etc/nginx/uwsgi_params;\n            uwsgi_pass unix:ROOT/desk.sock;\n        }\n    }\n}\n`;
  const project = hostProject(t, {
    'app.py': WSGI, 'desk.ini': ini, 'nginx.conf': nginx,
    'supervisord.conf': supervisord(`\n[program:${NAME}]\ncommand=/usr/bin/uwsgi --ini desk.ini\ndirectory=ROOT\n\n[program:front]\ncommand=/usr/sbin/nginx -c ROOT/nginx.conf -g "daemon off;"\n`),
  });
  t.after(() => spawnSync('userdel', [NAME]));
  const socket = `${project.root}/desk.sock`;
  const master = project.start('supervisord', '-c', 'supervisord.conf');
  const url = `http://127.0.0.1:${port}/`;
  assert.match(await untilAnswers(url), /served by 0/);
  assert.ok(connectsAs(65534, socket), 'as it is, a stranger gets in');

  await t.test('group-socket: nginx gets in, a stranger does not, and the app is an account of its own', async () => {
    const told = await project.harden('fix', '--yes', '--system-files', '--risk', 'socket-mode');
    assert.equal(told.code, 0, said(told));
    const { mode, uid } = statSync(socket);
    assert.deepEqual([(mode & 0o777).toString(8), uid], ['660', WWW]);
    assert.ok(!connectsAs(65534, socket));
    assert.ok(connectsAs(WWW, socket));
    assert.doesNotMatch(await untilAnswers(url), /served by 0/);
    assert.ok(processesBelow(master, 'desk.ini').every((p) => p.uid !== 0));
    assert.match(project.read('desk.ini'), /^chown-socket = www-data:/m);
  });

  await t.test('undo brings file, account and socket back', async () => {
    const told = await project.harden('undo', '--yes');
    assert.equal(told.code, 0, said(told));
    assert.ok(!accountThere(NAME));
    assert.match(await untilAnswers(url), /served by 0/);
    assert.ok(connectsAs(65534, socket));
  });
});
