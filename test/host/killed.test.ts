// kill -9 in the middle of a run on the machine itself: its owner runs the program as before again.
import assert from 'node:assert/strict';
import { accountThere, freePort, hostProject, hostTest, processesBelow, supervisord, untilAnswers, WSGI } from '../helpers/host.ts';
import { endingOf, killedWhen } from '../helpers/killed.ts';
import { until } from '../helpers/requests.ts';
import { said } from '../helpers/scan.ts';

/** Its name becomes the account's, so it has to be free on this machine. */
const NAME = `ht-cut-${process.pid}`;

hostTest('a program of supervisord, while the run is killed at each step', ['supervisord', 'gunicorn'], async (t) => {
  const port = await freePort();
  const project = hostProject(t, {
    'app.py': WSGI,
    'supervisord.conf': supervisord(`\n[program:${NAME}]\ncommand=/usr/bin/gunicorn -w 2 -b 127.0.0.1:${port} app:app\ndirectory=ROOT\n`),
  }, [NAME]);
  const before = project.read('supervisord.conf');
  const master = project.start('supervisord', '-c', 'supervisord.conf');
  const url = `http://127.0.0.1:${port}/`;
  assert.match(await untilAnswers(url), /served by 0/);
  await until('two workers', () => processesBelow(master, `127.0.0.1:${port}`).length === 3);
  const moments: Readonly<Record<string, (m: { said: string; journal: string }) => boolean>> = {
    'when its account is made': ({ said: words }) => /\$ useradd /.test(words),
    'when its file is written': ({ journal }) => /"t":"done","step":1}/.test(journal),
    'while it is started again': ({ said: words }) => /\$ supervisorctl .* update /.test(words),
    'while it is watched': ({ said: words }) => /Watching the new processes/.test(words),
  };
  let run = 0;
  for (const [name, when] of Object.entries(moments)) {
    await t.test(name, async () => {
      run += 1;
      const killed = await killedWhen(project.root, project.state, String(run), ['fix', '--yes', '--no-rehearse', '--no-docker', '--system-files', '--risk', 'gunicorn-root-workers', '--fix', 'gunicorn-root-workers=cli-flags'], when);
      assert.ok(killed.died, killed.said);
      await until('the run has an end', () => endingOf(project.state, String(run)), 60);
      assert.equal(endingOf(project.state, String(run)), 'cut-off', killed.said);
      assert.equal(project.read('supervisord.conf'), before);
      assert.ok(!accountThere(NAME), 'the account is left');
      assert.match(await untilAnswers(url), /served by 0/);
      const history = await project.harden('history');
      assert.match(history.stdout.replace(/\s+/g, ' '), /cut off, and taken back by itself/, said(history));
    });
  }
}, { long: true });
