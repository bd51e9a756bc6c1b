// An image whose USER is www-data, and which gave www-data its files.
import assert from 'node:assert/strict';
import { longTest } from '../helpers/engine.ts';
import { freePort, WSGI } from '../helpers/host.ts';
import { withMade } from '../helpers/made.ts';
import { get, until } from '../helpers/requests.ts';
import { said } from '../helpers/scan.ts';

longTest('an image that runs as www-data gets a number of its own', async (t) => {
  const port = await freePort();
  await withMade('ht-own', {
    Dockerfile: 'FROM debian:bookworm-slim\nWORKDIR /srv\nRUN apt-get update && apt-get install -y --no-install-recommends \\\n    gunicorn && rm -rf /var/lib/apt/lists/*\nCOPY --chown=www-data:www-data . .\nRUN mkdir -p logs && chown -R www-data logs\nUSER www-data\nCMD ["gunicorn", "-b", "0.0.0.0:8000", "--access-logfile", "logs/access.log", "app:app"]\n',
    'compose.yaml': `services:\n  own:\n    build: .\n    restart: unless-stopped\n    ports: ["127.0.0.1:${port}:8000"]\n`,
    'app.py': WSGI,
  }, async (made) => {
    const answer = async (): Promise<string> => {
      await until('it answers', async () => (await get(`http://127.0.0.1:${port}/`).catch(() => undefined))?.status === 200);
      return (await get(`http://127.0.0.1:${port}/`)).text;
    };
    assert.match(await answer(), /served by 33/);
    await t.test('its files with it', async () => {
      const told = await made.harden('fix', '--yes', '--severity', 'low', '--risk', 'shared-user');
      assert.equal(told.code, 0, said(told));
      assert.match(told.stdout, /^gone /m);
      assert.match(await answer(), /served by 10201/);
      assert.match((await made.exec('own', ['stat', '-c', '%u:%g', 'logs/access.log', 'app.py'])).stdout, /^10201:10201\n10201:10201$/m);
    });
    await t.test('undo brings it back', async () => {
      const told = await made.harden('undo', '--yes');
      assert.equal(told.code, 0, said(told));
      assert.match(await answer(), /served by 33/);
    });
  });
});
