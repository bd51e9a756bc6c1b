// Logs that everybody may write: a folder that the Dockerfile opens, and a file that uWSGI opens.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { longTest } from '../helpers/engine.ts';
import { withMade, type Made } from '../helpers/made.ts';
import { findingOf, read, said } from '../helpers/scan.ts';

const APP = `FROM debian:bookworm-slim
RUN useradd -u 10001 app
RUN mkdir -p /srv/app/logs && chmod -R 777 /srv/app/logs
WORKDIR /srv/app
USER app
CMD ["sh", "-c", "while :; do date >> logs/app.log || exit 1; sleep 1; done"]
`;
const WEB = `FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends uwsgi-core uwsgi-plugin-python3 && rm -rf /var/lib/apt/lists/*
COPY web.ini web.py /srv/
CMD ["uwsgi-core", "--ini", "/srv/web.ini"]
`;
const FILES = {
  'compose.yaml': 'services:\n  app:\n    build: app\n    init: true\n  web:\n    build: web\n',
  'app/Dockerfile': APP,
  'web/Dockerfile': WEB,
  'web/web.ini': '[uwsgi]\nplugin = python3\nhttp-socket = :8000\nwsgi-file = /srv/web.py\nmaster = true\nuid = 10002\ngid = 10002\nlogto = /var/log/web.log\nlogfile-chmod = 666\n',
  'web/web.py': 'def application(environ, start):\n    start("200 OK", [])\n    return [b"web"]\n',
};

const modes = async (made: Made): Promise<string[]> =>
  [(await made.exec('app', ['stat', '-c', '%a %u', '/srv/app/logs'])).stdout.trim(), (await made.exec('web', ['stat', '-c', '%a', '/var/log/web.log'])).stdout.trim()];

/** Both still write: a stranger alone may not. */
async function logs(made: Made): Promise<void> {
  const size = async (): Promise<number> => Number((await made.exec('app', ['stat', '-c', '%s', '/srv/app/logs/app.log'], '0')).stdout);
  const before = await size();
  await pause(2500);
  assert.ok((await size()) > before, 'the app writes no log any more');
  assert.ok(Number((await made.exec('web', ['stat', '-c', '%s', '/var/log/web.log'], '0')).stdout) > 0, 'uWSGI writes no log any more');
}

const stranger = async (made: Made): Promise<boolean[]> =>
  [(await made.exec('app', ['test', '-w', '/srv/app/logs'], '4242:4242')).code === 0, (await made.exec('web', ['test', '-w', '/var/log/web.log'], '4242:4242')).code === 0];

longTest('logs that are open to everybody, from scan to undo', (t) =>
  withMade('logs', FILES, async (made) => {
    await pause(1500);
    await t.test('as it is, a stranger may write them', async () => {
      assert.deepEqual(await modes(made), ['777 0', '666']);
      assert.deepEqual(await stranger(made), [true, true]);
      const scan = read(await made.harden('scan', '--format', 'json', '--severity', 'info'));
      for (const [service, file, line] of [['app', 'app/Dockerfile', 3], ['web', 'web/web.ini', 9]] as const) {
        const found = findingOf(scan, 'log-files-open', service);
        assert.deepEqual([found?.severity, found?.locations[0]?.file, found?.locations[0]?.line], ['low', file, line]);
      }
    });

    await t.test('fix --yes closes them, and both go on logging', async () => {
      const told = await made.harden('fix', '--yes', '--risk', 'log-files-open');
      assert.equal(told.code, 0, said(told));
      assert.deepEqual(await modes(made), ['770 10001', '660']);
      assert.deepEqual(await stranger(made), [false, false]);
      await logs(made);
    });

    await t.test('undo opens them again', async () => {
      const told = await made.harden('undo', '--yes');
      assert.equal(told.code, 0, said(told));
      assert.deepEqual(await modes(made), ['777 0', '666']);
    });
  }));
