// gunicorn that answers beside the nginx in front of it: in one container with it, and in a container of its own.
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { longTest } from '../helpers/engine.ts';
import { freePort, WSGI } from '../helpers/host.ts';
import { withMade, type Made } from '../helpers/made.ts';
import { listening } from '../helpers/processes.ts';
import { get, until } from '../helpers/requests.ts';
import { said } from '../helpers/scan.ts';

const connects = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2000 }, () => (socket.destroy(), resolve(true)));
    socket.on('error', () => resolve(false)).on('timeout', () => (socket.destroy(), resolve(false)));
  });

async function untilAnswers(url: string): Promise<string> {
  await until(`${url} answers`, async () => (await get(url).catch(() => undefined))?.status === 200);
  return (await get(url)).text;
}

/** An address of this machine that is not loopback. */
const outside = (): string => Object.values(networkInterfaces()).flat().find((a) => a && !a.internal && a.family === 'IPv4')?.address ?? '127.0.0.1';

const nginx = (target: string): string => `user www-data;
events {}
http {
    access_log off;
    server {
        listen 80;
        location / {
            proxy_pass ${target};
        }
    }
}
`;

const first = (made: Made, service: string): number => made.processes(service)[0]!.pid;

longTest('nginx and gunicorn in one container, a file instead of the port', async (t) => {
  const port = await freePort();
  await withMade('ht-pier', {
    Dockerfile: `FROM debian:bookworm-slim
WORKDIR /srv/pier
RUN apt-get update && apt-get install -y --no-install-recommends \\
    gunicorn supervisor nginx-light && rm -rf /var/lib/apt/lists/*
RUN useradd -u 1200 pier
COPY nginx.conf /etc/nginx/nginx.conf
COPY . .
CMD ["supervisord", "-n", "-c", "/srv/pier/supervisord.conf"]
`,
    'compose.yaml': `services:\n  pier:\n    build: .\n    restart: unless-stopped\n    ports: ["127.0.0.1:${port}:80"]\n`,
    'nginx.conf': nginx('http://127.0.0.1:8000'),
    'app.py': WSGI,
    'supervisord.conf': `[supervisord]
user=root
logfile=/dev/null
logfile_maxbytes=0

[program:pier]
command=gunicorn -w 2 -b 0.0.0.0:8000 app:app
directory=/srv/pier
user=pier

[program:nginx]
command=nginx -g "daemon off;"
`,
  }, async (made) => {
    const url = `http://127.0.0.1:${port}/`;
    assert.match(await untilAnswers(url), /served by 1200/);
    assert.ok(listening(first(made, 'pier')).includes(8000));
    for (const [fix, check] of [
      ['unix-socket', async () => {
        assert.ok(!listening(first(made, 'pier')).includes(8000), 'the port is still open');
        const socket = statSync(`/proc/${first(made, 'pier')}/root/run/pier/app.sock`);
        assert.deepEqual([(socket.mode & 0o777).toString(8), socket.uid, socket.gid], ['660', 1200, 33]);
      }],
      ['loopback', async () => {
        const rows = (await made.exec('pier', ['cat', '/proc/net/tcp'])).stdout;
        assert.match(rows, /0100007F:1F40 00000000:0000 0A/);
        assert.doesNotMatch(rows, /00000000:1F40 00000000:0000 0A/);
      }],
    ] as const) {
      await t.test(`by ${fix}, and back`, async () => {
        const told = await made.harden('fix', '--yes', '--severity', 'low', '--risk', 'app-server-exposed', '--fix', `app-server-exposed=${fix}`);
        assert.equal(told.code, 0, said(told));
        assert.match(told.stdout, /^gone /m);
        await check();
        assert.match(await untilAnswers(url), /served by 1200/);
        const back = await made.harden('undo', '--yes');
        assert.equal(back.code, 0, said(back));
        assert.match(await untilAnswers(url), /served by 1200/);
        assert.ok(listening(first(made, 'pier')).includes(8000));
      });
    }
  });
}, { timeout: 10 * 60_000 });

longTest('gunicorn published beside the proxy of its project', async (t) => {
  const [door, side] = [await freePort(), await freePort()];
  await withMade('ht-quay', {
    'app/Dockerfile': 'FROM debian:bookworm-slim\nWORKDIR /srv\nRUN apt-get update && apt-get install -y --no-install-recommends \\\n    gunicorn && rm -rf /var/lib/apt/lists/*\nCOPY . .\nUSER 10001:10001\nCMD ["gunicorn", "-b", "0.0.0.0:8000", "app:app"]\n',
    'app/app.py': WSGI,
    'proxy/Dockerfile': 'FROM debian:bookworm-slim\nRUN apt-get update && apt-get install -y --no-install-recommends \\\n    nginx-light && rm -rf /var/lib/apt/lists/*\nCOPY nginx.conf /etc/nginx/nginx.conf\nCMD ["nginx", "-g", "daemon off;"]\n',
    'proxy/nginx.conf': nginx('http://quay:8000'),
    'compose.yaml': `services:\n  quay:\n    build: app\n    ports:\n      - "${side}:8000"\n  proxy:\n    build: proxy\n    restart: unless-stopped\n    ports:\n      - "127.0.0.1:${door}:80"\n    depends_on: [quay]\n`,
  }, async (made) => {
    await untilAnswers(`http://127.0.0.1:${door}/`);
    assert.ok(await connects(outside(), side));
    await t.test('is told once, and not as an exposed port', async () => {
      const told = await made.harden('scan', '--format', 'json', '--severity', 'info');
      const { findings } = JSON.parse(told.stdout) as { findings: { risk: string; confidence: string; subjects: { name: string }[] }[] };
      const about = findings.filter((f) => f.subjects.some((s) => s.name === 'quay') && /exposed/.test(f.risk));
      assert.deepEqual(about.map((f) => [f.risk, f.confidence]), [['app-server-exposed', 'seen']]);
    });
    await t.test('by loopback, and back', async () => {
      const told = await made.harden('fix', '--yes', '--risk', 'app-server-exposed');
      assert.equal(told.code, 0, said(told));
      assert.ok(!(await connects(outside(), side)), 'still open on another address');
      assert.ok(await connects('127.0.0.1', side));
      assert.match(await untilAnswers(`http://127.0.0.1:${door}/`), /served by 10001/);
      const back = await made.harden('undo', '--yes');
      assert.equal(back.code, 0, said(back));
      assert.ok(await connects(outside(), side));
    });
  });
}, { timeout: 10 * 60_000 });
