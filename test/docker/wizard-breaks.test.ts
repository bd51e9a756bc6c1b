// Screen 8b in a real terminal, on real copies: a step is dropped, what breaks by that is seen with its log, and put back; and the doctor.
import assert from 'node:assert/strict';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { docker, longTest } from '../helpers/engine.ts';
import { standing } from '../helpers/inspected.ts';
import { standingNow } from '../helpers/loop.ts';
import { withMade } from '../helpers/made.ts';
import { withScenario } from '../helpers/scenario.ts';
import { terminal, type Terminal } from '../helpers/tmux.ts';
import { treeOf } from '../helpers/tree.ts';
import { FILES, NAMES } from '../helpers/vault.ts';
import { root } from '../listing.ts';

const wizard = [process.execPath, path.join(root, 'bin/harden-tui.js')];
/** A rehearsal is two builds and two worlds; beside other tests it takes its time. */
const LONG = 600;

const sit = (t: TestContext, cwd: string, state: string): Terminal => terminal(t, cwd, wizard, { XDG_STATE_HOME: state, LC_ALL: 'C.UTF-8', TERM: 'xterm-256color' });

/** Past the hints of the very first start, and the one question where it is asked. */
async function toFindings(at: Terminal, list: RegExp): Promise<void> {
  await at.until(/enter goes on/, 60);
  await at.press('Enter');
  await at.until(list, 60);
}

async function quit(at: Terminal): Promise<void> {
  await at.press('C-c');
  await at.until(/ended with \d+/, 120);
}

/** Down to the row that is wanted. */
async function highlight(at: Terminal, row: RegExp): Promise<void> {
  for (let i = 0; i < 15; i++) {
    if (at.screen().some((line) => line.includes('❯') && row.test(line))) return;
    await at.press('j');
  }
  throw new Error(`${row} was not reached:\n${at.screen().join('\n')}`);
}

longTest('a dropped step breaks the copies, is put back, and holds; something of one\'s own is asked in both', (t) => withScenario(t, 'root-container', {}, async (project) => {
  const before = standingNow(project);
  const at = sit(t, project.root, project.state);
  await toFindings(at, /web runs as root/);
  await at.press('Enter');
  await at.until(/❯ 2 A bare number/);
  await at.press('Enter');
  await at.until(/1 chosen/);
  await at.press('p');
  await at.until(/Foreseen +1 gone/);

  // Step 7 of the storyboard: the volume stays root's.
  await highlight(at, /own +volume/);
  await at.press('x');
  await at.until(/x again drops step \d/);
  await at.press('x');
  await at.until(/dropped/);

  await at.press('Enter');
  await at.until(/twice, as copies/, 60);
  const broken = await at.until(/Breaks: one thing gets worse\. Nothing of yours has changed\./, LONG);
  assert.match(broken, /writes \/app\/data +yes +no +WORSE/);
  assert.match(broken, /GET \/[^\n]* 200 \S+ +200 \S+ +same/, 'a page would look fine');
  assert.match(broken, /Permission denied/);
  assert.match(broken, /What that means/);
  assert.match(broken, /❯ 1 Put step \d back/);
  assert.doesNotMatch(broken, /Instead:/, 'what has nothing to do with it is not offered');
  await at.press('e');
  await at.until(/Every row in full/);
  await at.press('Escape');
  await at.until(/❯ 1 Put step \d back/);
  assert.deepEqual(standingNow(project), before, 'a rehearsal left something behind, or touched something');
  await at.press('b');
  await at.until(/Log, \d+ lines/);
  await at.press('b');
  await at.until(/❯ 1 Put step \d back/);
  await at.press('a');
  assert.match(at.screen().join('\n'), /Breaks: one thing/, 'what breaks is not applied');

  // Its words: put it back, then rehearse again.
  await at.press('Enter');
  const held = await at.until(/Holds: 1 gone, \d+ same, 0 worse/, LONG);
  assert.match(held, /The finding of the plan is gone on the copies\./);
  assert.match(held, /writes \/app\/data +yes +yes +same/);

  await at.press('t');
  await at.until(/Also try a URL, or a command/);
  await at.type('web touch /app/data/mine');
  await at.press('Enter');
  await at.until(/twice, as copies/, 60);
  const own = await at.until(/Holds: 1 gone, \d+ same, 0 worse/, LONG);
  assert.match(own, /touch \/app\/data\/mine +ended with 0 +ended with 0 +same/);
  await at.press('t');
  // The app is its own from now on, and the code stays root's: that is what such a question is for.
  await at.type('touch /app/book.py');
  await at.press('Enter');
  await at.until(/twice, as copies/, 60);
  const worse = await at.until(/Breaks: one thing gets worse/, LONG);
  assert.match(worse, /touch \/app\/book\.py +ended with 0 +ended with 1: \S+[^\n]* WORSE/);
  assert.deepEqual(standingNow(project), before);
  await quit(at);
  assert.deepEqual(standingNow(project), before);
}), { timeout: 60 * 60_000 });

longTest('the doctor finds in the wizard which of three fixes it is, and without it the rest holds', (t) => withMade('doctor', FILES, async (made) => {
  const now = (): unknown => ({ tree: treeOf(made.root), engine: standing(NAMES.map((n) => made.container(n)['Id'] as string)) });
  const before = now();
  const at = sit(t, made.root, path.join(made.root, '../../state'));
  await toFindings(at, /vault runs as root/);
  for (let i = 0; i < 3; i++) await at.press('f');
  await at.until(/3 chosen/);
  await at.press('p');
  await at.until(/Foreseen +3 gone/);
  await at.press('Enter');
  const broken = await at.until(/Breaks: /, LONG);
  assert.match(broken, /vault +runs +runs +ended \(1\) +WORSE/);
  assert.match(broken, /only root may open/);
  const way = /(\d) Find out which one it is/.exec(broken)?.[1];
  assert.ok(way, broken);
  await at.press(way, 'Enter');
  await at.until(/Finding out which one it is: .* Attempt 1\./s);
  const found = await at.until(/It is "vault runs as root"/, 3 * LONG);
  const without = /(\d) Leave out: vault runs as root +keeps 2 of 3/.exec(found)?.[1];
  assert.ok(without, found);
  assert.deepEqual(now(), before);
  await at.press(without, 'Enter');
  await at.until(/Holds: 2 gone, \d+ same, 0 worse/, LONG);
  await quit(at);
  assert.deepEqual(now(), before);
  assert.equal(docker('images', '-q', '--filter', 'reference=harden-tui/rehearsal', '--filter', `label=test=${made.name}`), '');
}), { timeout: 60 * 60_000 });
