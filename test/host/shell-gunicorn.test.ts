import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { accountThere, freePort, hostProject, hostTest, processesBelow, untilAnswers, untilGone, WSGI } from '../helpers/host.ts';
import { said } from '../helpers/scan.ts';

/** The account that the fix makes is called after the program. */
const ACCOUNT = 'gunicorn';

/** It writes a file beside its code at every request, and holds it open for that moment alone. */
const APP = `import os
from served import app as served
HERE = os.path.dirname(os.path.abspath(__file__))
def app(environ, start_response):
    with open(os.path.join(HERE, 'orders.txt'), 'a') as orders:
        orders.write('one more\\n')
    return served(environ, start_response)
`;

hostTest('a gunicorn that somebody started in a shell', ['gunicorn'], async (t) => {
  assert.ok(!accountThere(ACCOUNT), `this machine has an account ${ACCOUNT} already`);
  const port = await freePort();
  const project = hostProject(t, { 'app.py': APP, 'served.py': WSGI, 'gunicorn.conf.py': `bind = "127.0.0.1:${port}"\nworkers = 2\n` }, [ACCOUNT]);
  const before = project.read('gunicorn.conf.py');
  const url = `http://127.0.0.1:${port}/`;
  const start = (): number => project.start('/usr/bin/gunicorn', 'app:app');
  const first = start();
  await untilAnswers(url);

  await t.test('has its file written, and the restart is left to that somebody, with its commands', async () => {
    const told = await project.harden('fix', '--yes', '--system-files', '--risk', 'gunicorn-root-workers', '--fix', 'gunicorn-root-workers=user-group');
    assert.equal(told.code, 3, said(told));
    assert.match(told.stdout, /^cannot tell .*/m);
    assert.match(told.stdout, /^ +Then: .* verify$/m);
    assert.match(told.stderr, new RegExp(`own ${project.root}/orders.txt`), 'what it writes beside its code goes along');
    assert.match(told.stdout, new RegExp(`^ +kill ${first}\\n +cd ${project.root}\\n +.*gunicorn app:app$`, 'm'));
    assert.match(project.read('gunicorn.conf.py'), /^user = "gunicorn"$/m);
    assert.match(await untilAnswers(url), /served by 0/, 'it was not ours to stop');
  });

  await t.test('is still unknown to verify before it was done', async () => {
    const told = await project.harden('verify');
    assert.equal(told.code, 3, said(told));
  });

  let second = 0;
  await t.test('and holds once it was done', async () => {
    process.kill(first);
    await untilGone(first);
    second = start();
    // It may still write its file, or this would be a 500.
    assert.match(await untilAnswers(url), /served by [1-9]/);
    assert.notEqual(statSync(`${project.root}/orders.txt`).uid, 0);
    const told = await project.harden('verify');
    assert.equal(told.code, 0, said(told));
    assert.ok(processesBelow(second, 'gunicorn').slice(1).every((p) => p.uid !== 0 && p.gid !== 0 && !p.groups.includes(0)));
  });

  const byHand = (pid: number): RegExp => new RegExp(`Left to you\\n {2}stop gunicorn and start it again[^]*\\n {4}kill ${pid}\\n {4}cd ${project.root}\\n {4}\\S.*gunicorn app:app\\n`);
  await t.test('undo says before it begins that the restart is left to that somebody, and the account to another undo', async () => {
    const told = await project.harden('undo', '--dry-run');
    assert.equal(told.code, 0, said(told));
    assert.match(told.stderr.replace(/\s+/g, ' '), /account gunicorn: removed, if it was made for this, once you have started gunicorn again/);
    assert.match(told.stderr, byHand(second));
    assert.notEqual(project.read('gunicorn.conf.py'), before);
  });

  await t.test('it takes back what it can, once, and ticks nothing that nobody did', async () => {
    const told = await project.harden('undo', '--yes', '--verbose');
    // The account stays as long as somebody runs as it.
    assert.equal(told.code, 3, said(told));
    assert.equal(project.read('gunicorn.conf.py'), before);
    assert.equal(statSync(`${project.root}/orders.txt`).uid, 0);
    assert.equal(told.stderr.match(/\$ userdel gunicorn/g)?.length, 1, said(told));
    assert.match(told.stderr.replace(/\s+/g, ' '), /left to you.*left as it is.*The account gunicorn stays as long as process \d+ runs as it\..*Run 1 is undone in part: account gunicorn stays\. Once nothing stands in its way \(account gunicorn\): .*undo 1/);
    assert.match(told.stderr, byHand(second));
    assert.match((await project.harden('history')).stdout, /undone in part: account gunicorn stays:/);
  });

  await t.test('and another one removes the account when nobody runs as it', async () => {
    process.kill(second);
    await untilGone(second);
    start();
    assert.match(await untilAnswers(url), /served by 0/);
    const told = await project.harden('undo', '--yes');
    assert.equal(told.code, 0, said(told));
    assert.ok(!accountThere(ACCOUNT), said(told));
    assert.match((await project.harden('history')).stdout.replace(/\s+/g, ' '), / undone: /);
  });
});
