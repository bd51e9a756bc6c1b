import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
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
