import { deedOf } from '../changes/index.ts';
import { StepFailed, type Bench, type Remark } from '../changes/deed.ts';
import type { ByHand } from '../model/change.ts';
import type { Step } from '../model/plan.ts';
import { Stop } from '../model/errors.ts';
import { same, text, type Text } from '../model/text.ts';
import type { Journal } from './journal.ts';
import type { Event } from './session.ts';
import type { Walk } from './tell-back.ts';
import { canWait } from './waiting.ts';

/** What could not be taken back, in sentences; empty when everything could. */
export interface TakenBack {
  readonly remarks: readonly Remark[];
  /** What is not as it was, though nothing failed: a file that was edited since, an account that is in use. */
  readonly stays: readonly Text[];
  /** What came since, and made room: nothing of the run. */
  readonly aside: readonly Text[];
  readonly failed: boolean;
  /** Steps that were left as they are, by their numbers. */
  readonly left: readonly number[];
  /** What only a person can do now. */
  readonly hand: readonly ByHand[];
}

const words = (error: unknown): Text => (error instanceof StepFailed || error instanceof Stop ? error.what : same(error instanceof Error ? error.message : String(error)));

/** All of it happens at the very end; said before, it would be said done while it is not. */
const isLate = ({ change }: Step): boolean => change.kind === 'make-account';

/** It was left as it is, and the next undo goes on with it: the journal has it as one that did not go back. */
const waits = ({ change }: Step, said: readonly Remark[]): boolean => canWait(change) && said.some((remark) => remark.stays && !remark.done);

/**
 * Takes the begun steps back: from the last to the first, then what was stopped is started from the first to the last, and
 * what was still in use until then goes.
 * One step that fails does not keep the others from going back; it is said.
 */
export async function takeBack(steps: readonly Step[], undos: ReadonlyMap<number, unknown>, bench: Bench, journal: Journal, onEvent: (event: Event) => void): Promise<TakenBack> {
  const remarks: Remark[] = [];
  let failed = false;
  const begun = steps.filter((s) => undos.has(s.number));
  // A step that one walk could not take back is not called taken back by a later one: the next undo tries it again.
  const stuck = new Set<number>();
  const left: number[] = [];
  const notBack = (step: Step, error: unknown): Text => {
    failed = true;
    stuck.add(step.number);
    const what = words(error);
    // The program's own last line: only that tells why.
    const last = error instanceof StepFailed ? error.log.findLast((one) => one.trim() !== '')?.trim() : undefined;
    const said = last === undefined ? text('', '') : text(` It said: ${last}`, `程序输出：${last}`);
    remarks.push(text(`Step ${step.number} could not be taken back: ${what.en}${said.en}`, `第 ${step.number} 步无法还原：${what['zh-CN']}${said['zh-CN']}`));
    return what;
  };
  const attempt = async (step: Step, walk: Walk, work: () => Promise<readonly Remark[]>): Promise<void> => {
    const started = bench.system.now().getTime();
    const took = (): number => bench.system.now().getTime() - started;
    onEvent({ kind: 'step', walk, step: step.number, state: 'running', ms: 0 });
    try {
      const said = await work();
      remarks.push(...said);
      const stays = said.some((remark) => remark.stays && !remark.done);
      if (stays) left.push(step.number);
      const yours = said.some((remark) => remark.hand);
      onEvent({ kind: 'step', walk, step: step.number, ms: took(), ...(stays ? { state: 'left', text: text('left as it is', '保持原样') } : yours ? { state: 'left', text: text('left to you', '留给你做') } : { state: 'done' }) });
    } catch (error) {
      const what = notBack(step, error);
      onEvent({ kind: 'step', walk, step: step.number, state: 'failed', ms: took(), text: what });
    }
  };
  for (const step of [...begun].reverse()) {
    if (isLate(step)) continue;
    const deed = deedOf(step.change.kind);
    await attempt(step, 'revert', async () => {
      const said = await deed.revert(step.change, undos.get(step.number), bench);
      if (!deed.resume && !deed.settle && !waits(step, said)) await journal.write({ t: 'taken-back', step: step.number });
      return said;
    });
  }
  for (const step of begun) {
    const deed = deedOf(step.change.kind);
    if (!deed.resume) continue;
    await attempt(step, 'resume', async () => {
      await deed.resume?.(step.change, undos.get(step.number), bench);
      if (!stuck.has(step.number) && !deed.settle) await journal.write({ t: 'taken-back', step: step.number });
      return [];
    });
  }
  for (const step of begun) {
    const deed = deedOf(step.change.kind);
    if (!deed.settle || stuck.has(step.number)) continue;
    const settle = async (): Promise<readonly Remark[]> => {
      const said = await deed.settle?.(step.change, undos.get(step.number), { ...bench, handed: remarks.some((remark) => remark.hand) }) ?? [];
      if (!waits(step, said)) await journal.write({ t: 'taken-back', step: step.number });
      return said;
    };
    if (isLate(step)) await attempt(step, 'resume', settle);
    else await settle().then((said) => remarks.push(...said), (error: unknown) => notBack(step, error));
  }
  return { remarks: remarks.filter((remark) => !remark.hand), failed, left, stays: remarks.flatMap((r) => (r.done ? [] : (r.stays ?? []))), aside: remarks.flatMap((r) => (r.done ? (r.stays ?? []) : [])), hand: remarks.flatMap((r) => r.hand ?? []) };
}
