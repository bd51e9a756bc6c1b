import { tellBack } from '../../engine/tell-back.ts';
import type { Plan } from '../../model/plan.ts';
import { same, type Text } from '../../model/text.ts';
import type { Glyphs } from '../glyphs.ts';
import { line, sides, span, type Line, type Span } from '../lines.ts';
import { windowAround } from '../scroll.ts';
import type { View } from '../view.ts';
import type { Run, StepState } from '../wizard.ts';
import { cell, pad, squeeze, width } from '../width.ts';

export interface Ticking {
  readonly now: number;
  readonly frame: number;
}

export const spinning = (glyphs: Glyphs, frame: number): string => glyphs.spinner[frame % glyphs.spinner.length]!;

const timeOf = (state: StepState, now: number): number => (state.state === 'running' ? Math.max(state.ms, now - state.since) : state.ms);

function marked(state: StepState | undefined, { glyphs }: View, frame: number) {
  const wide = Math.max(3, width(glyphs.done) + 1);
  if (!state) return span(pad('', wide));
  if (state.state === 'running') return span(pad(spinning(glyphs, frame), wide));
  if (state.state === 'left') return span(pad(glyphs.absent, wide), 'unsure');
  return state.state === 'done' ? span(pad(glyphs.done, wide), 'gone') : span(pad(glyphs.failed, wide), 'worse');
}

/** The deed of a step and what it is done to: a step tells itself with the deed first. */
export function toldIn(text: string): readonly [string, string] {
  const at = text.indexOf(' ');
  return at < 0 ? ['', text] : [text.slice(0, at), text.slice(at + 1)];
}

/** A step that was done and is being taken back, or was: neither running nor done. */
function goingBack(state: StepState, { words, glyphs, say }: View, frame: number): { readonly mark: Span; readonly said: string } {
  if (state.state === 'running') return { mark: span(pad(spinning(glyphs, frame), 3)), said: words.applying.goingBack };
  if (state.state === 'failed') return { mark: span(pad(glyphs.failed, 3), 'worse'), said: state.text ? say(state.text) : '' };
  if (state.state === 'left') return { mark: span(pad(glyphs.absent, 3), 'unsure'), said: state.text ? say(state.text) : '' };
  return { mark: span(pad(glyphs.absent, 3), 'faint'), said: words.applying.back };
}

/**
 * The steps of a plan while they are done: what is done, what runs, how long it took; always with the one that runs in
 * sight. With `undo` the steps go back, and one that went back is what is done.
 */
export function stepList(plan: Plan, tells: readonly Text[], run: Run, view: View, room: number, { now, frame }: Ticking, undo = false): readonly Line[] {
  const { words, columns, say, glyphs } = view;
  const states = undo ? run.back : run.steps;
  const latest = undo || run.back.size > 0 ? run.back : run.steps;
  // What goes back is walked twice, and keeps its place in the map: the one that runs is asked for first.
  const at = [...latest].find(([, state]) => state.state === 'running')?.[0] ?? [...latest.keys()].at(-1);
  const current = plan.steps.findIndex((step) => step.number === at);
  const { from, to } = windowAround(Math.max(0, current), plan.steps.length, room);
  const told = (step: Plan['steps'][number], at: number): Text | undefined => (undo ? (tellBack(step, 'resume') ?? tells[at] ?? tellBack(step, 'revert')) : tells[at]);
  // Chinese deeds may take all eight columns: one blank stays behind the longest.
  const wide = Math.max(8, ...plan.steps.map((step, at) => width(toldIn(say(told(step, at) ?? same('')))[0]) + 1));
  return plan.steps.slice(from, to).map((step, i) => {
    const state = states.get(step.number);
    const back = undo ? undefined : run.back.get(step.number);
    const tell = told(step, from + i);
    const [deed, what] = toldIn(tell ? say(tell) : '');
    const why = (state?.state === 'failed' || state?.state === 'left') && state.text ? `   ${say(state.text)}` : '';
    const gone = back && goingBack(back, view, frame);
    const faint = state ? undefined : 'faint';
    const left = line(' ', gone?.mark ?? marked(state, view, frame), span(`${String(step.number).padStart(2)}  `, faint), span(cell(deed, wide), faint), span(squeeze(what, columns - 19 - wide - width(why) - width(gone?.said ?? ''), glyphs.more), faint), span(why, state?.state === 'left' ? 'unsure' : 'worse'), ...(gone ? [span(`   ${gone.said}`, 'unsure')] : []));
    const timed = back ?? state;
    return sides(left, timed ? [span(words.common.seconds(timeOf(timed, now)), 'faint')] : [], columns - 1, glyphs.more);
  });
}
