// The user file that `own-user` writes, on a real redis with an append-only file: measured with 7.0.15, a default user without rights lost every transaction of it.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { freePort, hostProject, hostTest } from '../helpers/host.ts';
import { until } from '../helpers/requests.ts';
import { casesOf } from '../helpers/case.ts';
import { readFileSync } from 'node:fs';

hostTest('what was written in a transaction is still there under the user file, and nobody gets in without the login', ['redis-server'], async (t) => {
  const own = casesOf('broker-no-auth').find((c) => c.name === 'redis-of-a-celery-app')?.afters.get('own-user');
  assert.ok(own);
  const project = hostProject(t, {});
  project.write('users.acl', readFileSync(path.join(own, 'redis.acl'), 'utf8').replace(/#\S+/, '>word'));
  const port = String(await freePort());
  const cli = (input: string, ...words: readonly string[]): string => spawnSync('redis-cli', ['-p', port, ...words], { input, encoding: 'utf8' }).stdout.trim();
  const serving = async (...words: readonly string[]): Promise<() => Promise<void>> => {
    const server = spawn('redis-server', ['--port', port, '--bind', '127.0.0.1', '--dir', project.root, '--appendonly', 'yes', ...words], { stdio: 'ignore' });
    t.after(() => server.kill('SIGKILL'));
    await until('redis answers', () => /PONG|NOAUTH/.test(cli('', 'ping')));
    return async () => {
      server.kill('SIGTERM');
      await once(server, 'exit');
    };
  };
  const end = await serving();
  cli('MULTI\nLPUSH celery job\nEXEC\n');
  await end();
  const over = await serving('--aclfile', path.join(project.root, 'users.acl'));
  assert.equal(cli('', '--no-auth-warning', '--user', 'app', '--pass', 'word', 'llen', 'celery'), '1');
  assert.match(cli('', 'llen', 'celery'), /^NOAUTH/);
  assert.match(cli('', 'auth', 'default', ''), /^WRONGPASS/);
  await over();
}, { long: true });
