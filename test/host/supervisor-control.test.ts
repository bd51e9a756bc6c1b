import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { freePort, hostProject, hostTest, supervisord, untilThere, type HostProject } from '../helpers/host.ts';
import { said } from '../helpers/scan.ts';

const SLEEPER = '\n[program:sleeper]\ncommand=sleep 1000\nuser=nobody\n';

/** The real supervisorctl, as a user without any rights. */
const asStranger = (...words: string[]): { readonly code: number | null; readonly out: string } => {
  const { status, stdout, stderr } = spawnSync('setpriv', ['--reuid', '65534', '--regid', '65534', '--clear-groups', '/usr/bin/supervisorctl', ...words], { encoding: 'utf8' });
  return { code: status, out: stdout + stderr };
};
const asRoot = (...words: string[]): string => { const { stdout, stderr } = spawnSync('/usr/bin/supervisorctl', words, { encoding: 'utf8' }); return stdout + stderr; };
const conf = (project: HostProject): string => `${project.root}/supervisord.conf`;

hostTest('a supervisord whose socket is 0777', ['supervisord'], async (t) => {
  const project = hostProject(t, { 'supervisord.conf': supervisord(SLEEPER).replace('chmod=0700', 'chmod=0777') });
  const before = project.read('supervisord.conf');
  project.start('supervisord', '-c', 'supervisord.conf');
  const socket = `${project.root}/supervisor.sock`;
  await untilThere(socket);

  await t.test('obeys a stranger', () => assert.match(asStranger('-c', conf(project), 'restart', 'sleeper').out, /sleeper: started/));

  await t.test('unix-socket: only root is heard', async () => {
    const told = await project.harden('fix', '--yes', '--risk', 'supervisor-open-control');
    assert.equal(told.code, 0, said(told));
    assert.match(told.stdout, /stranger refused/);
    assert.equal(statSync(socket).mode & 0o777, 0o700);
    assert.match(asStranger('-c', conf(project), 'status').out, /Permission denied/);
    assert.match(asRoot('-c', conf(project), 'status'), /sleeper\s+RUNNING/);
    const back = await project.harden('undo', '--yes');
    assert.equal(back.code, 0, said(back));
    assert.equal(project.read('supervisord.conf'), before);
    await untilThere(socket);
  });
});

hostTest('a supervisord that listens on a port without a password', ['supervisord'], async (t) => {
  const port = await freePort();
  const project = hostProject(t, { 'supervisord.conf': supervisord(SLEEPER).replace('[rpcinterface', `[inet_http_server]\nport=*:${port}\n\n[rpcinterface`) });
  const before = project.read('supervisord.conf');
  const url = `http://127.0.0.1:${port}`;
  project.start('supervisord', '-c', 'supervisord.conf');
  await untilThere(`${project.root}/supervisor.sock`);

  await t.test('obeys whoever reaches it', () => assert.match(asStranger('-s', url, 'restart', 'sleeper').out, /sleeper: started/));

  await t.test('password: no login, no answer; the hash lets nobody in, the file beside it does', async () => {
    const told = await project.harden('fix', '--yes', '--risk', 'supervisor-open-control', '--fix', 'supervisor-open-control=password');
    assert.equal(told.code, 0, said(told));
    assert.match(told.stdout, /401/);
    assert.match(told.stdout.replace(/\s+/g, ' '), /supervisorctl needs it now, too: supervisorctl -u admin/);
    assert.match(asStranger('-s', url, 'status').out, /requires authentication/);
    const [, hash = ''] = /^password=(\{SHA\}[0-9a-f]{40})$/m.exec(project.read('supervisord.conf')) ?? [];
    assert.notEqual(hash, '');
    assert.match(asRoot('-s', url, '-u', 'admin', '-p', hash, 'status'), /requires authentication/);
    const password = project.read('supervisor.password').trim();
    assert.match(asRoot('-s', url, '-u', 'admin', '-p', password, 'status'), /sleeper\s+RUNNING/);
    assert.equal(statSync(`${project.root}/supervisor.password`).mode & 0o777, 0o600);
    assert.ok(!said(told).includes(password), 'the password was printed');
    const back = await project.harden('undo', '--yes');
    assert.equal(back.code, 0, said(back));
    assert.equal(project.read('supervisord.conf'), before);
  });

  await t.test('unix-socket: nobody listens there any more, and root still gets through', async () => {
    const told = await project.harden('fix', '--yes', '--risk', 'supervisor-open-control');
    assert.equal(told.code, 0, said(told));
    assert.notEqual(asStranger('-s', url, 'status').code, 0);
    assert.match(asRoot('-c', conf(project), 'status'), /sleeper\s+RUNNING/);
    const back = await project.harden('undo', '--yes');
    assert.equal(back.code, 0, said(back));
  });
});
