// The wizard in a real terminal, on a real scenario, from the first screen to undo.
import assert from 'node:assert/strict';
import path from 'node:path';
import { engineTest } from '../helpers/engine.ts';
import { standingNow, putBack } from '../helpers/loop.ts';
import { root } from '../listing.ts';
import { withScenario, type Project } from '../helpers/scenario.ts';
import { picture } from '../helpers/pictures.ts';
import { terminal } from '../helpers/tmux.ts';

const uids = (project: Project, service: string): number[] => [...new Set(project.processes(service).map((p) => p.uid))];
const wizard = [process.execPath, path.join(root, 'bin/harden-tui.js')];
const env = (project: Project): Record<string, string> => ({ XDG_STATE_HOME: project.state, LC_ALL: 'C.UTF-8', TERM: 'xterm-256color' });

engineTest('the wizard, from the first screen to undo', (t) =>
  withScenario(t, 'root-container', {}, async (project) => {
    const before = standingNow(project);
    const at = terminal(t, project.root, wizard, env(project));
    const drawn = (name: string, title: string): Promise<void> => picture(at, name, title, { name: project.name, called: 'root-container' });
    // A walk: where one step fails, the next ones have no ground to stand on.
    const step = async (name: string, walk: () => Promise<void>): Promise<void> => {
      await walk();
      t.diagnostic(name);
    };

    await step('shows what was found, and why', async () => {
      // The very first start waits: its hints are shown once in a lifetime.
      const first = await at.until(/enter goes on/);
      assert.match(first, /First time here/);
      await at.press('Enter');
      const list = await at.until(/1 high\s+running\s+web runs as root/);
      assert.match(list, /Why this one is first/);
      await at.until(/: recommended|recommended/i);
      await drawn('findings', 'The list of findings, worst first; below it why the highlighted one matters');
      await at.press('Enter');
      const one = await at.until(/❯ 2 A bare number/);
      assert.match(one, /Dockerfile:1\s+FROM debian:bookworm-slim/);
      await drawn('finding', 'One finding: what was seen, the line that decides, and the ways out with their prices');
    });

    await step('shows the diff of the way that is highlighted, in full with d', async () => {
      await at.press('Up', 'd');
      const diff = await at.until(/useradd -u 10001/);
      assert.match(diff, /Dockerfile/);
      await at.press('Escape');
      await at.until(/❯ 1 A user of its own/);
      await at.press('Down', 'Enter');
    });

    await step('shows every step and every command before anything is done', async () => {
      await at.until(/1 chosen/);
      await at.press('p');
      const plan = await at.until(/Foreseen +1 gone/);
      for (const words of [/edit\s+Dockerfile/, /build\s+\S+-web/, /stop\s+web/, /own\s+volume/, /start\s+web/]) assert.match(plan, words);
      await drawn('plan', 'The plan: every file and every command, nothing done yet');
      await at.press('c');
      await at.until(/docker compose .*build|build --builder/s);
      await at.press('Escape');
      await at.until(/Foreseen +1 gone/);
      assert.deepEqual(standingNow(project), before, 'something was touched before the confirmation');
    });

    await step('rehearses it on copies, which are gone afterwards, and touches nothing else', async () => {
      await at.press('Enter');
      await at.until(/twice, as copies/);
      const held = await at.until(/Holds: 1 gone, \d+ same, 0 worse/, 180);
      for (const words of [/as it is\s+as planned/, /web\s+runs as\s+root\s+10001\S*.*gone/, /writes \/app\/data\s+yes\s+yes\s+same/]) assert.match(held, words);
      await drawn('rehearsal', 'The rehearsal: the project twice, as it is and as planned, and what is the same');
      assert.deepEqual(standingNow(project), before, 'a rehearsal left something behind, or touched something');
    });

    await step('changes nothing until the name of the project is typed', async () => {
      await at.press('Enter');
      await at.press('a');
      await at.until(/Type the name of the project/);
      await at.type('not-it');
      await at.press('Enter');
      assert.deepEqual(standingNow(project).engine, before.engine);
      await at.press('Escape', 'Escape');
      await at.until(/Rehearsal +Holds: 1 gone/);
      await at.press('Enter');
      await at.until(/Holds: 1 gone/);
      await at.press('a');
      await at.until(/Type the name of the project/);
      await at.type(project.name);
      await at.press('Enter');
    });

    await step('applies it, and says what was seen on the new process', async () => {
      await at.until(/Applying/);
      const done = await at.until(/gone, seen on the processes that run now/, 120);
      assert.match(done, /gone\s+web as root\s+web: 10001/);
      assert.match(done, /harden-tui\.js undo/);
      await drawn('done', 'Done: the risk is gone, seen on the new process, and everything answers as before');
      assert.deepEqual(uids(project, 'web'), [10001]);
      await project.answersAsBefore();
    });

    await step('takes it back on the spot', async () => {
      await at.press('u');
      await at.until(/What comes back/);
      await drawn('undo', 'Undo: what is taken back, and what comes back with it');
      await at.press('y');
      await at.until(/is undone/, 90);
      assert.deepEqual(uids(project, 'web'), [0]);
      putBack(project, before);
    });

    await step('leaves a clean terminal and its last words', async () => {
      await at.press('q');
      const left = await at.until(/ended with 0/);
      assert.match(left, /is undone/);
      assert.doesNotMatch(left, /❯/);
    });
  }), { timeout: 12 * 60_000 });

engineTest('the wizard with --dry-run ends at the plan, in Chinese too', (t) =>
  withScenario(t, 'root-container', {}, async (project) => {
    const before = standingNow(project);
    const at = terminal(t, project.root, [...wizard, '--dry-run', '--lang', 'zh-CN'], env(project));
    await at.until(/第一次用|enter|回车/);
    await at.until(/web 以 root 身份运行|回车/);
    await at.press('Enter');
    await at.until(/为什么它排第一[^]*推荐/);
    await at.press('f', 'p');
    const plan = await at.until(/预计/);
    assert.match(plan, /方案/);
    await at.press('Enter');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.doesNotMatch(at.screen().join('\n'), /输入项目/);
    assert.deepEqual(standingNow(project), before);
    await at.press('C-c');
    await at.until(/ended with \d+/);
  }));
