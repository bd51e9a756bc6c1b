// A worker that supervisord starts as root in its container, with Celery's own guard switched off.
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { longTest } from '../helpers/engine.ts';
import { withMade, type Made } from '../helpers/made.ts';
import { until } from '../helpers/requests.ts';
import { said } from '../helpers/scan.ts';

const FILES = {
  'compose.yaml': 'services:\n  desk:\n    build: .\n    environment:\n      C_FORCE_ROOT: "1"\n',
  Dockerfile: `FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends \\
    supervisor celery python3-redis redis-server && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY . .
CMD ["/usr/bin/supervisord", "-n", "-c", "/app/supervisord.conf"]
`,
  'supervisord.conf': `[supervisord]
nodaemon=true
user=root

[program:redis]
command=/usr/bin/redis-server --save ""
user=redis

[program:worker]
command=/usr/bin/celery -A desk worker --concurrency 1
`,
  'desk.py': `import os
from celery import Celery

app = Celery("desk", broker="redis://127.0.0.1/0", backend="redis://127.0.0.1/1")


@app.task
def who():
    return os.getuid()
`,
};

/** Who a task runs as, asked through the queue. */
async function served(made: Made): Promise<string> {
  const ask = ['python3', '-c', 'from desk import who; print(who.delay().get(timeout=20))'];
  await until('the worker answers', async () => (await made.exec('desk', ask)).code === 0);
  return (await made.exec('desk', ask)).stdout.trim();
}

void describe('celery-root-worker', () => {
  longTest('a worker under supervisord gets its user, and goes on working', (t) =>
    withMade('celery-root', FILES, async (made) => {
      assert.equal(await served(made), '0');

      await t.test('scan names the worker and both lines that decide', async () => {
        const { findings } = JSON.parse((await made.harden('scan', '--format', 'json')).stdout) as { findings: { risk: string; confidence: string; locations: { file: string; line: number }[] }[] };
        const found = findings.find((f) => f.risk === 'celery-root-worker');
        assert.deepEqual([found?.confidence, found?.locations[0]?.file, found?.locations[0]?.line], ['seen', 'supervisord.conf', 10]);
      });

      const told = await made.harden('fix', '--yes', '--risk', 'celery-root-worker');
      assert.equal(told.code, 0, said(told));
      const uid = await served(made);
      assert.notEqual(uid, '0');
      const workers = made.processes('desk').filter((p) => /celery/.test(p.args.join(' ')) && !/supervisord/.test(p.args.join(' ')));
      assert.ok(workers.length >= 2 && workers.every((p) => String(p.uid) === uid), workers.map((p) => p.uid).join(' '));
      assert.equal(made.container('desk')['Config'].Env.some((e: string) => e.startsWith('C_FORCE_ROOT')), false, 'the switch is out');

      const undo = await made.harden('undo', '--yes');
      assert.equal(undo.code, 0, said(undo));
      assert.equal(await served(made), '0');
    }));
});
