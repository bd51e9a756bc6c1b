// gunicorn's unix socket on this machine, open to everybody, with a real nginx in front of it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { freePort, hostProject, hostTest, supervisord, untilAnswers, WSGI } from '../helpers/host.ts';
import { said } from '../helpers/scan.ts';

const CONNECT = 'import socket, sys; socket.socket(socket.AF_UNIX).connect(sys.argv[1])';
/** A real connect as another user of this machine. */
const connectsAs = (uid: number, file: string): boolean => spawnSync('setpriv', ['--reuid', String(uid), '--regid', String(uid), '--clear-groups', '/usr/bin/python3', '-c', CONNECT, file]).status === 0;
const STRANGER = 64000;
const WWW_DATA = 33;

for (const [how, user, words] of [
  ['a root master whose workers have a user', 'user = \'games\'\ngroup = \'games\'\n', []],
  ['workers as root, closed together with them', '', ['--risk', 'gunicorn-root-workers']],
] as const) {
  const name = `ht-sock-${words.length}-${process.pid}`;
  hostTest(`gunicorn's socket on the machine: ${how}`, ['supervisord', 'gunicorn', 'nginx'], async (t) => {
    t.after(() => spawnSync('userdel', [name]));
    const door = await freePort();
    const project = hostProject(t, {
      'app.py': WSGI,
      'gunicorn.conf.py': `bind = 'unix:ROOT/app.sock'\nworkers = 2\n${user}`,
      'nginx.conf': `user www-data;\ndaemon off;\npid ROOT/nginx.pid;\nerror_log ROOT/nginx.log;\nevents {}\nhttp {\n    access_log off;\n    server {\n        listen 127.0.0.1:${door};\n        location / {\n            proxy_pass http://unix:ROOT/app.sock;\n        }\n    }\n}\n`,
      'supervisord.conf': supervisord(`\n[program:${name}]\ncommand=/usr/bin/gunicorn -c ROOT/gunicorn.conf.py app:app\ndirectory=ROOT\n\n[program:front]\ncommand=nginx -c ROOT/nginx.conf\n`),
    });
    const before = project.read('gunicorn.conf.py');
    project.start('supervisord', '-c', 'supervisord.conf');
    const url = `http://127.0.0.1:${door}/`;
    const socket = path.join(project.root, 'app.sock');
    await untilAnswers(url);
    assert.ok(connectsAs(STRANGER, socket), 'as it is, a stranger gets in');

    await t.test('is closed to strangers, and nginx goes on', async () => {
      const told = await project.harden('fix', '--yes', '--system-files', '--risk', 'socket-mode', ...words);
      assert.equal(told.code, 0, said(told));
      assert.match(told.stdout, /^gone /m);
      await untilAnswers(url);
      const { mode, gid } = statSync(socket);
      assert.deepEqual([(mode & 0o777).toString(8), gid], ['660', WWW_DATA]);
      assert.ok(!connectsAs(STRANGER, socket), 'a stranger gets in');
      assert.ok(connectsAs(WWW_DATA, socket), 'nginx does not get in');
    });

    await t.test('undo opens it again', async () => {
      const told = await project.harden('undo', '--yes');
      assert.equal(told.code, 0, said(told));
      assert.equal(project.read('gunicorn.conf.py'), before);
      await untilAnswers(url);
      assert.ok(connectsAs(STRANGER, socket));
    });
  }, { long: words.length > 0 });
}
