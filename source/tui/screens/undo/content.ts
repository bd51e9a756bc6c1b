import type { RunSummary } from '../../../engine/session.ts';
import { broughtBack, cameToText } from '../../../report/came-to.ts';
import { asItStands } from '../../../report/runs-text.ts';
import { blank, labelled, line, paragraph, sides, span, type Line } from '../../lines.ts';
import { stepList, type Ticking } from '../../parts/step-list.ts';
import { tally } from '../../tally.ts';
import { foreign } from '../../plain.ts';
import type { View } from '../../view.ts';
import type { Run, Wizard } from '../../wizard.ts';
import { width } from '../../width.ts';
import { logRows } from '../applying/state.ts';
import { wasUndone } from './state.ts';

/** What goes back, by kind. */
export function goesBack(summary: RunSummary, { words, columns }: View): readonly Line[] {
  const { labels } = words.undo;
  const { files, images, owners, services } = tally(asItStands(summary).plan);
  const indent = Math.max(...Object.values(labels).map(width)) + 6;
  const at = (label: string, text: string) => labelled(`  ${label}`, text, columns - 1, indent);
  return [
    ...(files.length > 0 ? at(labels.files, files.join('  ')) : []),
    ...(images.length > 0 ? at(labels.images, words.undo.images(images.join(words.common.comma))) : []),
    ...owners.flatMap((one, i) => at(i === 0 ? labels.owners : '', words.undo.owner(one.source.replace(`${summary.root}/`, './')))),
    ...(services.length > 0 ? at(labels.containers, words.undo.containers(services.join(words.common.comma))) : []),
  ];
}

/** What goes back, and what comes back with it. */
function asking(summary: RunSummary, view: View): readonly Line[] {
  const { words, columns, say, room } = view;
  const { sure, unsure } = broughtBack(summary);
  const head = paragraph(words.undo.head(summary.run, words.undo.at(new Date(summary.at)), summary.name, say(cameToText(summary))), columns - 1, 'strong');
  const rest = [
    blank,
    line(` ${words.undo.goes}`),
    ...goesBack(summary, view),
    blank,
    ...([[words.undo.comesBack, sure], [words.undo.unsure, unsure]] as const).flatMap(([head, titles]) => (titles.length === 0 ? [] : [line(` ${head}`), ...titles.flatMap((one) => paragraph(say(one), columns - 1, undefined, 3)), blank])),
    ...paragraph(words.undo.edited, columns - 1, 'faint'),
  ];
  const ask = line(span(` ${words.undo.ask}`, 'strong'));
  const below = head.length + rest.length + 2 - room;
  // The question is seen without scrolling, and that there is more below it.
  return below <= 0 ? [...head, ...rest, blank, ask] : [...head, sides(ask, [span(words.common.moreLines(Math.max(1, below - 1)), 'faint')], columns - 1), ...rest];
}

function running(run: Run, wizard: Wizard, view: View, ticking: Ticking): readonly Line[] {
  const { words, columns, room } = view;
  const listRoom = Math.min(run.plan.steps.length, room - 10);
  const steps = stepList(run.plan, wizard.draft?.plan?.steps.length === run.plan.steps.length ? wizard.draft.tells : [], run, view, listRoom, ticking, true);
  const above = [...paragraph(words.undo.running, columns - 1), blank, ...steps, blank];
  return [...above, ...logRows(run.log, columns).slice(-Math.max(1, room - above.length))];
}

function ended(run: Run, { words, columns, say }: View): readonly Line[] {
  const { result } = run;
  if (!result) return [];
  const whole = result.exitCode === 0;
  const compared = result.vitals.filter((vital) => vital.result !== undefined);
  return [
    ...paragraph(whole ? words.undo.done(result.run) : words.undo.partly(result.run), columns - 1, whole ? 'gone' : 'worse'),
    ...(result.failure ? [blank, ...paragraph(say(result.failure.what), columns - 1), ...result.failure.log.slice(-6).flatMap((row) => paragraph(foreign(row), columns - 1, undefined, 3))] : []),
    ...(result.remarks.length > 0 ? [blank, ...result.remarks.flatMap((text) => paragraph(say(text), columns - 1))] : []),
    ...(compared.length > 0 ? [blank, ...paragraph(words.undo.answers(compared.filter((vital) => vital.result === 'same').length, compared.length), columns - 1)] : []),
  ];
}

export function undoContent(wizard: Wizard, view: View, ticking: Ticking = { now: 0, frame: 0 }): readonly Line[] {
  const { undoing, summary } = wizard;
  if (undoing?.result) return ended(undoing, view);
  if (undoing) return running(undoing, wizard, view, ticking);
  if (summary === undefined) return [line(span(` ${view.words.undo.asking}`, 'faint'))];
  if (summary === 'none') return [line(` ${view.words.undo.none}`)];
  return wasUndone(wizard) ? paragraph(view.words.undo.already(summary.run), view.columns - 1, 'strong') : asking(summary, view);
}
