// A program of supervisord that is not started again when it dies, and is afterwards: killed for real, both times.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort, hostProject, hostTest, processesBelow, supervisord, untilAnswers, untilGone, WSGI } from '../helpers/host.ts';
import { said } from '../helpers/scan.ts';

hostTest('a gunicorn that supervisord leaves down once it has died', ['supervisord', 'gunicorn'], async (t) => {
  const port = await freePort();
  const project = hostProject(t, {
    'app.py': WSGI,
    'supervisord.conf': supervisord(`
[program:desk]
command=/usr/bin/gunicorn -b 127.0.0.1:${port} app:app
directory=ROOT
user=nobody
autorestart=false
`),
  });
  const root = project.start('supervisord', '-c', `${project.root}/supervisord.conf`);
  const url = `http://127.0.0.1:${port}/`;
  await untilAnswers(url);
  /** The master dies as in a crash, and its workers with it. */
  const crash = async (): Promise<number> => {
    const [master, ...workers] = processesBelow(root, 'app:app');
    for (const p of [...workers, master!]) process.kill(p.pid, 'SIGKILL');
    await untilGone(master!.pid);
    return master!.pid;
  };

  await t.test('as it is, it stays away', async () => {
    await crash();
    await pause(4000);
    assert.deepEqual(processesBelow(root, 'app:app'), []);
  });
  await t.test('with nothing that runs, nothing is applied unattended', async () => {
    const told = await project.harden('fix', '--yes', '--risk', 'unsupervised-process');
    assert.equal(told.code, 2, said(told));
  });
  await t.test('supervise: it is back by itself', async () => {
    process.kill(root, 'SIGHUP');
    await untilAnswers(url);
    const told = await project.harden('fix', '--yes', '--risk', 'unsupervised-process');
    assert.equal(told.code, 0, said(told));
    assert.match(project.read('supervisord.conf'), /^autorestart=true$/m);
    await untilAnswers(url);
    const died = await crash();
    await untilAnswers(url);
    assert.notEqual(processesBelow(root, 'app:app')[0]?.pid, died);
  });
  await t.test('undo leaves it down again', async () => {
    const back = await project.harden('undo', '--yes');
    assert.equal(back.code, 0, said(back));
    await untilAnswers(url);
    await crash();
    await pause(4000);
    assert.deepEqual(processesBelow(root, 'app:app'), []);
  });
}, { long: true });
