// A gunicorn on this machine whose workers are www-data, and somebody else who is www-data, too.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chownSync } from 'node:fs';
import path from 'node:path';
import { accountThere, freePort, hostProject, hostTest, processesBelow, supervisord, untilAnswers, WSGI } from '../helpers/host.ts';
import { said } from '../helpers/scan.ts';

const WWW_DATA = 33;
/** As nginx's worker would: the same account in another program. */
const asWwwData = (...argv: readonly string[]): ReturnType<typeof spawnSync> => spawnSync('setpriv', ['--reuid', String(WWW_DATA), '--regid', String(WWW_DATA), '--clear-groups', ...argv], { encoding: 'utf8' });

for (const [where, config, program] of [
  ['gunicorn\'s configuration', `user = 'www-data'\ngroup = 'www-data'\n`, ''],
  ['supervisord\'s program', '', 'user=www-data\n'],
] as const) {
  const name = `ht-own-${where.length}-${process.pid}`;
  hostTest(`an app that shares www-data, decided in ${where}`, ['supervisord', 'gunicorn'], async (t) => {
    t.after(() => spawnSync('userdel', [name]));
    const port = await freePort();
    const project = hostProject(t, {
      'app.py': WSGI,
      'gunicorn.conf.py': `bind = '127.0.0.1:${port}'\naccesslog = 'ROOT/logs/access.log'\n${config}`,
      'logs/old.log': '',
      'supervisord.conf': supervisord(`\n[program:${name}]\ncommand=/usr/bin/gunicorn -c ROOT/gunicorn.conf.py app:app\ndirectory=ROOT\nenvironment=SECRET_KEY="lighthouse"\n${program}`),
    });
    chownSync(path.join(project.root, 'logs'), WWW_DATA, WWW_DATA);
    const before = { config: project.read('gunicorn.conf.py'), supervisor: project.read('supervisord.conf') };
    const master = project.start('supervisord', '-c', 'supervisord.conf');
    const url = `http://127.0.0.1:${port}/`;
    assert.match(await untilAnswers(url), /served by 33/);
    const worker = (): number => processesBelow(master, 'gunicorn.conf.py').at(-1)!.pid;
    const canSignal = (): boolean => asWwwData('kill', '-0', String(worker())).status === 0;
    assert.ok(canSignal(), 'as it is, whoever is www-data may signal it');

    await t.test('an account of its own', async () => {
      const told = await project.harden('fix', '--yes', '--system-files', '--severity', 'low', '--risk', 'shared-user');
      assert.equal(told.code, 0, said(told));
      assert.match(told.stdout, /^gone /m);
      assert.ok(accountThere(name));
      assert.match(await untilAnswers(url), new RegExp(`served by ${spawnSync('id', ['-u', name], { encoding: 'utf8' }).stdout.trim()}`));
      assert.ok(!canSignal(), 'whoever is www-data may still signal it');
      assert.notEqual(asWwwData('cat', `/proc/${worker()}/environ`).status, 0);
    });

    await t.test('undo brings it back', async () => {
      const told = await project.harden('undo', '--yes');
      assert.equal(told.code, 0, said(told));
      assert.deepEqual({ config: project.read('gunicorn.conf.py'), supervisor: project.read('supervisord.conf') }, before);
      assert.match(await untilAnswers(url), /served by 33/);
      assert.ok(!accountThere(name));
    });
  }, { long: where.startsWith('supervisord') });
}
