// A run that is proven again later: what holds, what drifted, and since when. Nothing is written for it.
import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { docker, engineTest } from '../helpers/engine.ts';
import { putBack, standingNow, untouched } from '../helpers/loop.ts';
import { said } from '../helpers/scan.ts';
import { withScenario, type Project } from '../helpers/scenario.ts';

interface Told {
  readonly exitCode: number;
  readonly proofs: readonly { readonly risk: string; readonly held: string; readonly proof: string; readonly after?: string; readonly latest?: { readonly container: string; readonly at: string } }[];
  readonly changes: readonly { readonly held: string; readonly what: string; readonly file?: string }[];
}

const up = (project: Project, ...words: string[]): string => docker('compose', '-p', project.name, '-f', path.join(project.root, 'compose.yaml'), 'up', '-d', ...words);

/** Asked as JSON, without leaving a trace. */
async function verified(project: Project, code: number): Promise<Told> {
  const before = standingNow(project);
  const helpers = (): string => docker('ps', '-aq', '--filter', `ancestor=${project.name}-web`);
  const standing = helpers();
  const told = await project.harden('verify', '--format', 'json');
  assert.equal(told.code, code, said(told));
  untouched(project, before);
  assert.equal(helpers(), standing, 'a helper container was left');
  return JSON.parse(told.stdout) as Told;
}

engineTest('a run is verified again, and what drifted is named with the time since when', (t) =>
  withScenario(t, 'root-container', {}, async (project) => {
    const before = standingNow(project);
    const missing = await project.harden('verify');
    assert.equal(missing.code, 2, said(missing));

    const fixed = await project.harden('fix', '--yes');
    assert.equal(fixed.code, 0, said(fixed));
    const dockerfile = path.join(project.root, 'Dockerfile');
    const written = readFileSync(dockerfile, 'utf8');

    await t.test('right away everything holds', async () => {
      const { proofs, changes } = await verified(project, 0);
      assert.ok(proofs.length > 0 && proofs.every((p) => p.held === 'holds'), JSON.stringify(proofs));
      assert.deepEqual(changes, []);
    });

    await t.test('a restart and an edit elsewhere are said, and it still holds', async () => {
      docker('restart', '-t', '1', `${project.name}-web-1`);
      appendFileSync(dockerfile, '# mine\n');
      const { changes } = await verified(project, 0);
      assert.deepEqual(changes.map((c) => c.held), ['holds', 'holds']);
      assert.match(changes.map((c) => c.what).join('\n'), /Dockerfile was edited since, on other lines[^]*was started again/);
    });

    await t.test('root that came back through the compose file is named, with the container that shows it', async () => {
      const compose = path.join(project.root, 'compose.yaml');
      const kept = readFileSync(compose, 'utf8');
      writeFileSync(compose, kept.replace(/^ {2}web:\n/m, '  web:\n    user: "0:0"\n'));
      up(project, '--no-build');
      docker('exec', `${project.name}-web-1`, 'touch', 'data/by-root');
      const { proofs, changes } = await verified(project, 3);
      const root = proofs.find((p) => p.risk === 'root-container');
      assert.equal(root?.held, 'drifted');
      assert.match(root?.proof ?? '', /still uid 0/);
      assert.equal(root?.latest?.container, `${project.name}-web-1`);
      assert.ok((root?.latest?.at ?? '') > (root?.after ?? '~'), 'it was started after the run was proven');
      assert.ok(changes.some((c) => /runs in another container, .*, from the same image/.test(c.what)), JSON.stringify(changes));
      const page = await project.harden('verify');
      assert.match(page.stdout, /^drifted .*\n +since +(?:after )?\d{4}-\d\d-\d\d \d\d:\d\d, (?:and by|when\s+\S+\s+was started)/m, said(page));
      writeFileSync(compose, kept);
      up(project, '--no-build');
    });

    await t.test('what root wrote in the volume meanwhile does not go unseen', async () => {
      const { proofs, changes } = await verified(project, 3);
      assert.ok(proofs.every((p) => p.held === 'holds'), JSON.stringify(proofs));
      assert.ok(changes.some((c) => c.held === 'drifted' && /belongs to root again/.test(c.what)), JSON.stringify(changes));
    });

    await t.test('a Dockerfile as it was before is named although the old image still runs', async () => {
      writeFileSync(dockerfile, written.replace(/^USER .*\n/m, ''));
      const { proofs, changes } = await verified(project, 3);
      assert.ok(proofs.some((p) => p.risk === 'root-container'), JSON.stringify(proofs));
      assert.ok(changes.some((c) => c.held === 'drifted' && c.file === 'Dockerfile'), JSON.stringify(changes));
      writeFileSync(dockerfile, written);
    });

    await t.test('a stopped service can not be told', async () => {
      docker('stop', '-t', '1', `${project.name}-web-1`);
      const { proofs } = await verified(project, 3);
      assert.ok(proofs.every((p) => p.held === 'cannot-tell'), JSON.stringify(proofs));
      docker('start', `${project.name}-web-1`);
    });

    await t.test('undone, there is nothing left to verify', async () => {
      const undone = await project.harden('undo', '--yes');
      assert.equal(undone.code, 0, said(undone));
      putBack(project, before);
      const told = await project.harden('verify');
      assert.equal(told.code, 2, said(told));
    });
  }));
