import assert from 'node:assert/strict';
import { accountThere, freePort, hostProject, hostTest, processesBelow, untilAnswers, untilGone, WSGI } from '../helpers/host.ts';
import { said } from '../helpers/scan.ts';

/** The account that the fix makes is called after the program. */
const ACCOUNT = 'gunicorn';

hostTest('a gunicorn that somebody started in a shell', ['gunicorn'], async (t) => {
  assert.ok(!accountThere(ACCOUNT), `this machine has an account ${ACCOUNT} already`);
  const port = await freePort();
  const project = hostProject(t, { 'app.py': WSGI, 'gunicorn.conf.py': `bind = "127.0.0.1:${port}"\nworkers = 2\n` }, [ACCOUNT]);
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
    assert.doesNotMatch(await untilAnswers(url), /served by 0/);
    const told = await project.harden('verify');
    assert.equal(told.code, 0, said(told));
    assert.ok(processesBelow(second, 'gunicorn').slice(1).every((p) => p.uid !== 0 && p.gid !== 0 && !p.groups.includes(0)));
  });

  await t.test('undo says what it cannot take back, and takes back the rest', async () => {
    const told = await project.harden('undo', '--yes');
    // The account stays as long as somebody runs as it.
    assert.equal(told.code, 3, said(told));
    assert.equal(project.read('gunicorn.conf.py'), before);
    assert.match(told.stderr.replace(/\s+/g, ' '), /stop gunicorn and start it again/);
    assert.match(told.stderr, /userdel gunicorn/, 'the workers still run as it');
  });
});
