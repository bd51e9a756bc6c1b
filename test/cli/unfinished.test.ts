import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { text } from '../../source/model/text.ts';
import { call } from './helpers/call.ts';
import { finding, plan, result, run } from './helpers/world.ts';

const cut = run({ run: '4', ending: 'unfinished' });
const gone = { ending: 'taken-back', verdicts: [] } as const;

describe('a run that was cut off', () => {
  it('stops fix --yes where nobody can be asked, with both ways on', async () => {
    const { code, stderr, session } = await call(['fix', '--yes'], { world: { runs: [cut] } });
    assert.deepEqual([code, session.asked], [2, []]);
    assert.match(stderr, /Run 4 was cut off in the middle[^]*harden-tui undo 4[^]*harden-tui fix --finish 4 --yes/);
    const zh = await call(['fix', '--yes', '--lang', 'zh-CN'], { world: { runs: [cut] } });
    assert.match(zh.stderr, /第 4 次运行中途被切断[^]*harden-tui undo --lang zh-CN 4[^]*harden-tui fix --lang zh-CN --finish 4 --yes/);
  });

  it('says why it did not go back by itself', async () => {
    const { stderr } = await call(['fix', '--yes'], { world: { runs: [{ ...cut, tried: text('Docker does not answer.', 'Docker 没有响应。') }] } });
    assert.match(stderr, /Taking it back was tried: Docker does not answer\./);
  });

  it('is taken back on a terminal, and what was asked for goes on', async () => {
    const { code, questions, session } = await call(['fix', '--yes'], { world: { runs: [cut] }, typed: ['t'] });
    assert.equal(code, 0);
    assert.match(questions[0]!, /Take it back \[t\], finish it/);
    assert.deepEqual(session.asked, ['undo 4', 'inspect', 'apply']);
  });

  it('is finished on a terminal: taken back, and its own choices applied anew', async () => {
    const findings = [finding(), finding({ id: 'bbbbbbbbbbbb', risk: 'exposed-port' })];
    const { code, session, stdout } = await call(['fix', '--yes'], { world: { runs: [cut], findings }, typed: ['f'] });
    assert.equal(code, 0);
    assert.deepEqual(session.asked, ['undo 4', 'inspect', 'apply']);
    assert.deepEqual(session.applied[0]?.choices, cut.plan.choices);
    assert.doesNotMatch(stdout, /is undone/, 'the result of this call is another one');
  });

  it('is left alone for any other answer, and nothing else is begun', async () => {
    for (const typed of [[''], ['n'], [undefined]]) {
      const { code, session } = await call(['fix', '--yes'], { world: { runs: [cut] }, typed });
      assert.deepEqual([code, session.asked], [2, []]);
    }
  });

  it('is not built upon when it could not be taken back', async () => {
    const { code, session } = await call(['fix', '--yes'], { world: { runs: [cut], result: result({ ...gone, exitCode: 3 }) }, typed: ['f'] });
    assert.deepEqual([code, session.asked], [3, ['undo 4']]);
  });

  it('is not touched while a process is at it', async () => {
    for (const words of [['fix', '--yes'], ['fix', '--finish', '4', '--yes']]) {
      const { code, stderr, session } = await call(words, { world: { runs: [{ ...cut, by: '4711' }] } });
      assert.deepEqual([code, session.asked], [2, []]);
      assert.match(stderr, /Run 4 is going on: process 4711 is at it/);
    }
  });

  it('does not stop a dry run, which says it', async () => {
    const { code, stderr } = await call(['fix'], { world: { runs: [cut] } });
    assert.equal(code, 0);
    assert.match(stderr, /Run 4 was cut off in the middle/);
  });

  it('and went back by itself is told, with the way to do the same anew', async () => {
    const { code, stderr, session } = await call(['fix', '--yes'], { world: { runs: [run({ run: '4', ending: 'cut-off' })] } });
    assert.deepEqual([code, session.asked], [0, ['inspect', 'apply']]);
    assert.doesNotMatch(stderr, /harden-tui undo 4/);
    assert.match((await call(['fix'], { world: { runs: [run({ run: '4', ending: 'cut-off' })] } })).stderr, /Run 4 was cut off in the middle, and has been taken back by itself\.\nTo do the same anew: harden-tui fix --finish 4 --yes/);
  });
});

describe('fix --finish', () => {
  it('asks, takes back and applies; --yes does not ask', async () => {
    const asked = await call(['fix', '--finish', '4'], { world: { runs: [cut] }, typed: ['y'] });
    assert.deepEqual([asked.code, asked.questions.length, asked.session.asked], [0, 1, ['undo 4', 'inspect', 'apply']]);
    const sure = await call(['fix', '--finish', '4', '--yes'], { world: { runs: [cut] } });
    assert.deepEqual([sure.code, sure.session.asked], [0, ['undo 4', 'inspect', 'apply']]);
  });
  it('has nothing to take back of a run that went back by itself', async () => {
    const { session } = await call(['fix', '--finish', '4', '--yes'], { world: { runs: [run({ run: '4', ending: 'cut-off' })] } });
    assert.deepEqual(session.asked, ['inspect', 'apply']);
  });
  it('writes files alone where the run was to do no more', async () => {
    const files = { ...plan([{ finding: 'aaaaaaaaaaaa', risk: 'root-container', fix: 'numeric-user' }], []), findings: [] };
    const { session } = await call(['fix', '--finish', '4', '--yes'], { world: { runs: [run({ run: '4', ending: 'cut-off', plan: files })] } });
    assert.deepEqual(session.applied[0]?.steps.map((s) => s.change.kind), ['edit-file']);
  });
  it('refuses what has no such run, what was not cut off, what nobody confirms, and a dry run', async () => {
    for (const [words, runs, says] of [
      [['fix', '--finish', '9', '--yes'], [cut], /There is no run 9/],
      [['fix', '--finish', '1', '--yes'], [run()], /Run 1 stands: there is nothing to finish/],
      [['fix', '--finish', '4'], [cut], /harden-tui fix --finish 4 --yes/],
      [['fix', '--finish', '4', '--dry-run'], [cut], /there is no dry run of it/],
    ] as const) {
      const { code, stderr, session } = await call(words, { world: { runs } });
      assert.deepEqual([code, session.asked], [2, []]);
      assert.match(stderr, says);
    }
  });
});

describe('what crashes left behind', () => {
  const leftovers = { left: [{ kind: 'container', id: 'c9', name: 'eager_fermi' }, { kind: 'volume', id: 'v', name: 'harden-tui-rehearsal-1' }] as const, keeps: ['harden-tui/keep:3-web'] };
  const world = { runs: [run()], leftovers };

  it('is named by history, with how it is removed', async () => {
    const { stdout } = await call(['history'], { world });
    assert.match(stdout, /Left behind by a run that died[^]* {2}container {2}eager_fermi\n {2}volume {5}harden-tui-rehearsal-1\n[^]*harden-tui history --clean\n[^]*harden-tui\/keep:3-web\n[^]*--forget TAG/);
    assert.doesNotMatch((await call(['history'], { world: { runs: [run()] } })).stdout, /Left behind/);
  });
  it('is shown and removed after a yes, and never the kept images', async () => {
    const { code, stdout, stderr, session } = await call(['history', '--clean'], { world, typed: ['y'] });
    assert.deepEqual([code, session.asked], [0, ['clear eager_fermi harden-tui-rehearsal-1']]);
    assert.match(stdout, /Removed: 2 things/);
    assert.doesNotMatch(stderr, /keep:3-web/);
  });
  it('stays for any other answer, and needs --yes where nobody can be asked', async () => {
    assert.deepEqual((await call(['history', '--clean'], { world, typed: [''] })).session.asked, []);
    const alone = await call(['history', '--clean'], { world });
    assert.deepEqual([alone.code, alone.session.asked], [2, []]);
    assert.match(alone.stderr, /harden-tui history --clean --yes/);
    assert.equal((await call(['history', '--clean', '--yes'], { world })).code, 0);
    assert.match((await call(['history', '--clean'], { world: {} })).stderr, /Nothing was left behind/);
  });
  it('of kept images, one is released by its name alone', async () => {
    const { code, stdout, session } = await call(['history', '--forget', 'harden-tui/keep:3-web', '--yes'], { world });
    assert.deepEqual([code, session.asked, stdout], [0, ['release harden-tui/keep:3-web'], 'Released: harden-tui/keep:3-web.\n']);
  });
});
