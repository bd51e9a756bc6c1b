// kill -9 in the middle of a run: the service answers as before or as after, never neither, and nothing of ours is left.
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { life } from '../../source/system/real/life.ts';
import { docker, engineTest, longTest } from '../helpers/engine.ts';
import { endingOf, killedWhen, type Moment } from '../helpers/killed.ts';
import { putBack, standingNow, type Standing } from '../helpers/loop.ts';
import { until, untilItAnswers } from '../helpers/requests.ts';
import { said } from '../helpers/scan.ts';
import { withScenario, type Project } from '../helpers/scenario.ts';
import { differences, treeOf } from '../helpers/tree.ts';

const step = (n: number) => new RegExp(`"t":"step","step":${n},`);
const done = (n: number) => new RegExp(`"t":"done","step":${n}}`);

/** The plan of root-container's recommended way: 1 edit, 2 build, 3 stop, 4 own the volume, 5 start. */
const MOMENTS: Readonly<Record<string, (m: Moment) => boolean>> = {
  'before the first step': ({ journal }) => /"t":"vitals"/.test(journal),
  'when the file is about to be written': ({ journal }) => step(1).test(journal),
  'when the file is written': ({ journal }) => done(1).test(journal),
  'when the old image gets its tag': ({ journal }) => /"t":"keeps"/.test(journal),
  'in the middle of the build': ({ said: words }) => /\$ docker .*build/.test(words) && /(?:#\d+ \[|Step \d|=>)/.test(words),
  'when the image is built': ({ journal }) => done(2).test(journal),
  'while the old one is stopped': ({ said: words }) => /\$ docker .*compose .* stop/.test(words),
  'between stop and start': ({ journal }) => done(3).test(journal),
  'while the volume changes hands': ({ said: words }) => /\$ docker run --rm .*find .*chown/.test(words),
  'when the volume is given': ({ journal }) => done(4).test(journal),
  'while the new one is started': ({ said: words }) => /\$ docker .*compose .* up/.test(words),
  'when the new one is started': ({ journal }) => done(5).test(journal),
  'while it is watched': ({ said: words }) => /Watching the new processes/.test(words),
  'while it is proven': ({ said: words }) => /Asking for the proofs/.test(words),
};

/** Disposable things of ours that have to do with the project: helpers that hold its volume or its folder. */
const ours = (project: Project): string[] =>
  docker('ps', '-a', '--no-trunc', '--filter', 'label=io.harden-tui.by', '--format', '{{.ID}} {{.Mounts}} {{.Image}}').split('\n').filter((row) => row.includes(project.name));

async function asBefore(project: Project, before: Standing): Promise<void> {
  await untilItAnswers(project.scenario.answers);
  putBack(project, before);
  await project.answersAsBefore();
  assert.deepEqual(await project.keptImages(), []);
  assert.deepEqual(ours(project), []);
}

async function survives(project: Project, run: string, when: (m: Moment) => boolean, ending = 'cut-off'): Promise<void> {
  const before = standingNow(project);
  const killed = await killedWhen(project.root, project.state, run, ['fix', '--yes', '--no-rehearse'], when);
  assert.ok(killed.died, `it ended before the moment came:\n${killed.said}`);
  await until('the run has an end', () => endingOf(project.state, run), 60);
  assert.equal(endingOf(project.state, run), ending, killed.said);
  await asBefore(project, before);
  const history = await project.harden('history');
  assert.match(history.stdout.replace(/\s+/g, ' '), ending === 'cut-off' ? /cut off, and taken back by itself/ : /nothing was started/, said(history));
}

void describe('killed', () => {
  engineTest('between stop and start, and in the middle of the build: taken back by itself', (t) =>
    withScenario(t, 'root-container', {}, async (project) => {
      await t.test('between stop and start', () => survives(project, '1', MOMENTS['between stop and start']!));
      await t.test('in the middle of the build', () => survives(project, '2', MOMENTS['in the middle of the build']!));
    }));

  longTest('at every other moment of a plan', (t) =>
    withScenario(t, 'root-container', {}, async (project) => {
      let run = 0;
      for (const [name, when] of Object.entries(MOMENTS)) await t.test(name, () => survives(project, String(run += 1), when, run === 1 ? 'nothing-started' : undefined));
    }), { timeout: 20 * 60_000 });

  longTest('in the middle of an undo, which then goes on by itself', (t) =>
    withScenario(t, 'root-container', {}, async (project) => {
      const before = standingNow(project);
      const fixed = await project.harden('fix', '--yes');
      assert.equal(fixed.code, 0, said(fixed));
      const killed = await killedWhen(project.root, project.state, '1', ['undo', '1', '--yes'], ({ said: words }) => /\$ docker .*compose .* stop/.test(words));
      assert.ok(killed.died, killed.said);
      await until('the run has an end', () => endingOf(project.state, '1') === 'cut-off', 60);
      await asBefore(project, before);
    }), { timeout: 10 * 60_000 });

  longTest('in the middle of an undo, with its watchman, behind the name of an image: the next undo takes away what was built', (t) =>
    withScenario(t, 'root-container', {}, async (project) => {
      const before = standingNow(project);
      const nameless = (): string[] => docker('images', '-q', '--no-trunc', '--filter', `label=test=${project.name}`, '--filter', 'dangling=true').split('\n').filter(Boolean);
      const fixed = await project.harden('fix', '--yes', '--no-rehearse');
      assert.equal(fixed.code, 0, said(fixed));
      const built = docker('image', 'inspect', '-f', '{{.Id}}', `${project.name}-web`);
      const killed = await killedWhen(project.root, project.state, '1', ['undo', '1', '--yes'], () => docker('image', 'inspect', '-f', '{{.Id}}', `${project.name}-web`) !== built, { watchman: false });
      assert.ok(killed.died, killed.said);
      assert.deepEqual(nameless(), [built]);
      // A container of it that stands in the way of this undo, too.
      const holder = docker('create', '--label', 'com.docker.compose.project=', '--label', 'com.docker.compose.service=', built, 'true');
      const back = await project.harden('undo', '1', '--yes');
      assert.equal(back.code, 0, said(back));
      await asBefore(project, before);
      assert.deepEqual(nameless(), [built]);
      docker('rm', holder);
      const seen = await project.harden('history');
      assert.match(seen.stdout, new RegExp(`image +${built.slice(7, 19)} \\(web, 1\\)`));
      const cleaned = await project.harden('history', '--clean', '--yes');
      assert.equal(cleaned.code, 0, said(cleaned));
      assert.deepEqual(nameless(), []);
      // Where nothing stands in its way, the undo itself takes it.
      const again = await project.harden('fix', '--yes', '--no-rehearse');
      assert.equal(again.code, 0, said(again));
      const other = docker('image', 'inspect', '-f', '{{.Id}}', `${project.name}-web`);
      const dead = await killedWhen(project.root, project.state, '2', ['undo', '2', '--yes'], () => docker('image', 'inspect', '-f', '{{.Id}}', `${project.name}-web`) !== other, { watchman: false });
      assert.ok(dead.died, dead.said);
      assert.equal((await project.harden('undo', '2', '--yes')).code, 0);
      assert.deepEqual(nameless(), []);
    }), { timeout: 10 * 60_000 });

  longTest('together with its watchman, as when the power fails: the next start says so, and finishes it or takes it back', (t) =>
    withScenario(t, 'root-container', {}, async (project) => {
      const before = standingNow(project);
      const cut = async (run: string): Promise<void> => {
        const killed = await killedWhen(project.root, project.state, run, ['fix', '--yes', '--no-rehearse'], MOMENTS['between stop and start']!, { watchman: false });
        assert.ok(killed.died, killed.said);
        const next = await project.harden('fix', '--yes');
        assert.equal(next.code, 2, said(next));
        assert.match(next.stderr, new RegExp(`Run ${run} was cut off in the middle[^]*undo ${run}[^]*fix .*--finish ${run} --yes`));
        assert.equal(endingOf(project.state, run), undefined);
      };
      await t.test('undo', async () => {
        await cut('1');
        const back = await project.harden('undo', '1', '--yes');
        assert.equal(back.code, 0, said(back));
        await asBefore(project, before);
      });
      await t.test('finish', async () => {
        await cut('2');
        const finished = await project.harden('fix', '--finish', '2', '--yes');
        assert.equal(finished.code, 0, said(finished));
        await project.answersAsBefore();
        assert.ok(project.processes('web').every((p) => p.uid !== 0));
      });
    }), { timeout: 10 * 60_000 });

  longTest('a plain container, at each step', (t) =>
    withScenario(t, 'root-container', { start: false }, async (project) => {
      const name = `${project.name}-hut`;
      const named = (): string[] => docker('ps', '-a', '--filter', `name=^/${name}`, '--format', '{{.Names}} {{.State}}').split('\n').filter(Boolean);
      t.after(() => {
        for (const one of named()) docker('rm', '-fv', one.split(' ')[0]!);
        docker('rmi', '-f', name);
      });
      docker('build', '-q', '-t', name, project.root);
      docker('run', '-d', '--name', name, '-p', `127.0.0.1:${project.port('web')}:8000`, '-v', `${project.root}/uploads:/app/uploads`, name);
      await untilItAnswers(project.scenario.answers);
      const before = { tree: treeOf(project.root), image: docker('inspect', '-f', '{{.Image}}', name), id: docker('inspect', '-f', '{{.Id}}', name) };
      const moments: Readonly<Record<string, (m: Moment) => boolean>> = {
        'when the file is written': ({ journal }) => done(1).test(journal),
        'in the middle of the build': ({ said: words, journal }) => step(2).test(journal) && /\$ docker build/.test(words),
        'while it is stopped': ({ said: words }) => /\$ docker stop/.test(words),
        'while it is set aside': ({ said: words }) => /\$ docker rename/.test(words),
        'while the new one is made': ({ said: words }) => /\$ docker create/.test(words),
        'while the new one is started': ({ said: words }) => /\$ docker start/.test(words),
        'while it is watched': ({ said: words }) => /Watching the new processes/.test(words),
      };
      let run = 0;
      for (const [moment, when] of Object.entries(moments)) {
        await t.test(moment, async () => {
          run += 1;
          const killed = await killedWhen(project.root, project.state, String(run), ['fix', '--yes', '--no-rehearse'], when);
          assert.ok(killed.died, killed.said);
          await until('the run has an end', () => endingOf(project.state, String(run)), 60);
          assert.equal(endingOf(project.state, String(run)), 'cut-off', killed.said);
          await untilItAnswers(project.scenario.answers);
          assert.deepEqual(named(), [`${name} running`]);
          assert.deepEqual([docker('inspect', '-f', '{{.Id}}', name), docker('inspect', '-f', '{{.Image}}', name)], [before.id, before.image]);
          assert.equal(docker('image', 'inspect', '-f', '{{.Id}}', name), before.image);
          assert.deepEqual(differences(before.tree, treeOf(project.root)).filter((f) => !f.startsWith('uploads')), []);
          assert.deepEqual(ours(project), []);
        });
      }
    }), { timeout: 20 * 60_000 });

  longTest('history names what a dead process left on the engine, and nothing of one that lives', (t) =>
    withScenario(t, 'root-container', { start: false }, async (project) => {
      const [pid, , ...place] = (await life.me()).split(':');
      const plant = (suffix: string, by: string): string => docker('run', '-d', '--name', `${project.name}-${suffix}`, '--label', 'io.harden-tui.run=helper', '--label', `io.harden-tui.by=${by}`, 'debian:bookworm-slim', 'sleep', '300');
      const planted = [plant('dead', [pid, '1', ...place].join(':')), plant('alive', await life.me())];
      t.after(() => docker('rm', '-f', ...planted));
      const { stdout } = await project.harden('history');
      assert.match(stdout, new RegExp(`container +${project.name}-dead\\n`));
      assert.doesNotMatch(stdout, new RegExp(`${project.name}-alive`));
      assert.match(stdout, /harden-tui\.js history --clean/);
    }));
});
