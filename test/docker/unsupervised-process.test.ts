// A server that stays away once it has ended, and comes back by itself afterwards.
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { docker, engineTest } from '../helpers/engine.ts';
import { withMade, type Made } from '../helpers/made.ts';
import { until } from '../helpers/requests.ts';
import { said } from '../helpers/scan.ts';

const FILES = {
  'compose.yaml': 'services:\n  web:\n    build: .\n    init: true\n',
  Dockerfile: `FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends gunicorn && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY app.py .
USER 10001:10001
CMD ["gunicorn", "--worker-tmp-dir", "/dev/shm", "-b", "0.0.0.0:8000", "app:app"]
`,
  'app.py': 'def app(environ, start_response):\n    start_response("200 OK", [])\n    return [b"here"]\n',
};

const running = (made: Made): boolean => made.container('web')['State'].Running === true;
/** The master ends by itself, as it would in a crash; `docker kill` counts as on purpose. */
const crash = (made: Made): string => docker('exec', made.container('web')['Id'], 'sh', '-c', 'kill -9 $(cat /proc/1/task/1/children)');

void describe('unsupervised-process', () => {
  engineTest('a server without a restart policy gets one, and comes back after a crash', (t) =>
    withMade('kept-up', FILES, async (made) => {
      await t.test('as it is, it stays away', async () => {
        crash(made);
        await until('it has ended', () => !running(made));
        await made.compose('start', 'web');
      });

      const told = await made.harden('fix', '--yes', '--risk', 'unsupervised-process');
      assert.equal(told.code, 0, said(told));
      assert.match(told.stdout, /restart unless-stopped/);
      crash(made);
      await until('it came back by itself', () => made.container('web')['RestartCount'] === 1 && running(made));

      const undo = await made.harden('undo', '--yes');
      assert.equal(undo.code, 0, said(undo));
      assert.equal(made.container('web')['HostConfig'].RestartPolicy.Name.replace('no', ''), '');
    }));
});
