import { awayWith } from '../../../engine/taken.ts';
import { blank, labelled, line, marked, paragraph, sides, span, type Line } from '../../lines.ts';
import { spinning, stepList, type Ticking } from '../../parts/step-list.ts';
import type { View } from '../../view.ts';
import type { Run, Wizard } from '../../wizard.ts';
import { tally } from '../../tally.ts';
import { cell, width } from '../../width.ts';
import { countedIn } from '../plan/rows.ts';
import { checkNumber } from '../plan/state.ts';
import { checkHead, groupRows } from './groups.ts';
import { lastSaid, logHead, wholeLog, type ApplyingScreen } from './state.ts';

/** Services that were stopped and are not back yet, and since when. */
function away(run: Run, { words }: View, now: number): string {
  const stop = run.plan.steps.find((step) => step.change.kind === 'stop-services');
  const start = run.plan.steps.find((step) => step.change.kind === 'start-services');
  const stopped = stop && run.steps.get(stop.number);
  const started = start && run.steps.get(start.number)?.state === 'done';
  if (!stopped || started || stop.change.kind !== 'stop-services') return '';
  const names = awayWith(stop.change);
  return words.applying.away(words.common.and(names), words.common.seconds(now - stopped.since), names.length);
}

/** A step failed, or all goes back: then each step has a row of its own, as each goes back by itself. */
const isGoingBack = (run: Run): boolean => run.back.size > 0 || run.phase === 'taking-back' || [...run.steps.values()].some((one) => one.state === 'failed');

const CHECKING: readonly Run['phase'][] = ['watching', 'proving'];

/** The row after the last step: what is asked of the new processes, and that it is being asked now. */
function check(run: Run, view: View, { frame, now }: Ticking): Line {
  const { words, glyphs, columns } = view;
  const on = CHECKING.includes(run.phase);
  const said = on && run.phase ? words.applying.phases[run.phase] : words.plan.checked(words.plan.checks(run.plan.owed.length));
  // Between two Han characters there is no blank.
  const role = on ? undefined : 'faint';
  const mark = on ? spinning(glyphs, frame) : '';
  const row = isGoingBack(run)
    ? line(` ${cell(mark, 3)}`, span(`${String(checkNumber(run.plan)).padStart(2)}  ${cell(words.plan.check, 8)}${said}`, role))
    : line(span(`${checkHead(run, mark, view)}${on ? said : `${words.plan.check}${/[^\x20-\x7e]$/.test(words.plan.check) ? '' : ' '}${said}`}`, role));
  return sides(row, on ? [span(words.common.seconds(now - run.phaseSince), 'faint')] : [], columns - 1);
}

/** What goes on that is no step: asking before the first one, going back after a failed one. */
function beside(run: Run, { words, glyphs, columns }: View, { frame, now }: Ticking): readonly Line[] {
  // All is looked at once more before the first word of the run itself.
  if (run.phase === undefined && run.steps.size === 0) return [line(` ${cell(spinning(glyphs, frame), 3)}${words.applying.lookingAgain}`), blank];
  if (run.phase === undefined || CHECKING.includes(run.phase) || words.applying.phases[run.phase] === '') return [];
  return [sides(line(` ${cell(spinning(glyphs, frame), 3)}${words.applying.phases[run.phase]}`), [span(words.common.seconds(now - run.phaseSince), 'faint')], columns - 1), blank];
}

/** A tag of ours at the end of `docker tag IMAGE TAG`. */
const TAGGED = /\bdocker\b.* tag \S+ harden-tui\/keep:(\S+)$/g;

/** What lies ready for undo by the steps that are done: on the last rows, under all that moves. */
function kept(run: Run, wizard: Wizard, { words, columns }: View): readonly Line[] {
  const steps = run.plan.steps.filter((step) => run.steps.get(step.number)?.state === 'done');
  const { files, images, owners } = tally({ ...run.plan, steps });
  if (files.length + images.length + owners.length === 0 || run.phase === 'taking-back') return [];
  const { applying, plan, common } = words;
  const counts = owners.map((one) => countedIn(wizard, one.source));
  const parts = [
    ...(files.length > 0 ? [common.files(files.length)] : []),
    ...(owners.length > 0 ? [plan.owner(counts.every((n) => n !== undefined) ? counts.reduce((a, n) => a + n, 0) : undefined)] : []),
  ];
  // Our tags, as the commands that made them have them: the first is whole, of the others the repository is known.
  const tags = [...new Set(run.log.flatMap((one) => (one.kind === 'command' ? [...one.text.matchAll(TAGGED)].map(([, tag]) => tag!) : [])))];
  if (images.length > 0 && tags.length === 0) parts.push(applying.keepsImages(images.length));
  const said = applying.keeps(tags[0]?.split('-')[0], parts, images.length > 0 ? tags.map((tag, i) => (i === 0 ? `harden-tui/keep:${tag}` : tag)).join('  ') : '');
  return [blank, ...labelled(applying.kept, said, columns - 1, width(applying.kept) + 4)];
}

/** Steps live, the last command and the last it said; or the whole log. */
export function applyingContent(screen: ApplyingScreen, wizard: Wizard, view: View, ticking: Ticking): readonly Line[] {
  const { words, columns, room } = view;
  const run = wizard.applied;
  if (!run) return [];
  if (screen.whole) {
    const { rows, top } = wholeLog(screen, run, wizard);
    return [logHead(run.log.length, rows.length, top, view), ...rows.slice(top, top + room - 1).map((row) => marked(row, screen.search.word))];
  }
  const head = paragraph(run.stopping ? words.applying.stopping : words.applying.promise, columns - 1, run.stopping ? 'unsure' : undefined);
  const gone = away(run, view, ticking.now);
  const under = [...beside(run, view, ticking), ...(gone === '' ? [] : [line(` ${gone}`), blank])];
  const last = kept(run, wizard, view);
  // Four rows stay for the command that runs and the last it said.
  const listRoom = Math.min(run.plan.steps.length, Math.max(4, room - head.length - under.length - last.length - 7));
  const steps = isGoingBack(run) ? stepList(run.plan, wizard.draft?.tells ?? [], run, view, listRoom, ticking) : groupRows(run, wizard, view, listRoom, ticking);
  const above = [...head, blank, ...steps, check(run, view, ticking), blank, ...under];
  const left = room - above.length - last.length;
  const said = lastSaid(run.log, left, view);
  return [...above, ...said, ...Array.from({ length: left - said.length }, () => blank), ...last];
}
