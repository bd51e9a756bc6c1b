// A container that `docker run` made by hand: replaced with everything it had, and the very same one back by undo.
import assert from 'node:assert/strict';
import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { docker, engineTest } from '../helpers/engine.ts';
import { configuration, inspect, standing } from '../helpers/inspected.ts';
import { processesOf } from '../helpers/processes.ts';
import { answersAsBefore, get, untilItAnswers } from '../helpers/requests.ts';
import { read, said, findingOf } from '../helpers/scan.ts';
import { withScenario, type Project } from '../helpers/scenario.ts';
import { treeOf } from '../helpers/tree.ts';

/** All that a container can have been given beside its image. */
function start(project: Project, name: string): string {
  const { root } = project;
  for (const network of ['front', 'back']) docker('network', 'create', `${name}-${network}`);
  docker('build', '-q', '-t', name, root);
  const id = docker(
    'run', '-d', '--name', name, '--restart', 'unless-stopped', '--memory', '256m', '--hostname', 'hut', '--label', 'team=alps', '--env-file', path.join(root, '.env'), '-e', 'SEASON=winter',
    '--network', `${name}-front`, '--network-alias', 'book', '-p', `127.0.0.1:${project.port('web')}:8000`,
    '-v', `${name}-data:/app/data`, '-v', `${root}/uploads:/app/uploads`, '-v', '/app/logs', name,
  );
  docker('network', 'connect', '--alias', 'archive', `${name}-back`, id);
  return id;
}

function remove(name: string): void {
  const quietly = (...words: string[]): void => {
    try {
      docker(...words);
    } catch {
      // It was not there; the next one may be.
    }
  };
  for (const id of docker('ps', '-aq', '--filter', `name=^/${name}`).split('\n').filter(Boolean)) quietly('rm', '-fv', id);
  for (const network of ['front', 'back']) quietly('network', 'rm', `${name}-${network}`);
  quietly('volume', 'rm', `${name}-data`);
  quietly('rmi', '-f', name);
}

/** Keys of the configuration that differ, one level down. */
function differing(a: Record<string, any>, b: Record<string, any>): string[] {
  const flat = (c: Record<string, any>): [string, string][] =>
    Object.entries(c).flatMap(([key, value]) => (['Config', 'HostConfig'].includes(key) ? Object.entries(value as object).map(([k, v]) => [`${key}.${k}`, JSON.stringify(v)] as [string, string]) : [[key, JSON.stringify(value)] as [string, string]]));
  const [left, right] = [new Map(flat(a)), new Map(flat(b))];
  return [...new Set([...left.keys(), ...right.keys()])].filter((key) => left.get(key) !== right.get(key)).sort();
}

engineTest('a container from docker run keeps everything, and comes back itself', (t) =>
  withScenario(t, 'root-container', { start: false }, async (project) => {
    const name = `${project.name}-hut`;
    t.after(() => remove(name));
    const id = start(project, name);
    await untilItAnswers(project.scenario.answers);
    await answersAsBefore(project.scenario.answers);
    const before = { tree: treeOf(project.root), config: configuration(inspect(id)), image: docker('image', 'inspect', '-f', '{{.Id}}', name) };

    await t.test('scan ties it to the Dockerfile', async () => {
      const told = await project.harden('scan', '--format', 'json');
      const found = findingOf(read(told), 'root-container', name);
      assert.ok(found, said(told));
      assert.equal(found.confidence, 'seen');
      assert.deepEqual(found.locations.map((l) => l.file), ['Dockerfile']);
      assert.ok(found.subjects.some((s) => s.kind === 'container' && s.id === id));
    });

    await t.test('fix --yes replaces it with everything it had', async () => {
      const told = await project.harden('fix', '--yes');
      assert.equal(told.code, 0, said(told));
      const now = inspect(name);
      assert.notEqual(now['Id'], id);
      const seen = processesOf(now['Id'] as string);
      assert.ok(seen.length >= 3 && seen.every((p) => p.uid === 10001), JSON.stringify(seen.map((p) => p.uid)));
      // The anonymous volume hangs on by its name now: the engine tells that as a bind.
      const other = differing(before.config, configuration(now)).filter((key) => key !== 'HostConfig.Binds');
      assert.deepEqual(other, ['Config.User', 'Image']);
      assert.deepEqual(now['Mounts'].map((m: any) => [m.Destination, m.Name ?? m.Source]).sort(), before.config['Mounts'].map((m: any) => [m.Destination, m.Name ?? m.Source]).sort());
      await answersAsBefore(project.scenario.answers);
      assert.match((await get(project.url)).text, /Larch Hut/);
      const aliases = (network: string): string[] => now['NetworkSettings'].Networks[`${name}-${network}`].Aliases;
      assert.ok(aliases('front').includes('book') && aliases('back').includes('archive'));
    });

    await t.test('undo brings the very old container back', async () => {
      const told = await project.harden('undo', '--yes');
      assert.equal(told.code, 0, said(told));
      const now = inspect(name);
      assert.equal(now['Id'], id);
      assert.equal(now['State'].Running, true);
      assert.deepEqual(configuration(now), before.config);
      assert.equal(docker('image', 'inspect', '-f', '{{.Id}}', name), before.image);
      assert.equal(docker('ps', '-aq', '--filter', `name=^/${name}`).split('\n').length, 1, 'one of them is left over');
      const tree = treeOf(project.root);
      for (const file of Object.keys(before.tree)) assert.equal(tree[file], before.tree[file], file);
      await answersAsBefore(project.scenario.answers);
    });
  }));

// Two checkouts of one repository on one machine: the container of the other one follows our Dockerfile step by step.
engineTest('a twin that was started from another folder is never touched', (t) =>
  withScenario(t, 'root-container', { start: false }, async (project) => {
    const name = `${project.name}-twin`;
    const other = path.join(project.box, 'other');
    t.after(() => remove(name));
    cpSync(project.root, other, { recursive: true });
    docker('build', '-q', '-t', name, other);
    const id = docker('run', '-d', '--name', name, '-v', `${other}/uploads:/app/uploads`, name);
    const before = standing([id]);

    for (const compose of [true, false]) {
      await t.test(compose ? 'beside a compose file that builds the Dockerfile' : 'beside a Dockerfile alone', async () => {
        if (!compose) rmSync(path.join(project.root, 'compose.yaml'));
        const scan = read(await project.harden('scan', '--format', 'json'));
        const sure = scan.findings.filter((f) => f.confidence !== 'guess' && f.subjects.some((s) => s.name === name));
        assert.deepEqual(sure, [], 'it is told as ours');
        const told = await project.harden('fix', '--yes');
        assert.doesNotMatch(told.stdout + told.stderr, new RegExp(`docker (stop|rename|rm -f) .*${name}`), said(told));
        assert.deepEqual(standing([id]), before, said(told));
      });
    }
  }));
