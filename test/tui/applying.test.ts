import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applyingScreen } from '../../source/tui/screens/applying/state.ts';
import { put } from '../../source/tui/turn.ts';
import { newRun, type Run, type StepState, type Wizard } from '../../source/tui/wizard.ts';
import { drive } from './drive.ts';
import { faults, frame } from './frame.tsx';

const PLANNED = ['enter', 'f', 'f', 'f', 'f', 'j', 'f', 'p'] as const;
const state = (one: StepState['state'], ms = 100): StepState => ({ state: one, since: 0, ms });

/** The wizard while a plan is applied: so many steps are done, then one is in this state. */
async function applying(done: number, then: StepState['state'] | undefined, more: Partial<Run> = {}): Promise<Wizard> {
  const wizard = await (await drive()).keys(...PLANNED);
  const plan = wizard.draft!.plan!;
  const steps = new Map(plan.steps.slice(0, done).map((step) => [step.number, state('done')] as const));
  const next = plan.steps[done];
  if (next && then) steps.set(next.number, state(then));
  return put({ ...wizard, applied: { ...newRun(plan), steps, phase: 'steps', ...more } }, applyingScreen);
}
const tag = (name: string) => ({ kind: 'command' as const, text: `docker tag sha256:0f harden-tui/keep:1-${name}` });

describe('the screen of a run under way', () => {
  it('tells files and images on one row each, as the storyboard has it', async () => {
    const rows = frame(await applying(9, 'running', { log: [tag('web'), tag('worker'), tag('admin'), { kind: 'command', text: 'docker compose up -d --no-build --no-deps admin web worker' }] }));
    assert.deepEqual(faults(rows), []);
    assert.deepEqual(rows.slice(2, 10).map((row) => row.replace(/ +[\d.]+ s$/, '')), [
      ' If a step fails, everything before it is taken back by itself.',
      '',
      ' ✓ 1-4  4 files written',
      ' ✓ 5-7  3 images built',
      ' ✓ 8    worker, web and admin stopped',
      ' ✓ 9    volume media: from root to 10001',
      ' ⠋ 10   admin, web and worker: starting',
      '   11   check 5 risks and every answer, on the new processes',
    ]);
    const kept = rows.join('\n').replace(/\s+/g, ' ');
    assert.match(kept, /Kept for undo run 1: 4 files, the old owners, and the old images as harden-tui\/keep:1-web 1-worker 1-admin /);
  });
  it('names the step of a group that runs, and sums its time', async () => {
    const row = frame(await applying(2, 'running')).find((one) => one.includes(' 1-4 '))!;
    assert.match(row, /^ ⠋ 1-4 {2}edit compose\.yaml .* \d+\.\d s$/);
  });
  it('gives each step its own row again where one failed', async () => {
    const rows = frame(await applying(4, 'failed'));
    for (const n of [1, 2, 3, 4, 5]) assert.ok(rows.some((row) => new RegExp(`^ \\S ? {2,3}${n}  `).test(row)), `${n}\n${rows.join('\n')}`);
  });
});
