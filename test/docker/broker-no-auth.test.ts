// A broker that asks for no password: redis and RabbitMQ, each with a user of its own afterwards.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe } from 'node:test';
import { engineTest, longTest } from '../helpers/engine.ts';
import { putBack, standingNow } from '../helpers/loop.ts';
import { get, post, until, untilItAnswers } from '../helpers/requests.ts';
import { said } from '../helpers/scan.ts';
import { withScenario, type Project } from '../helpers/scenario.ts';

/** The way of a customer: a text in, a price out, through the queue and back. */
async function aPriceIsStillAPrice(project: Project): Promise<void> {
  const asked = await post(`${project.url}quotes`, 'Every train stops here');
  const { id } = JSON.parse(asked.text) as { id: string };
  const answer = await until('a quote is ready', async () => {
    const got = await get(`${project.url}quotes/${id}`);
    return got.status === 200 && got.text;
  });
  assert.match(answer, /"SUCCESS"/);
}

const ping = async (project: Project, ...words: string[]): Promise<string> => (await project.exec('web', ['python3', '-c', `
import redis, sys
try:
    print(redis.Redis.from_url(sys.argv[1]).ping())
except redis.exceptions.RedisError as error:
    print(type(error).__name__, error)`, ...words])).stdout.trim();

/** Nothing that a run prints, and nothing of the containers' configuration but the clients' environment, holds the value. */
function keptQuiet(project: Project, secret: string, told: { stdout: string; stderr: string }, but: readonly string[]): void {
  assert.ok(secret.length >= 32, secret);
  assert.ok(!(told.stdout + told.stderr).includes(secret), 'the password is printed');
  for (const service of project.scenario.services) {
    const { Config: config } = project.container(service);
    const shows = JSON.stringify(config).includes(secret);
    assert.equal(shows, but.includes(service), `${service}: docker inspect ${shows ? 'shows' : 'does not show'} it`);
  }
}

const risk = ['--risk', 'broker-no-auth'];

async function dryRunHoldsNone(project: Project, ...words: string[]): Promise<void> {
  const told = await project.harden('fix', ...risk, ...words);
  assert.equal(told.code, 0, said(told));
  assert.match(told.stdout, /<generated:\w+>/);
  assert.match(told.stderr, /Passwords are made when this is applied/);
}

// Together: they mostly wait.
void describe('broker-no-auth', { concurrency: true }, () => {
  engineTest('redis with a user of its own, and back', (t) =>
    withScenario(t, 'pickle-serializer', {}, async (project) => {
      const before = standingNow(project);
      await t.test('as it is, redis answers everybody', async () => {
        assert.equal(await ping(project, 'redis://redis/0'), 'True');
        const scan = await project.harden('scan', '--format', 'json');
        const [finding] = (JSON.parse(scan.stdout) as { findings: { risk: string; severity: string; confidence: string; title: string }[] }).findings.filter((f) => f.risk === 'broker-no-auth');
        assert.deepEqual([finding?.title, finding?.severity, finding?.confidence], ['redis has no password', 'high', 'seen']);
      });
      await t.test('a dry run shows where the password will stand, and none', () => dryRunHoldsNone(project));

      await t.test('fix --yes: who brings no login is refused, everybody else goes on', async () => {
        const told = await project.harden('fix', '--yes', ...risk);
        assert.equal(told.code, 0, said(told));
        assert.match(told.stdout.replace(/\s+/g, ' '), /gone redis has no password redis: without a login NOAUTH; worker answers through it/);
        assert.match(await ping(project, 'redis://redis/0'), /^AuthenticationError|NOAUTH|Authentication required/);
        await aPriceIsStillAPrice(project);
        const env = path.join(project.root, '.env.redis');
        assert.equal(statSync(env).mode & 0o777, 0o600);
        const [, secret = ''] = /app:([^@]+)@/.exec(readFileSync(env, 'utf8')) ?? [];
        keptQuiet(project, secret, told, ['web', 'worker']);
        assert.ok(!readFileSync(path.join(project.root, 'redis.acl'), 'utf8').includes(secret), 'the server got the password and not its hash');
        // What administers the server is not the app's.
        assert.match(await ping(project, `redis://app:${secret}@redis/0`), /True/);
        const denied = await project.exec('web', ['python3', '-c', 'import redis, sys; redis.Redis.from_url(sys.argv[1]).config_get("*")', `redis://app:${secret}@redis/0`]);
        assert.match(denied.stderr, /NoPermission|no permissions/i);
        const { stdout } = await project.exec('worker', ['sh', '-c', 'ls -a /app']);
        assert.doesNotMatch(stdout, /\.env/, 'the env file is in the image');
      });

      await t.test('its people build and start as ever', async () => {
        await project.compose('up', '-d', '--build');
        await untilItAnswers(project.scenario.answers.filter((a) => a.get));
        await aPriceIsStillAPrice(project);
        const { stdout } = await project.exec('worker', ['sh', '-c', 'ls -a /app']);
        assert.doesNotMatch(stdout, /\.env/, 'a later build takes the env file along');
      });

      await t.test('undo --yes puts everything back, and takes the password away', async () => {
        const undone = await project.harden('undo', '--yes');
        assert.equal(undone.code, 0, said(undone));
        assert.throws(() => statSync(path.join(project.root, '.env.redis')));
        assert.equal(await ping(project, 'redis://redis/0'), 'True');
        await aPriceIsStillAPrice(project);
        assert.deepEqual(Object.keys(before.tree).filter((f) => /env|acl/.test(f)), []);
      });
    }));

  longTest('redis with one password for all, and back', (t) =>
    withScenario(t, 'pickle-serializer', {}, async (project) => {
      const before = standingNow(project);
      const way = ['--fix', 'broker-no-auth=password'];
      await dryRunHoldsNone(project, ...way);
      const told = await project.harden('fix', '--yes', ...risk, ...way);
      assert.equal(told.code, 0, said(told));
      assert.match(await ping(project, 'redis://redis/0'), /Authentication/);
      await aPriceIsStillAPrice(project);
      const env = path.join(project.root, '.env');
      assert.equal(statSync(env).mode & 0o777, 0o600);
      const [, secret = ''] = /REDIS_PASSWORD=(.+)/.exec(readFileSync(env, 'utf8')) ?? [];
      // The price of this way: the server's own command shows it too.
      keptQuiet(project, secret, told, ['web', 'worker', 'redis']);
      const undone = await project.harden('undo', '--yes');
      assert.equal(undone.code, 0, said(undone));
      putBack(project, before);
      assert.equal(await ping(project, 'redis://redis/0'), 'True');
    }));

  longTest('RabbitMQ with a user and a virtual host of its own, and back', (t) =>
    withScenario(t, 'pickle-serializer', { before: withRabbit }, async (project) => {
      const login = async (address: string): Promise<string> => (await project.exec('worker', ['python3', '-c', 'import sys\nfrom kombu import Connection\ntry:\n    Connection(sys.argv[1], connect_timeout=5).connect()\n    print("in")\nexcept Exception as error:\n    print(error)', address])).stdout.trim();
      await until('RabbitMQ is up', async () => (await login('amqp://guest:guest@redis//')) === 'in');
      const told = await project.harden('fix', '--yes', ...risk);
      assert.equal(told.code, 0, said(told));
      assert.match(told.stdout.replace(/\s+/g, ' '), /redis: guest is refused; worker answers through it/);
      assert.match(await login('amqp://guest:guest@redis//'), /ACCESS_REFUSED/);
      const [, secret = ''] = /app:([^@]+)@/.exec(readFileSync(path.join(project.root, '.env.redis'), 'utf8')) ?? [];
      assert.equal(await login(`amqp://app:${secret}@redis/app`), 'in');
      assert.notEqual(await login(`amqp://app:${secret}@redis//`), 'in', 'its user may use a virtual host that is not its own');
      keptQuiet(project, secret, told, ['web', 'worker']);
      await aPriceIsStillAPrice(project);
      const undone = await project.harden('undo', '--yes');
      assert.equal(undone.code, 0, said(undone));
      await until('guest is let in again', async () => (await login('amqp://guest:guest@redis//')) === 'in');
    }), { timeout: 8 * 60_000 });
});

/** The same bureau with a RabbitMQ that lets guest in, as its official image does; its data stays in a volume under one name. */
function withRabbit({ root }: { root: string }): void {
  const edit = (file: string, change: (text: string) => string): void => writeFileSync(path.join(root, file), change(readFileSync(path.join(root, file), 'utf8')));
  mkdirSync(path.join(root, 'redis'), { recursive: true });
  writeFileSync(path.join(root, 'redis/Dockerfile'), 'FROM debian:bookworm-slim\nRUN apt-get update && apt-get install -y --no-install-recommends rabbitmq-server && rm -rf /var/lib/apt/lists/*\nCOPY open.conf /etc/rabbitmq/rabbitmq.conf\nEXPOSE 5672\nCMD ["rabbitmq-server"]\n');
  writeFileSync(path.join(root, 'redis/open.conf'), 'loopback_users.guest = false\n');
  edit('bureau/tasks.py', (text) => text.replace('broker="redis://redis/0", backend="redis://redis/1"', 'broker="amqp://guest:guest@redis//", backend="rpc://"'));
  edit('compose.yaml', (text) => `${text.replace('    build: redis\n', '    build: redis\n    hostname: redis\n    volumes:\n      - queue:/var/lib/rabbitmq\n')}\nvolumes:\n  queue:\n`);
}
