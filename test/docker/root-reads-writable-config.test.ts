// A uWSGI that starts as root from an ini which its own user may write: what stands there runs as root.
import assert from 'node:assert/strict';
import { engineTest } from '../helpers/engine.ts';
import { freePort, WSGI } from '../helpers/host.ts';
import { withMade } from '../helpers/made.ts';
import { get, until } from '../helpers/requests.ts';
import { said } from '../helpers/scan.ts';

engineTest('uWSGI\'s ini belongs to the app, and is root\'s again', async (t) => {
  const port = await freePort();
  await withMade('ht-ini', {
    Dockerfile: 'FROM debian:bookworm-slim\nWORKDIR /srv/desk\nRUN apt-get update && apt-get install -y --no-install-recommends \\\n    uwsgi-core uwsgi-plugin-python3 python3-flask && rm -rf /var/lib/apt/lists/*\nCOPY --chown=10002:10002 . conf/\nCMD ["uwsgi", "--ini", "conf/desk.ini"]\n',
    'compose.yaml': `services:\n  desk:\n    build: .\n    restart: unless-stopped\n    ports: ["127.0.0.1:${port}:8000"]\n`,
    'app.py': WSGI.replace('def app', 'def application'),
    'desk.ini': '[uwsgi]\nplugin = python3\nhttp-socket = 0.0.0.0:8000\nuid = 10002\ngid = 10002\nwsgi-file = conf/app.py\n',
  }, async (made) => {
    const answers = async (): Promise<string> => {
      await until('it answers', async () => (await get(`http://127.0.0.1:${port}/`).catch(() => undefined))?.status === 200);
      return (await get(`http://127.0.0.1:${port}/`)).text;
    };
    const ini = '/srv/desk/conf/desk.ini';
    const mayWrite = async (path: string): Promise<boolean> => (await made.exec('desk', ['test', '-w', path], '10002:10002')).code === 0;
    assert.match(await answers(), /served by 10002/);

    await t.test('as it is, a line of the app\'s runs as root at the next start', async () => {
      assert.equal((await made.exec('desk', ['sh', '-c', `echo 'exec-asap = id -u > /tmp/whoami' >> ${ini}`], '10002:10002')).code, 0);
      await made.compose('restart', '-t', '2');
      await answers();
      assert.equal((await made.exec('desk', ['cat', '/tmp/whoami'])).stdout.trim(), '0');
      await made.compose('up', '-d', '--force-recreate', '-t', '2');
      await answers();
    });

    await t.test('split-owner: root\'s file in root\'s folder, and back', async () => {
      assert.ok(await mayWrite(ini));
      const told = await made.harden('fix', '--yes', '--risk', 'root-reads-writable-config');
      assert.equal(told.code, 0, said(told));
      assert.match(told.stdout, /^gone /m);
      assert.match(await answers(), /served by 10002/);
      for (const path of [ini, '/srv/desk/conf']) assert.ok(!(await mayWrite(path)), `${path} can still be written`);
      const back = await made.harden('undo', '--yes');
      assert.equal(back.code, 0, said(back));
      await answers();
      assert.ok(await mayWrite(ini));
    });
  });
});
