// A user that was changed by hand: the volume and a mounted folder are root's still, and every write fails.
import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { longTest } from '../helpers/engine.ts';
import { said } from '../helpers/scan.ts';
import { untilItAnswers } from '../helpers/requests.ts';
import { withScenario, type Project } from '../helpers/scenario.ts';

/** All on one row: what is said is wrapped as there is room. */
const flat = (told: Parameters<typeof said>[0]): string => said(told).replace(/\s+/g, ' ');
const posts = async (project: Project): Promise<readonly number[]> => Promise.all(['note', 'upload'].map(async (to) => (await project.post(`${project.url}${to}`, 'One more line')).status));

interface Shown { readonly findings: readonly { readonly title: string; readonly evidence: readonly string[]; readonly fixes: readonly { readonly id: string; readonly recommended: boolean }[] }[] }
const shut = async (project: Project): Promise<Shown['findings']> => (JSON.parse((await project.harden('scan', '--format', 'json', '--fail-on', 'none')).stdout) as Shown).findings.filter((f) => f.title.includes('may not write'));

longTest('what root left in a volume and in a folder of the project is found, handed over, and shown by writing', (t) => withScenario(t, 'root-container', {}, async (project) => {
  assert.deepEqual(await posts(project), [201, 201]);
  assert.deepEqual(await shut(project), [], 'root may write everywhere');

  // The two lines that every guide has, and not one word of what was written before.
  appendFileSync(path.join(project.root, 'Dockerfile'), 'RUN chown 10001:10001 data logs\nUSER 10001:10001\n');
  // Beside it what is only read, and root's as well: nobody's fault.
  const compose = path.join(project.root, 'compose.yaml');
  writeFileSync(compose, readFileSync(compose, 'utf8').replace('- ./uploads:/app/uploads', '- ./uploads:/app/uploads\n      - ./menu:/app/menu'));
  await project.compose('up', '-d', '--build');
  await untilItAnswers(project.scenario.answers.filter((a) => a.get));
  assert.deepEqual(await posts(project), [500, 500]);

  const [one, ...more] = await shut(project);
  assert.deepEqual(more, []);
  assert.match(one?.title ?? '', /web may not write its volume and \.\/uploads: \d+ files there are root's/);
  assert.ok(one?.evidence.some((e) => /\.\/uploads\): owner 0, the app is 10001; book\.py:\d+ writes there/.test(e)), JSON.stringify(one?.evidence));
  assert.equal(one?.fixes.find((f) => f.recommended)?.id, 'numeric-user');

  const told = await project.harden('fix', '--yes', '--rehearse', '--risk', 'root-container');
  assert.equal(told.code, 0, said(told));
  assert.match(flat(told), /writes: no before, yes now \(\/app\/data and \/app\/uploads, web as 10001\)/);
  assert.match(said(told), /writes: no +.*writes: yes/, 'the copies were not asked both');
  assert.deepEqual(await posts(project), [201, 201]);
  assert.deepEqual(await shut(project), []);
  assert.equal(statSync(path.join(project.root, 'uploads')).uid, 10001);
  assert.equal(statSync(path.join(project.root, 'menu')).uid, 0, 'a folder that is only read changed hands');
  const held = await project.harden('verify');
  assert.equal(held.code, 0, said(held));
  assert.match(flat(held), /writes: yes \(\/app\/data/);

  const back = await project.harden('undo', '--yes');
  assert.equal(back.code, 0, said(back));
  assert.equal(statSync(path.join(project.root, 'uploads')).uid, 0);
  assert.deepEqual(await posts(project), [500, 500]);
  assert.equal((await shut(project)).length, 1);
}), { timeout: 12 * 60_000 });
