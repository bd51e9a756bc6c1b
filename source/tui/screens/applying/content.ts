import { blank, line, paragraph, span, type Line } from '../../lines.ts';
import { stepList } from '../../parts/step-list.ts';
import type { View } from '../../view.ts';
import type { Run, Wizard } from '../../wizard.ts';
import { wholeLog, logRows, type ApplyingScreen } from './state.ts';

interface Ticking {
  readonly now: number;
  readonly frame: number;
}

/** Services that were stopped and are not back yet, and since when. */
function away(run: Run, { words }: View, now: number): string {
  const stop = run.plan.steps.find((step) => step.change.kind === 'stop-services');
  const start = run.plan.steps.find((step) => step.change.kind === 'start-services');
  const stopped = stop && run.steps.get(stop.number);
  const started = start && run.steps.get(start.number)?.state === 'done';
  if (!stopped || started || stop.change.kind !== 'stop-services') return '';
  const names = stop.change.services.map((one) => one.service);
  return words.applying.away(words.common.and(names), words.common.seconds(now - stopped.since), names.length);
}

/** What is going on beyond the steps: asking before, watching and proving after. */
function phase(run: Run, { words }: View, last: number): Line[] {
  const now = run.phase ? words.applying.phases[run.phase] : '';
  const check = words.applying.check(words.plan.checks(run.plan.owed.length));
  const row = line(`   ${String(last + 1).padStart(2)} `, span(now === '' ? check : now, now === '' ? 'faint' : 'strong'));
  return [row];
}

/** Steps live, the last command and the last it said; or the whole log. */
export function applyingContent(screen: ApplyingScreen, wizard: Wizard, view: View, ticking: Ticking): readonly Line[] {
  const { words, columns, room } = view;
  const run = wizard.applied;
  if (!run) return [];
  if (screen.whole) {
    const { rows, top } = wholeLog(screen, run, wizard);
    return [line(span(` ${words.applying.log(run.log.length)}`, 'strong')), ...rows.slice(top, top + room - 1)];
  }
  const head = paragraph(run.stopping ? words.applying.stopping : words.applying.promise, columns - 1, run.stopping ? 'unsure' : undefined);
  const listRoom = Math.min(run.plan.steps.length, Math.max(4, room - head.length - 11));
  const steps = stepList(run.plan, wizard.draft?.tells ?? [], run, view, listRoom, ticking);
  const gone = away(run, view, ticking.now);
  const above = [...head, blank, ...steps, ...phase(run, view, run.plan.steps.length), blank, ...(gone === '' ? [] : [line(` ${gone}`), blank])];
  const command = run.log.findLastIndex((one) => one.kind === 'command');
  const rows = logRows(run.log.slice(Math.max(0, command)), columns);
  const left = room - above.length;
  // The command stays above what it says, however much that is.
  return [...above, ...(rows.length <= left ? rows : [rows[0]!, ...rows.slice(1 - left)])];
}
