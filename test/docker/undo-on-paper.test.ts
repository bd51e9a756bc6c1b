// The commands that undo shows before it asks are those that run then: of a compose project, of a part of a run, and of a
// container from docker run that somebody started anew since.
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { docker, longTest } from '../helpers/engine.ts';
import { inspect, standing } from '../helpers/inspected.ts';
import { said } from '../helpers/scan.ts';
import { untilItAnswers } from '../helpers/requests.ts';
import { withScenario, type Project } from '../helpers/scenario.ts';
import { treeOf } from '../helpers/tree.ts';

/** What stands under the heading, a row for each command. */
const shownIn = (stderr: string): readonly string[] => {
  const rows = stderr.split('\n');
  const from = rows.indexOf('Commands that run, in this order') + 1;
  assert.ok(from > 0, stderr);
  return rows.slice(from, rows.indexOf('', from)).map((row) => row.trim());
};
/** Those that only run where an address changes say so behind them. */
const certain = (shown: readonly string[]): readonly string[] => shown.filter((row) => !/ {2}# only if the address of /.test(row));

const ranIn = (stderr: string): readonly string[] => stderr.split('\n').flatMap((row) => /^ {4}\$ (.*)$/.exec(row)?.[1] ?? []);

/** Shown first with nobody to say yes, then in earnest: nothing is touched by the first, and the second runs just that. */
async function showsWhatRuns(project: Project, words: readonly string[] = [], containers = project.containers()): Promise<readonly string[]> {
  const now = async () => ({ tree: treeOf(project.root), engine: standing(containers), kept: [...(await project.keptImages())].sort() });
  const before = await now();
  const paper = await project.harden('undo', ...words);
  assert.equal(paper.code, 2, said(paper));
  assert.match(paper.stderr, /Nobody is there to be asked/);
  assert.deepEqual(await now(), before, 'it was to be shown only');
  const told = await project.harden('undo', ...words, '--yes', '--verbose');
  assert.ok(told.code === 0 || told.code === 3, said(told));
  const shown = shownIn(paper.stderr);
  const perhaps = shown.flatMap((row) => /^docker restart (\S+) {2}# only if the address of /.exec(row)?.[1] ?? []);
  assert.deepEqual(ranIn(told.stderr).filter((row) => !perhaps.some((name) => row === `docker stop ${name}` || row === `docker start ${name}`)), certain(shown), said(told));
  assert.deepEqual(shownIn(told.stderr), shown, 'with --yes it is shown, too');
  return shown;
}

longTest('the commands of an undo are shown before they run', (t: TestContext) =>
  withScenario(t, 'root-container', {}, async (project) => {
    const told = await project.harden('fix', '--yes', '--no-rehearse');
    assert.equal(told.code, 0, said(told));
    const shown = await showsWhatRuns(project);
    assert.match(shown.join('\n'), /^docker compose -p \S+ -f \S+ stop [^]*^docker tag sha256:\w+ \S+$[^]*^docker compose .* up -d --no-deps --no-build [^]*^docker rmi --no-prune sha256:\w+$/m);
    await project.answersAsBefore();
  }));

longTest('the commands of a part, then of the rest of a run, are those that run', (t: TestContext) =>
  withScenario(t, 'shop', {}, async (project) => {
    const told = await project.harden('fix', '--yes', '--no-rehearse');
    assert.equal(told.code, 0, said(told));
    const step = /^ +(\d+) +.*uwsgi\.ini/m.exec(told.stderr)?.[1];
    assert.ok(step, said(told));
    const part = await showsWhatRuns(project, ['--step', step]);
    assert.match(part.join('\n'), /admin/);
    assert.doesNotMatch(part.join('\n'), /-web|worker/, 'the others are not part of it');
    const rest = await showsWhatRuns(project);
    assert.match(rest.join('\n'), /web/);
    await project.answersAsBefore();
  }), { timeout: 15 * 60_000 });

longTest('the commands are those that run, also where somebody built and started anew since', (t: TestContext) =>
  withScenario(t, 'root-container', { start: false }, async (project) => {
    const name = `${project.name}-hut`;
    t.after(() => {
      for (const id of docker('ps', '-aq', '--filter', `name=^/${name}`).split('\n').filter(Boolean)) docker('rm', '-fv', id);
      for (const image of docker('images', '-q', name).split('\n').filter(Boolean)) docker('rmi', '-f', image);
    });
    docker('build', '-q', '-t', name, project.root);
    docker('run', '-d', '--name', name, '-p', `127.0.0.1:${project.port('web')}:8000`, '-v', `${project.root}/uploads:/app/uploads`, name);
    await untilItAnswers(project.scenario.answers);
    const told = await project.harden('fix', '--yes', '--no-rehearse');
    assert.equal(told.code, 0, said(told));
    // Built again, and the container made anew from it.
    docker('build', '-q', '--label', 'since=1', '-t', name, project.root);
    docker('rm', '-f', name);
    docker('run', '-d', '--name', name, '-p', `127.0.0.1:${project.port('web')}:8000`, '-v', `${project.root}/uploads:/app/uploads`, name);
    const id = inspect(name)['Id'] as string;
    const shown = await showsWhatRuns(project, [], [id]);
    for (const command of [`docker stop ${id}`, `docker rename ${id} ${name}-since-run-1`]) assert.ok(shown.includes(command), shown.join('\n'));
    assert.match(shown.join('\n'), /docker tag sha256:\w+ harden-tui\/keep:1-\S+-since/);
  }));
