// A Celery worker that may connect to anywhere, put on a network that has no way out.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { engineTest } from '../helpers/engine.ts';
import { must, ran } from '../helpers/program.ts';
import { until } from '../helpers/requests.ts';
import { findingOf, read, said } from '../helpers/scan.ts';
import { withScenario, type Project } from '../helpers/scenario.ts';

const CONNECT = `import errno, socket, sys
s = socket.socket()
s.settimeout(3)
try:
    s.connect((sys.argv[1], int(sys.argv[2])))
    print("OK")
except TimeoutError:
    print("silence")
except OSError as error:
    print(errno.errorcode[error.errno])`;

const connect = async (project: Project, host: string, port: number): Promise<string> =>
  (await project.exec('worker', ['python3', '-c', CONNECT, host, String(port)])).stdout.trim();

/** Somebody on the far side of this machine: a network namespace with an address that is nobody's (RFC 5737), and a server in it. */
async function outside(t: TestContext): Promise<{ host: string; port: number } | undefined> {
  const name = `ht${process.pid}`;
  const [near, far] = [`${name}a`, `${name}b`];
  const net = 4 * (process.pid % 60);
  const [gateway, host] = [`198.51.100.${net + 1}`, `198.51.100.${net + 2}`];
  const inside = ['ip', 'netns', 'exec', name];
  if ((await ran(['ip', 'netns', 'add', name]).catch(() => ({ code: 1 }))).code !== 0) return undefined;
  t.after(() => ran(['ip', 'netns', 'del', name]));
  await must(['ip', 'link', 'add', near, 'type', 'veth', 'peer', 'name', far, 'netns', name]);
  await must(['ip', 'addr', 'add', `${gateway}/30`, 'dev', near]);
  await must(['ip', 'link', 'set', near, 'up']);
  await must([...inside, 'ip', 'addr', 'add', `${host}/30`, 'dev', far]);
  await must([...inside, 'ip', 'link', 'set', far, 'up']);
  await must([...inside, 'ip', 'route', 'add', 'default', 'via', gateway]);
  const server = spawn('ip', ['netns', 'exec', name, process.execPath, '-e', 'require("node:net").createServer((s) => s.end()).listen(8099)'], { stdio: 'ignore' });
  t.after(() => server.kill());
  return { host, port: 8099 };
}

engineTest('worker-egress, from scan to undo', (t) =>
  withScenario(t, 'pickle-serializer', {}, async (project) => {
    const compose = (): string => readFileSync(path.join(project.root, 'compose.yaml'), 'utf8');
    const before = compose();
    const there = await outside(t);
    assert.ok(there, 'no network namespace could be made: this test needs root and iproute2');
    const { host, port } = there;

    await t.test('as it is, the worker gets out', async () => {
      await until('the outside answers', async () => (await connect(project, host, port)) === 'OK');
      const scan = await project.harden('scan', '--format', 'json', '--severity', 'info');
      assert.equal(findingOf(read(scan), 'worker-egress', 'worker')?.severity, 'info', said(scan));
      // Nobody asked for it: info is not what fix takes by itself.
      assert.doesNotMatch((await project.harden('fix')).stdout, /internal: true/);
    });

    await t.test('fix --yes shuts it in, and its broker is still there', async () => {
      const told = await project.harden('fix', '--yes', '--risk', 'worker-egress');
      assert.equal(told.code, 0, said(told));
      assert.match(told.stdout.replace(/\s+/g, ' '), /no way out, and answers through its broker/);
      assert.match(compose(), /internal: true/);
      assert.equal(await connect(project, host, port), 'silence');
      assert.equal(await connect(project, 'redis', 6379), 'OK');
      await project.answersAsBefore();
      const scan = await project.harden('scan', '--format', 'json', '--severity', 'info');
      assert.equal(findingOf(read(scan), 'worker-egress', 'worker'), undefined, said(scan));
    });

    await t.test('undo gives it the way back', async () => {
      const told = await project.harden('undo', '--yes');
      assert.equal(told.code, 0, said(told));
      assert.equal(compose(), before);
      assert.equal(await connect(project, host, port), 'OK');
      await project.answersAsBefore();
    });
  }));
