import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Result } from '../../source/engine/session.ts';
import type { Plan } from '../../source/model/plan.ts';
import type { Rehearsal } from '../../source/model/rehearsal.ts';
import { same, text } from '../../source/model/text.ts';
import { call } from './helpers/call.ts';
import { finding, result, type World } from './helpers/world.ts';

const named = (letter: string) => finding({ id: letter.repeat(12), title: text(`${letter} is unsafe`, `${letter} 不安全`) });
const letters = (plan: Plan): string => plan.choices.map((c) => c.finding[0]).join('');

/** A project on which a plan fails when all of one of these groups are in what stands. */
function project(all: string, breaks: readonly string[]): { readonly world: World; readonly tried: string[] } {
  const tried: string[] = [];
  let stands = '';
  let run = 0;
  return {
    tried,
    world: {
      findings: [...all].map(named),
      applies: (plan): Result => {
        tried.push(letters(plan));
        const now = stands + letters(plan);
        const broken = breaks.find((b) => [...b].every((x) => now.includes(x)));
        run += 1;
        if (broken) return result({ run: String(run), ending: 'taken-back', exitCode: 3, verdicts: [], failure: { what: text(`web exited because of ${broken}.`, `web 因 ${broken} 退出。`), log: [`TypeError: ${broken} password=hunter2`] } });
        stands = now;
        return result({ run: String(run), verdicts: [{ finding: plan.choices[0]!.finding, risk: 'root-container', title: same(letters(plan)), outcome: 'gone', proof: same('seen') }] });
      },
    },
  };
}

describe('the doctor in fix --yes', () => {
  it('says what it costs, finds the guilty one, keeps the rest, and says which and why: exit 3', async () => {
    const { world, tried } = project('abcd', ['c']);
    const { code, stdout, stderr } = await call(['fix', '--yes'], { world });
    assert.equal(code, 3);
    assert.deepEqual(tried, ['abcd', 'ab', 'c', 'd']);
    const said = stderr.replace(/\s+/g, ' ');
    assert.match(said, /Of 4 fixes at least one does not hold here\. Which one is found by applying a part of them at a time: more restarts, each part a run of its own/);
    assert.match(said, /Trying a is unsafe; b is unsafe/);
    assert.match(stderr, /^Does not hold {2}c is unsafe \(root-container=numeric-user\)\n {4}web exited because of c\.\n {6}TypeError: c password=\[secret\]$/m);
    assert.match(stdout, /run 2\. 1 gone[^]*run \d\. 1 gone/);
    assert.doesNotMatch(stdout + stderr, /hunter2/);
  });
  it('is not asked for a single choice, nor for files alone', async () => {
    for (const [all, argv] of [['a', []], ['ab', ['--files-only']]] as const) {
      const { world, tried } = project(all, ['a']);
      const { code, stderr } = await call(['fix', '--yes', ...argv], { world });
      assert.deepEqual([code, tried.length], [3, 1]);
      assert.doesNotMatch(stderr, /at least one does not hold/);
    }
  });
  it('keeps nothing where all are guilty', async () => {
    const { world } = project('ab', ['a', 'b']);
    const { code, stdout, stderr } = await call(['fix', '--yes'], { world });
    assert.deepEqual([code, stdout], [3, '']);
    assert.equal(stderr.match(/Does not hold/g)?.length, 2);
  });
  it('ends at once when something can\'t go back, and when it is stopped', async () => {
    const stuck = project('ab', ['a', 'b']);
    const whole = await call(['fix', '--yes'], { world: { ...stuck.world, applies: (p) => ({ ...stuck.world.applies!(p), stuck: true, remarks: [same('x is in the way')] }) } });
    assert.deepEqual([whole.code, stuck.tried.length], [3, 1]);
    const full = project('ab', ['a']);
    const disk = await call(['fix', '--yes'], { world: { ...full.world, applies: (p) => ({ ...full.world.applies!(p), failure: { what: same('The disk is full.'), log: [], outside: true } }) } });
    assert.deepEqual([disk.code, full.tried.length], [3, 1]);
    const later = project('abc', ['a']);
    const part = await call(['fix', '--yes'], { world: { ...later.world, applies: (p) => ({ ...later.world.applies!(p), ...(later.tried.length > 1 ? { ending: 'interrupted' as const, exitCode: 130 } : {}) }) } });
    assert.deepEqual([part.code, later.tried.length], [130, 2]);
    assert.match(part.stderr, /Which fix it was is not found out\. Nothing of the plan was applied\./);
  });
  it('asks the copies, where there are any, and applies the rest once', async () => {
    const { world, tried } = project('abcd', []);
    const shown: string[] = [];
    const rehearses = (plan: Plan): Rehearsal => {
      shown.push(letters(plan));
      const breaks = /b.*d/.test(letters(plan));
      return { outcome: breaks ? 'breaks' : 'holds', rows: [], untried: [], buildMs: 0, ms: 0, ...(breaks ? { breakage: { service: 'web', what: same('web exits with 1.'), log: ['no such file'] } } : {}) };
    };
    const { code, stdout, stderr } = await call(['fix', '--yes'], { world: { ...world, rehearses } });
    assert.deepEqual([code, tried], [3, ['abc']]);
    assert.deepEqual(shown.slice(0, 3), ['abcd', 'ab', 'abc']);
    assert.match(stderr.replace(/\s+/g, ' '), /at least one breaks the copies\. Which one is found by more rehearsals .*nothing of yours is touched/);
    assert.match(stderr, /^Does not hold {2}d is unsafe \(root-container=numeric-user\)\n {4}web exits with 1\.\n {4}It holds by itself, and not beside: b is unsafe\n {6}no such file$/m);
    assert.match(stdout, /1 gone, 0 left/);
    const all = await call(['fix', '--yes'], { world: { ...world, rehearses: (plan) => ({ ...rehearses(plan), outcome: 'breaks' }) } });
    assert.deepEqual([all.code, all.stdout, tried.length], [3, '', 1]);
    assert.match(all.stderr, /Nothing was begun/);
  });
  it('tells it as JSON', async () => {
    const { world } = project('abc', ['b']);
    const { code, stdout } = await call(['fix', '--yes', '--format', 'json'], { world });
    assert.equal(code, 3);
    const { doctor, ending } = JSON.parse(stdout);
    assert.equal(ending, 'applied');
    assert.deepEqual(doctor.guilty.map((g: { finding: string; what: string; log: string[] }) => [g.finding, g.what, g.log]), [['b'.repeat(12), 'web exited because of b.', ['TypeError: b password=[secret]']]]);
    assert.ok(doctor.runs.length > 0);
  });
});
