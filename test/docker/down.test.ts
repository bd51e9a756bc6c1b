// A service that is down: what it wrote is handed over all the same, and it is right when somebody starts it.
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { docker, longTest } from '../helpers/engine.ts';
import { withMade } from '../helpers/made.ts';
import { ran } from '../helpers/program.ts';
import { untilItAnswers } from '../helpers/requests.ts';
import { said } from '../helpers/scan.ts';
import { withScenario, type Project } from '../helpers/scenario.ts';
import { terminal, type Terminal } from '../helpers/tmux.ts';
import { differences, treeOf } from '../helpers/tree.ts';
import { root } from '../listing.ts';

const wizard = [process.execPath, path.join(root, 'bin/harden-tui.js')];
const sit = (t: TestContext, cwd: string, state: string): Terminal => terminal(t, cwd, wizard, { XDG_STATE_HOME: state, LC_ALL: 'C.UTF-8', TERM: 'xterm-256color' });
const uploads = (project: Project): number => statSync(path.join(project.root, 'uploads')).uid;
const posts = async (project: Project): Promise<readonly number[]> => Promise.all(['note', 'upload'].map(async (to) => (await project.post(`${project.url}${to}`, 'One more line')).status));

longTest('a fix of what is down is applied in the wizard, holds once it is started, and is taken back', (t) => withScenario(t, 'root-container', {}, async (project) => {
  await project.compose('stop', '-t', '1');
  const before = treeOf(project.root);
  const at = sit(t, project.root, project.state);
  await at.until(/enter goes on/, 60);
  await at.press('Enter');
  await at.until(/web runs as root/);
  await at.press('Enter');
  await at.until(/❯ 2 A bare number/);
  await at.press('Enter');
  await at.until(/1 chosen/);
  await at.press('p');
  const plan = await at.until(/Foreseen/);
  for (const words of [/edit\s+Dockerfile/, /build\s+\S+-web/, /own\s+volume/, /own\s+.*uploads/, /web does not run/]) assert.match(plan, words);
  assert.doesNotMatch(plan, /stop\s+web|start\s+web/, 'what somebody stopped is not started by us');
  assert.doesNotMatch(plan.trimEnd().split('\n').at(-1) ?? '', /rehearse/, 'nothing runs that could be rehearsed');
  await at.press('Enter');
  await at.until(/Type (?:the name of the project|\S+, then enter)/, 60);
  await at.type(project.name);
  await at.press('Enter');
  const done = await at.until(/To take it back/, 180);
  assert.match(done, /Nothing is proven gone. Of 1 we cannot tell/);
  assert.match(done, /cannot tell\s+web (?:runs as root|as root)/);
  assert.equal(uploads(project), 10001);
  await at.press('q');
  await at.until(/ended with \d/);

  const asked = await project.harden('verify');
  assert.equal(asked.code, 3, said(asked));
  assert.match(said(asked), /web does not run/);

  await project.compose('up', '-d');
  await untilItAnswers(project.scenario.answers.filter((a) => a.get));
  assert.deepEqual(await posts(project), [201, 201]);
  assert.deepEqual([...new Set(project.processes('web').map((p) => p.uid))], [10001]);
  const held = await project.harden('verify');
  assert.equal(held.code, 0, said(held));

  const back = await project.harden('undo', '--yes');
  // The run did not start it, so undo does not either: that it goes on from the image that was built is said, with the way out.
  assert.equal(back.code, 3, said(back));
  assert.match(said(back).replace(/\s+/g, ' '), /still runs the image that the run built\. Start it anew from the old one: docker compose up -d web/);
  assert.deepEqual(differences(before, Object.fromEntries(Object.entries(treeOf(project.root)).filter(([file]) => file in before))), []);
  assert.equal(uploads(project), 0);
  await project.compose('up', '-d');
  await untilItAnswers(project.scenario.answers.filter((a) => a.get));
  assert.deepEqual([...new Set(project.processes('web').map((p) => p.uid))], [0]);
  assert.deepEqual(await posts(project), [201, 201]);
}), { timeout: 12 * 60_000 });

const FILES = {
  Dockerfile: 'FROM python:3.11-slim\nWORKDIR /app\nCOPY keep.py .\nCMD ["python3", "-u", "keep.py"]\n',
  'keep.py': 'import os\nimport time\n\nwhile True:\n    try:\n        with open(os.path.join(os.environ["KEEP"], "beat"), "a") as beat:\n            beat.write(".")\n    except OSError as error:\n        print(error)\n    time.sleep(1)\n',
  'compose.yaml': ['early', 'late'].reduce((all, name) => `${all}  ${name}:\n    build: .\n    stop_grace_period: 1s\n    environment:\n      KEEP: /app/${name}\n    volumes:\n      - ${name}:/app/${name}\n`, 'services:\n') + 'volumes:\n  early:\n  late:\n',
};

longTest('of two services from one image the one that is down gets its volume handed over, and is not started', () => withMade('half-down', FILES, async ({ root: at, name, compose, container, processes, harden }) => {
  const owner = async (volume: string): Promise<string> => (await ran(['docker', 'run', '--rm', '-v', `${name}_${volume}:/v`, '--entrypoint', 'stat', 'python:3.11-slim', '-c', '%u', '/v/beat'])).stdout.trim();
  const state = (service: string): string => docker('inspect', '-f', '{{.State.Status}} {{.RestartCount}}', container(service)['Id']);
  await compose('stop', '-t', '1', 'late');
  const before = treeOf(at);
  const told = await harden('fix', '--yes', '--risk', 'root-container', '--fix', 'root-container=numeric-user');
  assert.match(said(told), /late does not run/);
  // One of the two is not seen, so the finding that both share is not called gone.
  assert.equal(told.code, 3, said(told));
  assert.deepEqual([state('early'), state('late').split(' ')[0]], ['running 0', 'exited']);
  assert.deepEqual([...new Set(processes('early').map((p) => p.uid))], [10001]);
  assert.deepEqual([await owner('early'), await owner('late')], ['10001', '10001']);

  await compose('up', '-d');
  assert.equal(state('late'), 'running 0');
  assert.deepEqual([...new Set(processes('late').map((p) => p.uid))], [10001]);
  const held = await harden('verify');
  assert.equal(held.code, 0, said(held));

  const back = await harden('undo', '--yes');
  assert.equal(back.code, 3, said(back));
  assert.match(said(back).replace(/\s+/g, ' '), /late-1 was started since, and still runs the image .*docker compose up -d late/);
  await compose('up', '-d');
  assert.deepEqual(treeOf(at), before);
  assert.deepEqual([await owner('early'), await owner('late')], ['0', '0']);
  for (const service of ['early', 'late']) assert.deepEqual([...new Set(processes(service).map((p) => p.uid))], [0]);
}), { timeout: 12 * 60_000 });
