// A broker that is open, pickle, and a root worker behind it: one chain, one plan.
import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { json, pickled } from '../helpers/celery.ts';
import { docker, longTest } from '../helpers/engine.ts';
import { fixHolds, scanShows, standingNow, untouched } from '../helpers/loop.ts';
import { get, post, until } from '../helpers/requests.ts';
import { said } from '../helpers/scan.ts';
import { withScenario, type Project } from '../helpers/scenario.ts';

async function aDayIsSummedUp(project: Project): Promise<void> {
  const { id } = JSON.parse((await post(`${project.url}days`, '11.5 12.0 14.5')).text) as { id: string };
  const answer = await until('a day is summed up', async () => {
    const got = await get(`${project.url}days/${id}`);
    return got.status === 200 && got.text;
  });
  assert.deepEqual(JSON.parse(answer), { state: 'SUCCESS', day: { low: 11.5, high: 14.5, mean: 12.7 } });
}

/** Puts a message into the queue as somebody with this address may; what redis and the worker say to it. */
async function send(project: Project, text: string, login: readonly string[] = [], wanted = /ContentDisallowed|Received unregistered task|succeeded/): Promise<string> {
  const before = (await project.logs('worker')).length;
  const put = await project.exec('redis', ['redis-cli', ...login, '-x', 'lpush', 'celery'], { input: text });
  if (/NOAUTH/.test(put.stdout)) return 'NOAUTH';
  return until('the worker says something to it', async () => wanted.exec((await project.logs('worker')).slice(before))?.[0]);
}

/** Then web alone is what nobody starts again: something to mend that leaves the worker alone. */
function redisIsKeptUp({ root }: { root: string }): void {
  const at = path.join(root, 'compose.yaml');
  writeFileSync(at, readFileSync(at, 'utf8').replace('      - readings:/data\n', '      - readings:/data\n    restart: unless-stopped\n'));
}

longTest('celery-pickle, from scan to undo', (t) =>
  withScenario(t, 'celery-pickle', { before: redisIsKeptUp }, async (project) => {
    await t.test('as it is, a pickled message from anybody is read', async () => {
      assert.equal(await send(project, pickled().text), 'Received unregistered task');
      await aDayIsSummedUp(project);
    });
    await scanShows(t, project);
    await t.test('fix is a dry run that names the password and has none', async () => {
      const before = standingNow(project);
      const told = await project.harden('fix');
      assert.equal(told.code, 0, said(told));
      assert.match(told.stdout, /REDIS_APP_PASSWORD=<generated:redis>/);
      assert.match(told.stderr, /Passwords are made when this is applied/);
      untouched(project, before);
    });
    await t.test('a pickled message that waits keeps json-only from being begun, and nothing else', async () => {
      // Held still, it reads nothing: at most one is handed out to its open question, and the other one stays.
      const worker = project.container('worker')['Id'] as string;
      docker('kill', '--signal', 'STOP', worker);
      try {
        for (let i = 0; i < 2; i++) await project.exec('redis', ['redis-cli', '-x', 'lpush', 'celery'], { input: pickled().text });
        const before = standingNow(project);
        const alone = await project.harden('fix', '--yes', '--risk', 'pickle-serializer');
        assert.equal(alone.code, 2, said(alone));
        assert.match(alone.stderr.replace(/\s+/g, ' '), /([12]) messages? waits? for worker in redis, pickled, and it would throw (it|them) away/);
        assert.match(alone.stderr.replace(/\s+/g, ' '), /Read both for a while first: \S.* fix --risk pickle-serializer .*--fix pickle-serializer=drain-first/);
        untouched(project, before);
        // Web is another service: it goes on without it.
        const told = await project.harden('fix', '--yes', '--risk', 'pickle-serializer', '--risk', 'unsupervised-process');
        assert.equal(told.code, 0, said(told));
        assert.match(told.stderr.replace(/\s+/g, ' '), /Left out: [^:]*: [12] messages? waits? for worker/);
        assert.match(told.stdout, /^gone /m);
        assert.equal(project.container('worker')['Id'], worker, 'the worker was replaced');
        assert.equal((await project.harden('undo', '--yes')).code, 0);
      } finally {
        docker('kill', '--signal', 'CONT', worker);
      }
      await until('it is taken', async () => (await project.exec('redis', ['redis-cli', 'llen', 'celery'])).stdout.trim() === '0');
    });
    await fixHolds(t, project, {
      repository: 'none',
      facts: async ({ stdout }) => {
        const told = stdout.replace(/\s+/g, ' ');
        assert.match(told, /redis: without a login NOAUTH/);
        assert.match(told, /worker itself says: json, nothing else/);
        for (const service of ['web', 'worker']) {
          await until(`${service} has its processes`, () => project.processes(service).length >= 2);
          assert.ok(project.processes(service).every((p) => p.uid !== 0), `${service} is root`);
        }
        assert.equal(await send(project, pickled().text), 'NOAUTH');
        const env = path.join(project.root, '.env');
        assert.equal(statSync(env).mode & 0o777, 0o600);
        const [, secret = ''] = /REDIS_APP_PASSWORD=(.+)/.exec(readFileSync(env, 'utf8')) ?? [];
        assert.ok(!stdout.includes(secret));
        // Who has the login is not trusted with more than the tasks.
        const login = ['--user', 'app', '--pass', secret, '--no-auth-warning'];
        assert.equal(await send(project, pickled().text, login), 'ContentDisallowed');
        assert.equal(await send(project, json('station.tasks.summary', [[1, 2, 3]]).text, login), 'succeeded');
        await aDayIsSummedUp(project);
        assert.ok(!project.container('worker')['Config'].Env.some((e: string) => e.startsWith('C_FORCE_ROOT')));
      },
      back: async () => {
        // What redis kept for a worker that was stopped is done first.
        assert.equal(await send(project, pickled().text, [], /ContentDisallowed|Received unregistered task/), 'Received unregistered task');
        await aDayIsSummedUp(project);
      },
    });
  }), { timeout: 8 * 60_000 });
