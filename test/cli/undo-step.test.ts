import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { partWith, standing } from '../../source/engine/part.ts';
import type { RunSummary } from '../../source/engine/session.ts';
import type { Change } from '../../source/model/change.ts';
import { same } from '../../source/model/text.ts';
import { call } from './helpers/call.ts';
import { finding, plan, result, run } from './helpers/world.ts';

const edit = (path: string): Change => ({ kind: 'edit-file', path, hash: 'h', edits: [] });
const [A, B] = ['a'.repeat(12), 'b'.repeat(12)] as const;
const both = { ...plan([{ finding: A, risk: 'root-container', fix: 'numeric-user' }, { finding: B, risk: 'socket-mode', fix: 'group' }], [finding({ id: A }), finding({ id: B, title: same('worker is open') })]), ties: [{ finding: A, services: ['web'], needs: [] }, { finding: B, services: ['worker'], needs: [] }] };
const two: RunSummary = run({ verdicts: [A, B].map((id) => ({ ...result().verdicts[0]!, finding: id, title: same(id === A ? 'web runs as root' : 'worker is open') })), plan: { ...both, steps: [
  { number: 1, change: edit('web/Dockerfile'), because: [A] }, { number: 2, change: edit('worker/app.py'), because: [B] },
  { number: 3, change: { kind: 'stop-services', services: [{ service: 'web' }, { service: 'worker' }] }, because: [A, B] },
  { number: 4, change: { kind: 'start-services', services: [{ service: 'web' }, { service: 'worker' }] }, because: [A, B] },
] } });
const back = result({ ending: 'taken-back', verdicts: [{ finding: A, risk: 'root-container', title: same('web runs as root'), outcome: 'gone', proof: same('10001') }] });

describe('undo --step', () => {
  it('says which steps go along, what comes back and what stands; then asks', async () => {
    const { code, stdout, stderr, session } = await call(['undo', '--step', '2'], { typed: ['y'], world: { runs: [two], result: back } });
    assert.equal(code, 0, stderr);
    assert.deepEqual(session.asked, ['undo 1 --step 2']);
    assert.match(stderr, /^Step 2 of run 1 goes back, and with it what can't stand without it, or is one with it:\n {3}2 {2}edit-file 2\n {3}3 {2}stop-services 3\n {3}4 {2}start-services 4\n/m);
    assert.match(stderr, /What comes back {2}worker is open\n/);
    assert.match(stderr, /What stands {6}web runs as root\n/);
    assert.match(stdout, /What stands, proven again\ngone +web runs as root +10001\n1 fix of run 1 undone: step 2\. The rest of it: harden-tui undo 1\n$/);
  });
  it('names what stayed as it is, because it was edited since', async () => {
    const stays = { ...back, exitCode: 3, stays: [same('worker/app.py')], remarks: [same('worker/app.py was edited since, in the same lines.')] };
    for (const lang of ['en', 'zh-CN']) {
      const { code, stderr } = await call(['undo', '--step', '2', '--yes', '--lang', lang], { world: { runs: [two], result: stays } });
      assert.equal(code, 3);
      assert.match(stderr, lang === 'en' ? /was edited since[^]*1 fix of run 1 undone: step 2, all but worker\/app\.py: the lines above say why\.\s+The rest of it:\s+harden-tui undo .*1\n$/ : /第 2 步，只有 worker\/app\.py\s*没有还原：原因见上面\s*几行。\s*其余部分/);
    }
  });
  it('says why all goes back, where one step cannot go by itself', async () => {
    const one = run({ plan: { ...two.plan, choices: two.plan.choices.slice(0, 1), ties: undefined } });
    const { stderr } = await call(['undo', '--step', '2'], { typed: ['n'], world: { runs: [one] } });
    assert.match(stderr, /Step 2 stands or falls with steps 1, 3 and 4: the whole run is taken back\.\n/);
  });
  it('names the steps there are, where a number is none of them', async () => {
    const { code, stderr, session } = await call(['undo', '--step', '7', '--yes'], { world: { runs: [two] } });
    assert.deepEqual([code, session.asked], [2, []]);
    assert.match(stderr, /Run 1 has no step 7 that could be taken back\.\n {2}Its steps: 1, 2, 3, 4\n/);
    assert.match((await call(['undo', '--step', 'two'])).stderr, /--step wants the number of a step/);
  });
  it('needs --yes where nobody can be asked, and repeats the step', async () => {
    assert.match((await call(['undo', '1', '--step', '1'], { world: { runs: [two] } })).stderr, /harden-tui undo 1 --step 1 --yes/);
  });
  it('is shown with its numbers before a whole run goes back', async () => {
    assert.match((await call(['undo'], { typed: ['n'], world: { runs: [two] } })).stderr, /A part alone: harden-tui undo 1 --step N, with what can't stand without it\n {3}1 {2}edit-file 1\n/);
    assert.doesNotMatch((await call(['undo'], { typed: ['n'], world: { runs: [run()] } })).stderr, /--step N/);
  });
  it('leaves a run that is partly undone, and says so', async () => {
    const gone = partWith(two.plan, 2, new Set())?.findings ?? [];
    const partly: RunSummary = { ...two, part: { gone, stands: standing(two.plan, new Set(gone)) } };
    const { stdout } = await call(['history'], { world: { runs: [partly] } });
    assert.match(stdout, /applied, partly undone/);
    assert.match(stdout, /fixes +root-container \(numeric-user\)\n +undone +socket-mode \(group\)\n +changed +file web\/Dockerfile\n/);
    const whole = await call(['undo', '--yes'], { world: { runs: [partly] } });
    assert.doesNotMatch(whole.stderr, /worker/);
    assert.match((await call(['undo', '--step', '2', '--yes'], { world: { runs: [partly] } })).stderr, /Its steps: 1, 3, 4/);
  });
});
