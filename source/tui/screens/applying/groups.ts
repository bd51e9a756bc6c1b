import { awayWith } from '../../../engine/taken.ts';
import type { Change } from '../../../model/change.ts';
import type { Plan, Step } from '../../../model/plan.ts';
import { line, sides, span, type Line } from '../../lines.ts';
import { spinning, type Ticking } from '../../parts/step-list.ts';
import { windowAround } from '../../scroll.ts';
import type { View } from '../../view.ts';
import { cell, pad, squeeze, width } from '../../width.ts';
import type { Run, StepState, Wizard } from '../../wizard.ts';
import { countedIn, handed } from '../plan/rows.ts';
import { checkNumber } from '../plan/state.ts';

type Sort = 'files' | 'images' | 'other';

/** Steps that are told on one row: the files, then the images; every other one stands by itself. */
interface Group {
  readonly sort: Sort;
  readonly steps: readonly Step[];
}

const sortOf = ({ kind }: Change): Sort => (kind === 'edit-file' || kind === 'create-file' ? 'files' : kind === 'build-image' ? 'images' : 'other');

export function groupsOf({ steps }: Pick<Plan, 'steps'>): readonly Group[] {
  const groups: Group[] = [];
  for (const step of steps) {
    const [sort, last] = [sortOf(step.change), groups.at(-1)];
    if (last && sort !== 'other' && last.sort === sort) groups[groups.length - 1] = { sort, steps: [...last.steps, step] };
    else groups.push({ sort, steps: [step] });
  }
  return groups;
}

type State = 'to-come' | 'running' | 'done';

const stateOf = ({ steps }: Group, run: Run): State => {
  const states = steps.map((step) => run.steps.get(step.number)?.state);
  return states.every((one) => one === 'done') ? 'done' : states.some((one) => one !== undefined) ? 'running' : 'to-come';
};

const numbers = ({ steps }: Group): string => (steps.length === 1 ? String(steps[0]!.number) : `${steps[0]!.number}-${steps.at(-1)!.number}`);

/** A compose file is held against compose itself before it is written (`docker compose config`). */
const hasCompose = (plan: Plan, steps: readonly Step[]): boolean => {
  const files = new Set(plan.steps.flatMap(({ change }) => (change.kind === 'start-services' ? change.services.flatMap((one) => one.compose?.files ?? []) : [])));
  return steps.some(({ change }) => 'path' in change && files.has(change.path));
};

function said(group: Group, state: State, run: Run, wizard: Wizard, view: View): string {
  const { words: { applying, plan: words, common }, say } = view;
  const told = (step: Step): string => {
    const tell = wizard.draft?.tells[run.plan.steps.indexOf(step)];
    return tell ? say(tell) : '';
  };
  const { change } = group.steps[0]!;
  if (group.sort !== 'other') {
    const running = group.steps.find((step) => run.steps.get(step.number)?.state === 'running');
    if (state === 'running' && running) return told(running);
    if (group.sort === 'images') return state === 'done' ? applying.built(group.steps.length) : common.images(group.steps.length);
    return state === 'done' ? applying.written(group.steps.length, hasCompose(run.plan, group.steps)) : common.files(group.steps.length);
  }
  switch (change.kind) {
    case 'stop-services': return state === 'done' ? applying.stopped(common.and(awayWith(change))) : told(group.steps[0]!);
    case 'start-services': return state === 'to-come' ? told(group.steps[0]!) : applying.started(common.and(awayWith(change)), state === 'done');
    case 'own-mount': return applying.owned(handed(group.steps[0]!, run.plan, view)[0], words.owned(countedIn(wizard, change.mount.source), change.uid));
    case 'set-folder': return applying.owned(handed(group.steps[0]!, run.plan, view)[0], words.folder(`${change.uid}:${change.gid}`, change.mode.toString(8)));
    default: return told(group.steps[0]!);
  }
}

const timeOf = (states: readonly StepState[], now: number): number => states.reduce((sum, one) => sum + (one.state === 'running' ? Math.max(one.ms, now - one.since) : one.ms), 0);

/** `ok` is two wide where signs are letters. */
const signWide = ({ glyphs }: View): number => width(glyphs.done) + 1;

/** How wide the column of numbers is, with its gap. */
const numbersWide = (groups: readonly Group[], plan: Plan): number => Math.max(3, ...groups.map((one) => width(numbers(one))), width(String(checkNumber(plan)))) + 2;

/** As long as everything goes forward: what is done, what runs, how long it took; always with what runs in sight. */
export function groupRows(run: Run, wizard: Wizard, view: View, room: number, { now, frame }: Ticking): readonly Line[] {
  const { words, columns, glyphs } = view;
  const groups = groupsOf(run.plan);
  const wide = numbersWide(groups, run.plan);
  const current = groups.findLastIndex((group) => stateOf(group, run) !== 'to-come');
  const { from, to } = windowAround(Math.max(0, current), groups.length, room);
  return groups.slice(from, to).map((group) => {
    const state = stateOf(group, run);
    const states = group.steps.flatMap((step) => run.steps.get(step.number) ?? []);
    const mark = state === 'done' ? span(pad(glyphs.done, signWide(view)), 'gone') : span(pad(state === 'running' ? spinning(glyphs, frame) : '', signWide(view)));
    const faint = state === 'to-come' ? 'faint' : undefined;
    const left = line(' ', mark, span(cell(numbers(group), wide), faint), span(squeeze(said(group, state, run, wizard, view), columns - wide - 13, glyphs.more), faint));
    return sides(left, states.length > 0 ? [span(words.common.seconds(timeOf(states, now)), 'faint')] : [], columns - 1, glyphs.more);
  });
}

/** The row after the last step, in the same columns. */
export const checkHead = (run: Run, mark: string, view: View): string => ` ${pad(mark, signWide(view))}${cell(String(checkNumber(run.plan)), numbersWide(groupsOf(run.plan), run.plan))}`;
