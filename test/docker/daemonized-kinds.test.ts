// Each kind of server that leaves the supervisord that started it, in one container: lost before, below it afterwards.
import assert from 'node:assert/strict';
import { longTest } from '../helpers/engine.ts';
import { withMade, type Made } from '../helpers/made.ts';
import { until } from '../helpers/requests.ts';
import { said } from '../helpers/scan.ts';

const SUPERVISORD = `[supervisord]
nodaemon=true
user=root
logfile=/dev/null
logfile_maxbytes=0

[unix_http_server]
file=/run/supervisor.sock
chmod=0700

[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface

[supervisorctl]
serverurl=unix:///run/supervisor.sock

[program:desk]
command=gunicorn --daemon -b 127.0.0.1:8000 app:app
directory=/srv/pier

[program:front]
command=nginx -c /srv/pier/nginx.conf

[program:store]
command=redis-server --port 6400 --daemonize yes

[program:cache]
command=redis-server /srv/pier/cache.conf

[program:worker]
command=celery -A tasks worker --concurrency 1 --pidfile=/tmp/worker.pid --detach
directory=/srv/pier

[program:crowd]
command=celery -A tasks multi start one two --pidfile=/tmp/%%n.pid --logfile=/tmp/%%n.log --concurrency 1
directory=/srv/pier
`;

const FILES = {
  Dockerfile: `FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends supervisor gunicorn nginx-light redis-server celery python3-redis && rm -rf /var/lib/apt/lists/*
WORKDIR /srv/pier
COPY . .
CMD ["supervisord", "-n", "-c", "/srv/pier/supervisord.conf"]
`,
  'compose.yaml': 'services:\n  pier:\n    build: .\n    restart: unless-stopped\n',
  'supervisord.conf': SUPERVISORD,
  'app.py': 'def app(environ, start_response):\n    start_response("200 OK", [])\n    return [b"here"]\n',
  'tasks.py': 'from celery import Celery\n\napp = Celery("pier", broker="redis://127.0.0.1:6400/0")\n',
  'cache.conf': 'port 6401\ndaemonize yes\nsave ""\n',
  'nginx.conf': 'pid /run/nginx.pid;\nevents {}\nhttp {\n    access_log off;\n    server {\n        listen 8080;\n    }\n}\n',
};

const KINDS = ['desk', 'front', 'store', 'cache', 'worker'];
const status = async (made: Made): Promise<string> => (await made.exec('pier', ['supervisorctl', '-c', '/srv/pier/supervisord.conf', 'status'])).stdout;
/** What supervisord says about one program. */
const stateOf = async (made: Made, name: string): Promise<string> => new RegExp(`^${name}\\s+(\\w+)`, 'm').exec(await status(made))?.[1] ?? '';

longTest('gunicorn, nginx, redis by flag and by file, and celery each stay below supervisord; celery multi is left to people', (t) =>
  withMade('kinds', FILES, async (made) => {
    await t.test('as it is, supervisord has lost what it started', async () => {
      // Others that find their port taken by the one that left are started again and again, and look alive now and then.
      await until('it was lost', async () => /^(?:EXITED|BACKOFF|FATAL)$/.test(await stateOf(made, 'desk')), 180);
      // They serve all the same, as nobody's.
      assert.ok(made.processes('pier').some((p) => p.args.some((w) => w.includes('redis-server'))));
    });
    const told = await made.harden('fix', '--yes', '--risk', 'daemonized-under-supervisor');
    await t.test('fix --yes brings each back to the front', async () => {
      assert.equal(told.code, 0, said(told));
      assert.equal(told.stdout.match(/^gone /gm)?.length, KINDS.length, said(told));
      assert.match(told.stderr.replace(/\s+/g, ' '), /give each worker a program of its own/);
      for (const kind of KINDS) assert.equal(await stateOf(made, kind), 'RUNNING', `${kind}: ${await status(made)}`);
    });
    await t.test('and it is supervisord\'s to start again', async () => {
      const pid = async (): Promise<string> => (await made.exec('pier', ['supervisorctl', '-c', '/srv/pier/supervisord.conf', 'pid', 'store'])).stdout.trim();
      const first = await pid();
      assert.equal((await made.exec('pier', ['sh', '-c', `kill -9 ${first}`])).code, 0);
      await until('another one runs', async () => (await stateOf(made, 'store')) === 'RUNNING' && (await pid()) !== first, 30);
    });
    await t.test('undo sends them away again', async () => {
      const undone = await made.harden('undo', '--yes');
      assert.equal(undone.code, 0, said(undone));
      await until('lost again', async () => /^(?:EXITED|BACKOFF|FATAL)$/.test(await stateOf(made, 'desk')), 180);
    });
  }), { timeout: 14 * 60_000 });
