import type { Change } from '../model/change.ts';
import type { Step } from '../model/plan.ts';
import { same, text, type Text } from '../model/text.ts';
import { isFileChange } from './edits.ts';
import type { Recorded } from './journal.ts';
import { stepsOf } from './part.ts';
import type { Staying } from './session.ts';

type Told = Pick<Recorded, 'head' | 'standing' | 'undos' | 'begun' | 'gone' | 'ending'>;

/** A file whose lines were edited since, or an account that was in use, can go back another day; nothing else gets any better by waiting. */
export const canWait = (change: Change): boolean => isFileChange(change) || change.kind === 'make-account';

const nameOf = (change: Change): Text =>
  change.kind === 'make-account' ? text(`account ${change.name}`, `账号 ${change.name}`) : same('path' in change ? change.path : change.kind);

/** Nothing of it stands, but for what waits. */
const isBack = (ending: Recorded['ending']): boolean => ending !== 'applied' && ending !== 'unfinished';

/** Steps that an undo of the run, or of a part of it, left as they are: the next one goes on with them. */
function waiting({ head, standing, undos, gone, ending }: Told): readonly Step[] {
  if (!isBack(ending) && (ending !== 'applied' || gone.size === 0)) return [];
  const stands = new Set(isBack(ending) ? [] : standing.steps.map((step) => step.number));
  return head.plan.steps.filter(({ number, change }) => undos.has(number) && canWait(change) && !stands.has(number));
}

const starts = ({ kind }: Change): boolean => kind === 'stop-services' || kind === 'start-services' || kind === 'restart-host';

/** What the next undo of the whole run walks: all that stands, what waits, and who has to be started again to read it. */
export function toWalk(recorded: Told): readonly Step[] {
  const { head: { plan }, standing, ending, undos, begun } = recorded;
  const stands = isBack(ending) ? [] : standing.steps;
  const waits = waiting(recorded);
  // A container is not made anew from its Dockerfile: undo gave it its old image already.
  const built = plan.steps.flatMap(({ change }) => (change.kind === 'build-image' ? [change.build.dockerfile] : []));
  const read = waits.filter(({ change }) => isFileChange(change) && !built.includes(change.path));
  if (waits.length === 0) return stands;
  const findings = new Set([...stands, ...read].flatMap((step) => step.because));
  const again = read.length === 0 ? [] : stepsOf(plan, findings).filter(({ number, change }) => starts(change) && (undos.has(number) || begun.has(number)));
  const numbers = again.map((step) => step.number);
  return [...stands.filter((step) => !numbers.includes(step.number)), ...waits, ...again].sort((a, b) => a.number - b.number);
}

/** What a step of that walk is taken back with: who is only started again was taken back before. */
export const undoOf = ({ undos, begun, ending, gone }: Told, { number, change }: Step): unknown =>
  undos.get(number) ?? (starts(change) && (isBack(ending) || gone.size > 0) ? begun.get(number) : undefined);

/** What history says of it; undefined where nothing waits. */
export function stayingOf(recorded: Told): Staying | undefined {
  const waits = waiting(recorded);
  if (waits.length === 0) return undefined;
  const files = waits.filter(({ change }) => isFileChange(change));
  return { names: waits.map(({ change }) => nameOf(change)), files: files.flatMap(({ change }) => ('path' in change ? [change.path] : [])), findings: [...new Set(files.flatMap((step) => step.because))], steps: toWalk(recorded) };
}
