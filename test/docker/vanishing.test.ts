// An engine that is not there, refuses, or goes away half-way.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { engineTest } from '../helpers/engine.ts';
import { putBack, standingNow, untouched } from '../helpers/loop.ts';
import { proxy } from '../helpers/proxy.ts';
import { read, said } from '../helpers/scan.ts';
import { withScenario, type Project } from '../helpers/scenario.ts';
import { treeOf } from '../helpers/tree.ts';

/** Calm words, no stack, and the way on. */
function calm(told: { code: number; stdout: string; stderr: string }): void {
  assert.doesNotMatch(told.stderr, /this is a bug|^\s+at .*:\d+:\d+/m, said(told));
  assert.match(told.stderr, /\bDocker\b/i, said(told));
}

async function scanGoesOn(project: Project, host: string): Promise<void> {
  const told = await project.harden('scan', '--format', 'json', '--docker-host', host);
  const scan = read(told);
  const blind = scan.blind.find((b) => /docker/i.test(b.what + b.why));
  assert.ok(blind && blind.remedy, JSON.stringify(scan.blind));
  const found = scan.findings.find((f) => f.risk === 'root-container');
  assert.equal(found?.confidence, 'declared', JSON.stringify(scan.findings.map((f) => [f.risk, f.confidence])));
  assert.equal(told.code, 1, said(told));
}

engineTest('no engine: scan goes on with the files, fix shows its diff, --yes says what is missing', (t) =>
  withScenario(t, 'root-container', { start: false }, async (project) => {
    const refusing = path.join(project.box, 'refusing.sock');
    writeFileSync(refusing, '');
    for (const host of ['unix:///nonexistent.sock', `unix://${refusing}`, 'tcp://127.0.0.1:9']) {
      await t.test(`${host.replace(project.box, '')}: scan`, () => scanGoesOn(project, host));
    }
    await t.test('fix', async () => {
      const dry = await project.harden('fix', '--docker-host', 'unix:///nonexistent.sock');
      assert.equal(dry.code, 0, said(dry));
      assert.match(dry.stdout, /^\+USER 10001/m);
      const yes = await project.harden('fix', '--yes', '--docker-host', 'unix:///nonexistent.sock');
      assert.equal(yes.code, 2, said(yes));
      assert.match(yes.stderr, /--files-only/);
      calm(yes);
    });
  }));

engineTest('an engine that goes away half-way', (t) =>
  withScenario(t, 'root-container', {}, async (project) => {
    const before = standingNow(project);
    await t.test('while a scan looks: it says so and goes on', async () => {
      const through = await proxy(path.join(project.box, 'a.sock'), { vanishAfter: 4 });
      try {
        await scanGoesOn(project, `unix://${through.path}`);
      } finally {
        await through.close();
      }
      untouched(project, before);
    });

    await t.test('while the unmodified files are built: nothing was begun', async () => {
      const through = await proxy(path.join(project.box, 'd.sock'), { vanishAt: /^POST \S*\/(build|session|grpc)\b/ });
      try {
        const told = await project.harden('fix', '--yes', '--docker-host', `unix://${through.path}`);
        assert.ok(through.vanished(), `the build never came: ${said(told)}`);
        assert.equal(told.code, 2, said(told));
        assert.match(told.stderr, /Docker stopped answering\. Nothing was begun/);
        calm(told);
      } finally {
        await through.close();
      }
      assert.deepEqual(standingNow(project).tree, before.tree);
      assert.equal(project.container('web')['State'].StartedAt, before.engine['containers'][0][2]);
    });

    await t.test('while an image is built: files go back, nothing was stopped', async () => {
      const through = await proxy(path.join(project.box, 'b.sock'), { vanishAt: /^POST \S*\/(build|session|grpc)\b/ });
      try {
        const told = await project.harden('fix', '--yes', '--accept-drift', '--docker-host', `unix://${through.path}`);
        assert.ok(through.vanished(), `the build never came: ${said(told)}`);
        assert.equal(told.code, 3, said(told));
        calm(told);
      } finally {
        await through.close();
      }
      assert.deepEqual(standingNow(project).tree, before.tree);
      assert.equal(project.container('web')['State'].StartedAt, before.engine['containers'][0][2]);
      await project.answersAsBefore();
    });

    await t.test('undo takes back what could not be taken back then', async () => {
      const told = await project.harden('undo', '--yes');
      assert.ok([0, 2].includes(told.code), said(told));
      putBack(project, before);
      assert.deepEqual(await project.keptImages(), []);
    });

    await t.test('when the new container is to be made: what is left to do is said, and undo does it once the engine is back', async () => {
      const now = standingNow(project);
      const through = await proxy(path.join(project.box, 'c.sock'), { vanishAt: /^POST \S*\/containers\/create\?\S*name=\S*web/ });
      try {
        const told = await project.harden('fix', '--yes', '--docker-host', `unix://${through.path}`);
        assert.ok(through.vanished(), `no container was to be made: ${said(told)}`);
        assert.equal(told.code, 3, said(told));
        calm(told);
        assert.match(told.stderr, /harden-tui\.js undo/, said(told));
      } finally {
        await through.close();
      }
      assert.deepEqual(treeOf(project.root)['Dockerfile'], now.tree['Dockerfile'], 'files do not need the engine to go back');
      const undone = await project.harden('undo', '--yes');
      assert.equal(undone.code, 0, said(undone));
      putBack(project, now);
      await project.answersAsBefore();
      assert.deepEqual(await project.keptImages(), []);
    });
  }));
