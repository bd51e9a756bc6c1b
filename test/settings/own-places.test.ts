import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { namedPlaces, ownPlaces } from '../../source/settings/own-places.ts';

const seen = (written: readonly string[], more: { modified?: readonly string[]; directories?: readonly string[]; workdir?: string } = {}) =>
  ownPlaces({ written, modified: more.modified ?? [], directories: more.directories ?? [], ...(more.workdir === undefined ? {} : { workdir: more.workdir }) }, []);

describe('what a container wrote, and what it takes to let somebody else write it', () => {
  it('gives folders away, never those of the system', () => {
    assert.deepEqual(seen(['/data', '/data/a', '/data/b']).folders, ['/data', '/data']);
    for (const path of ['/srv/a.db', '/opt/a.db', '/var/lib/a.db', '/var/spool/a.db', '/a.db', '/home/a.db']) {
      assert.deepEqual([seen([path]).folders, seen([path]).made], [[], [path]], path);
    }
  });
  it('knows a folder that is empty, and leaves alone what nobody could look at', () => {
    assert.deepEqual(seen(['/mailbox'], { directories: ['/mailbox'] }).folders, ['/mailbox']);
    const unread = ownPlaces({ written: ['/mailbox', '/etc/app/app.conf'], modified: [] }, []);
    assert.deepEqual([unread.folders, unread.made], [[], []]);
  });
  it('never hands over what decides who is who, or what is run', () => {
    const never = ['/etc/passwd', '/etc/hosts', '/etc/sudoers.d/app', '/etc/cron.d/app', '/etc/ssl/certs/app.pem', '/etc/pam.d/app', '/usr/bin/app', '/usr/local/bin/app', '/usr/lib/app.so', '/bin/sh', '/lib/x', '/dev/x', '/proc/x'];
    for (const path of never) {
      const { folders, files, made, run } = seen([path], { modified: path === '/etc/passwd' ? [path] : [] });
      assert.deepEqual([folders, files, made, run], [[], [], [], false], path);
    }
  });
  it('takes a configuration that a script fills in, and no other one', () => {
    assert.deepEqual(seen(['/etc', '/etc/app', '/etc/app/app.conf'], { modified: ['/etc', '/etc/app'] }).made, ['/etc/app/app.conf']);
    assert.deepEqual(seen(['/etc', '/etc/app', '/etc/app/app.conf'], { modified: ['/etc', '/etc/app', '/etc/app/app.conf'] }).made, []);
    assert.deepEqual(seen(['/etc', '/etc/app', '/etc/app/app.conf'], { modified: ['/etc'] }).folders, ['/etc/app']);
  });
  it('opens /run for files right in it, and gives an own folder there away', () => {
    assert.deepEqual([seen(['/run/app.pid']).run, seen(['/var/run/app.pid']).run, seen(['/run/app/app.pid']).run], [true, true, false]);
    assert.deepEqual(seen(['/run/app/app.pid']).folders, ['/run/app']);
    assert.deepEqual(seen(['/run/nginx.pid', '/run/supervisor.sock', '/run/lock/x', '/run/secrets/y']).run, false);
  });
  it('follows the folder that an app works in, wherever it lies', () => {
    assert.deepEqual(seen(['/usr/local/lib/app/var/a'], { workdir: '/usr/local/lib/app' }).folders, ['/usr/local/lib/app/var']);
    assert.deepEqual(seen(['/root/pastes/1'], { workdir: '/root' }), { folders: ['/root/pastes'], files: [], made: [], run: false, home: false });
    assert.equal(seen(['/root/.cache/x']).home, true);
    assert.equal(seen(['/root/.cache/x'], { workdir: '/' }).home, true);
    assert.deepEqual(seen(['/a.db'], { workdir: '/' }).made, ['/a.db']);
  });
  it('knows one that installs packages when it starts', () => {
    assert.deepEqual(seen(['/usr/local/lib/python3.11/dist-packages/house.py']), { folders: [], files: [], made: [], run: false, home: true });
    assert.equal(seen(['/usr/lib/python3/dist-packages/__pycache__/a.pyc']).home, false);
  });
  it('reads the files that a command line names', () => {
    assert.deepEqual(namedPlaces(['/app/logs/a.log', '/var/log/a.log', '/run/a.pid', '/dev/stdout', '/tmp/x'], '/app'), { folders: ['/app/logs'], files: [], made: ['/var/log/a.log'], run: true, home: false });
  });
});
