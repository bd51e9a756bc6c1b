// nginx whose workers are root, in an image of Debian's package: static files, a cache, uploads that are put on disk first.
import assert from 'node:assert/strict';
import { engineTest } from '../helpers/engine.ts';
import { withMade, type Made } from '../helpers/made.ts';
import { until } from '../helpers/requests.ts';
import { findingOf, read, said } from '../helpers/scan.ts';

const CONF = `user root;   # as it was found somewhere
worker_processes 2;
events {}
http {
    proxy_cache_path /var/cache/pages keys_zone=pages:1m;
    client_body_buffer_size 8k;
    client_max_body_size 10m;
    access_log /var/log/nginx/access.log;
    server {
        listen 80;
        location / { root /srv/www; auth_basic off; }
        location /app/ { proxy_pass http://127.0.0.1:9000/; proxy_cache pages; proxy_cache_valid 200 1m; }
    }
    server {
        listen 127.0.0.1:9000;
        client_max_body_size 10m;
        location / { return 200 "app"; }
    }
}
`;
const DOCKERFILE = `FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends curl nginx-light && rm -rf /var/lib/apt/lists/*
RUN mkdir -p /srv/www && echo hello > /srv/www/index.html
COPY nginx.conf /etc/nginx/nginx.conf
EXPOSE 80
CMD ["nginx", "-g", "daemon off;"]
`;
const COMPOSE = `services:
  proxy:
    build: .
    ports: ["127.0.0.1::80"]
`;

const workers = (made: Made): number[] => made.processes('proxy').filter((p) => p.args.join(' ').includes('worker process')).map((p) => p.uid);
const master = (made: Made): number | undefined => made.processes('proxy').find((p) => p.args.join(' ').includes('master process'))?.uid;

/** What the workers do by themselves: a file, the cache, and a body that is larger than its buffer. */
async function serves(made: Made): Promise<void> {
  const curl = async (...words: string[]): Promise<string> => (await made.exec('proxy', ['curl', '-s', '-o', '/dev/null', '-w', '%{http_code}', ...words])).stdout;
  assert.equal(await curl('http://127.0.0.1/'), '200');
  for (let i = 0; i < 2; i++) assert.equal(await curl('http://127.0.0.1/app/'), '200');
  await made.exec('proxy', ['sh', '-c', 'head -c 2000000 /dev/zero > /tmp/body']);
  assert.equal(await curl('--data-binary', '@/tmp/body', 'http://127.0.0.1/app/upload'), '200');
  assert.doesNotMatch(await made.logs('proxy'), /\[(?:crit|emerg|alert)\]/);
  assert.equal((await made.exec('proxy', ['sh', '-c', 'grep -cE "crit|emerg|alert|denied" /var/log/nginx/error.log'])).stdout.trim(), '0');
}

engineTest('nginx workers as root, from scan to undo', (t) =>
  withMade('nginx', { 'compose.yaml': COMPOSE, 'Dockerfile': DOCKERFILE, 'nginx.conf': CONF }, async (made) => {
    await t.test('as it is, the workers are root', async () => {
      await until('nginx has its workers', () => workers(made).length === 2);
      assert.deepEqual([master(made), ...workers(made)], [0, 0, 0]);
      await serves(made);
      const found = findingOf(read(await made.harden('scan', '--format', 'json')), 'nginx-root-workers', 'proxy');
      assert.ok(found);
      assert.deepEqual([found.severity, found.confidence, found.locations[0]?.file, found.locations[0]?.line], ['high', 'seen', 'nginx.conf', 1]);
    });

    await t.test('fix --yes gives them to www-data, and all is served as before', async () => {
      const told = await made.harden('fix', '--yes', '--risk', 'nginx-root-workers');
      assert.equal(told.code, 0, said(told));
      assert.deepEqual([master(made), ...workers(made)], [0, 33, 33]);
      await serves(made);
      assert.equal(findingOf(read(await made.harden('scan', '--format', 'json')), 'nginx-root-workers', 'proxy'), undefined);
    });

    await t.test('undo brings root back', async () => {
      const told = await made.harden('undo', '--yes');
      assert.equal(told.code, 0, said(told));
      assert.deepEqual([master(made), ...workers(made)], [0, 0, 0]);
      await serves(made);
    });
  }));
