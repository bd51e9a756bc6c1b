import type { Plan } from '../../model/plan.ts';
import type { Text } from '../../model/text.ts';
import { line, sides, span, type Line } from '../lines.ts';
import { windowAround } from '../scroll.ts';
import type { View } from '../view.ts';
import type { Run, StepState } from '../wizard.ts';
import { cell, pad, width } from '../width.ts';

interface Ticking {
  readonly now: number;
  readonly frame: number;
}

const timeOf = (state: StepState, now: number): number => (state.state === 'running' ? Math.max(state.ms, now - state.since) : state.ms);

function marked(state: StepState | undefined, { glyphs }: View, frame: number) {
  const wide = Math.max(width(glyphs.done), 1) + 1;
  if (!state) return span(pad('', wide));
  if (state.state === 'running') return span(pad(glyphs.spinner[frame % glyphs.spinner.length]!, wide));
  return state.state === 'done' ? span(pad(glyphs.done, wide), 'gone') : span(pad(glyphs.failed, wide), 'worse');
}

/** The steps of a plan while they are done: what is done, what runs, how long it took; always with the one that runs in sight. */
export function stepList(plan: Plan, tells: readonly Text[], run: Run, view: View, room: number, { now, frame }: Ticking): readonly Line[] {
  const { words, columns, say, glyphs } = view;
  const current = plan.steps.findLastIndex((step) => run.steps.has(step.number));
  const { from, to } = windowAround(Math.max(0, current), plan.steps.length, room);
  return plan.steps.slice(from, to).map((step, i) => {
    const state = run.steps.get(step.number);
    const tell = tells[from + i];
    const said = state?.text ? say(state.text) : tell ? say(tell) : '';
    const left = line(' ', marked(state, view, frame), `${String(step.number).padStart(2)} `, span(cell(words.plan.verbs[step.change.kind], 8), state ? undefined : 'faint'), span(said, state ? undefined : 'faint'));
    return sides(left, state ? [span(words.common.seconds(timeOf(state, now)), 'faint')] : [], columns - 1, glyphs.more);
  });
}
