// A redis that is published on every address of the machine, by compose and by docker run.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { docker, engineTest, longTest } from '../helpers/engine.ts';
import { inspect } from '../helpers/inspected.ts';
import { answersAsBefore, until } from '../helpers/requests.ts';
import { findingOf, read, said } from '../helpers/scan.ts';
import { withScenario, type Project } from '../helpers/scenario.ts';

/** What redis says to whoever comes, or why nobody can come. */
const ping = (host: string, port: number): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 3_000 }, () => socket.write('PING\r\n'));
    socket.on('data', (bytes) => {
      resolve(bytes.toString().trim());
      socket.destroy();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'));
    socket.on('timeout', () => {
      resolve('silence');
      socket.destroy();
    });
  });

/** An address of this machine under which others know it. */
const outward = Object.values(networkInterfaces()).flatMap((all) => all ?? []).find((a) => !a.internal && a.family === 'IPv4')!.address;

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '0.0.0.0', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

const published = (container: string): unknown => inspect(container)['NetworkSettings'].Ports['6379/tcp'];

const answers = (host: string, port: number): Promise<unknown> => until(`redis answers on ${host}:${port}`, async () => (await ping(host, port)) === '+PONG');

/** Writes `ports:` of the scenario's redis, which has none. */
function publish(root: string, port: number): void {
  const file = path.join(root, 'compose.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('    build: redis\n', `    build: redis\n    ports:\n      - "${port}:6379"\n`));
}

for (const fix of ['loopback', 'internal-only'] as const) {
  (fix === 'loopback' ? engineTest : longTest)(`exposed-port in compose, ${fix}, from scan to undo`, async (t) => {
    const port = await freePort();
    await withScenario(t, 'pickle-serializer', { before: ({ root }) => publish(root, port) }, async (project) => {
      const compose = (): string => readFileSync(path.join(project.root, 'compose.yaml'), 'utf8');
      const redis = (): string => project.container('redis')['Id'] as string;
      const before = compose();

      await t.test('as it is, anybody on the network gets an answer', async () => {
        await answers(outward, port);
        const scan = await project.harden('scan', '--format', 'json');
        const found = findingOf(read(scan), 'exposed-port', 'redis');
        assert.ok(found, said(scan));
        assert.deepEqual([found.severity, found.confidence, found.locations[0]?.file], ['high', 'seen', 'compose.yaml']);
        assert.match(found.title, new RegExp(`^${port} of redis is open`));
      });

      await t.test('fix --yes closes it, and the project goes on', async () => {
        const told = await project.harden('fix', '--yes', '--risk', 'exposed-port', '--fix', `exposed-port=${fix}`);
        assert.equal(told.code, 0, said(told));
        assert.match(told.stdout.replace(/\s+/g, ' '), /refused on every other address of this machine/, said(told));
        assert.equal(await ping(outward, port), 'ECONNREFUSED');
        if (fix === 'loopback') {
          await answers('127.0.0.1', port);
          assert.deepEqual(published(redis()), [{ HostIp: '127.0.0.1', HostPort: String(port) }]);
          assert.match(compose(), new RegExp(`- "127.0.0.1:${port}:6379"`));
        } else {
          assert.equal(await ping('127.0.0.1', port), 'ECONNREFUSED');
          assert.ok(!(published(redis()) as unknown[] | null)?.length);
          assert.equal(compose(), before.replace(`    ports:\n      - "${port}:6379"\n`, ''));
        }
        await answersAsBefore(project.scenario.answers);
        assert.equal(findingOf(read(await project.harden('scan', '--format', 'json')), 'exposed-port', 'redis'), undefined);
      });

      await t.test('undo opens it again', async () => {
        const told = await project.harden('undo', '--yes');
        assert.equal(told.code, 0, said(told));
        assert.equal(compose(), before);
        await answers(outward, port);
        await answersAsBefore(project.scenario.answers);
      });
    });
  });
}

/** redis alone, as somebody would start it by hand; a folder of the project makes it the project's. */
function start(project: Project, name: string, port: number): string {
  mkdirSync(path.join(project.root, 'dump'));
  docker('build', '-q', '-t', name, path.join(project.root, 'redis'));
  return docker('run', '-d', '--name', name, '-p', `${port}:6379`, '-v', `${project.root}/dump:/dump`, name);
}

const mapped = (fix: 'loopback' | 'internal-only') => (t: TestContext) =>
  withScenario(t, 'pickle-serializer', { start: false }, async (project) => {
    const name = `${project.name}-cache`;
    const port = await freePort();
    t.after(() => {
      for (const id of docker('ps', '-aq', '--filter', `name=^/${name}`).split('\n').filter(Boolean)) docker('rm', '-fv', id);
      docker('rmi', '-f', name);
    });
    const id = start(project, name, port);
    await answers(outward, port);

    const told = await project.harden('fix', '--yes', '--risk', 'exposed-port', '--fix', `exposed-port=${fix}`);
    assert.equal(told.code, 0, said(told));
    assert.notEqual(inspect(name)['Id'], id);
    assert.equal(await ping(outward, port), 'ECONNREFUSED');
    if (fix === 'loopback') await answers('127.0.0.1', port);
    else assert.equal(await ping('127.0.0.1', port), 'ECONNREFUSED');
    const back = await project.harden('undo', '--yes');
    assert.equal(back.code, 0, said(back));
    assert.equal(inspect(name)['Id'], id);
    await answers(outward, port);
  });

engineTest('exposed-port of docker run: the mapping changes, and the very same container comes back', mapped('loopback'));
longTest('exposed-port of docker run: no mapping is left, and the very same container comes back', mapped('internal-only'));
