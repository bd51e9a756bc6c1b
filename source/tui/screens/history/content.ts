import type { RunSummary } from '../../../engine/session.ts';
import { cameToText } from '../../../report/came-to.ts';
import { changedText } from '../../../report/places.ts';
import { asItStands, goOn, staysText, unwellText, wasUnwell } from '../../../report/runs-text.ts';
import { blank, cut, labelled, line, paragraph, sides, span, type Line } from '../../lines.ts';
import { foreign } from '../../plain.ts';
import { windowAround } from '../../scroll.ts';
import { counted, tally } from '../../tally.ts';
import type { View } from '../../view.ts';
import type { Wizard } from '../../wizard.ts';
import { cell, width } from '../../width.ts';
import { runsHere, type HistoryScreen, type PastRun } from './state.ts';

/** How it ended: whoever is at it right now comes first, and what went back of it. */
export function endingOf({ by, part, ending, folderGone, rest }: RunSummary, { words }: View): string {
  const { history } = words;
  const said = by !== undefined ? history.goingOn(by) : part && ending === 'applied' ? history.partly : rest ? history.inPart : (history.endings[ending] ?? ending);
  return folderGone ? history.folderGone(said) : said;
}

/** `5 risks gone, 1 left`, or what an undo left; nothing where the ending says it all. */
function stood(summary: RunSummary, { say }: View): string {
  if (summary.by !== undefined || summary.folderGone || summary.ending === 'nothing-started' || summary.ending === 'unfinished') return '';
  return foreign(say(staysText(summary) ?? cameToText(summary)));
}

/** How much of it: files, where there are any; the highlighted one says the rest below. */
function touched(summary: RunSummary, { words }: View): string {
  const { plan } = asItStands(summary);
  const { files } = tally(plan);
  return files.length > 0 ? words.common.files(files.length) : counted(plan, words);
}

function row({ summary }: PastRun, here: boolean, wide: number, view: View): Line {
  const { words, glyphs, columns } = view;
  const undone = summary.ending !== 'applied' && summary.ending !== 'unfinished';
  return sides(line(
    ` ${here ? glyphs.here : ' '} `, span(cell(summary.run, 4), 'strong'), cell(words.undo.at(new Date(summary.at)), 21),
    span(cell(endingOf(summary, view), wide, glyphs.more), summary.ending === 'unfinished' ? 'worse' : undone ? 'faint' : undefined), stood(summary, view),
  ), [span(touched(summary, view), 'faint')], columns - 1, glyphs.more);
}

/** What it was about, and how that was proven; of a verification since, how it stands. */
function about({ summary }: PastRun, wizard: Wizard, view: View): readonly Line[] {
  const { words, columns, say } = view;
  const { labels } = words.history;
  const plan = asItStands(summary).plan;
  const again = wizard.history?.verified.get(summary.run);
  const indent = Math.max(...Object.values(labels).map(width)) + 3;
  const at = (label: string, text: string, role?: 'worse' | 'gone') => (text === '' ? [] : labelled(label, text, columns - 1, indent, { label: 'strong', text: role }));
  const titles = plan.findings.map((one) => say(one.title));
  const counts = typeof again === 'object' ? words.history.counts(...(['holds', 'drifted', 'cannot-tell'] as const).map((held) => again.proofs.filter((one) => one.held === held).length) as [number, number, number]) : '';
  return [
    ...at(labels.about, (titles.length > 0 ? titles : plan.choices.map((one) => one.risk)).join(words.history.between)),
    ...at(labels.changed, foreign(say(changedText(asItStands(summary))))),
    ...at(labels.verified, again === 'asked' ? words.history.verifying : counts, typeof again === 'object' ? (again.exitCode === 0 ? 'gone' : 'worse') : undefined),
    // What the row itself has no room for.
    ...(summary.rest && !summary.folderGone ? [...at(labels.stood, say(cameToText(summary))), ...at(labels.next, foreign(say(goOn(summary.run, summary.rest))))] : []),
    ...(summary.folderGone ? [] : (summary.unwell ?? []).flatMap((one) => [...at(labels.stood, foreign(say(wasUnwell(one))), 'worse'), ...at(labels.next, foreign(unwellText(one) ? say(unwellText(one)!) : ''))])),
    ...(summary.tried ? at(labels.tried, say(summary.tried), 'worse') : []),
  ];
}

/** What crashes left, by name; nothing of a run that is going on is among it. */
function leftBehind(wizard: Wizard, { words, columns }: View): readonly Line[] {
  const left = wizard.history?.left?.left ?? [];
  if (left.length === 0) return [];
  return [
    blank, ...paragraph(words.history.left, columns - 1, 'strong'),
    ...cut(left.map(({ kind, name }) => line(`   ${cell(words.history.kinds[kind] ?? kind, 10)} `, span(foreign(name), 'path'))), 5, (n) => line(span(`   ${words.common.moreLines(n)}`, 'faint'))),
    ...paragraph(words.history.clean, columns - 1),
  ];
}

/** Every run of this folder, what was changed, how it was proven; and what crashes left behind. */
export function historyContent(screen: HistoryScreen, wizard: Wizard, view: View): readonly Line[] {
  const { words, room, columns } = view;
  if (!wizard.history) return [line(span(` ${words.history.asking}`, 'faint'))];
  const runs = runsHere(wizard);
  const others = wizard.history.runs.length - runs.length;
  const elsewhere = others === 0 ? [] : [blank, ...paragraph(words.history.elsewhere(others), columns - 1, 'faint')];
  const left = leftBehind(wizard, view);
  if (runs.length === 0) return [...paragraph(words.history.none, columns - 1), ...elsewhere, ...left];
  const here = runs[Math.min(screen.at, runs.length - 1)]!;
  const listRoom = Math.max(3, Math.min(runs.length, room - 9 - left.length - elsewhere.length));
  const { from, to } = windowAround(screen.at, runs.length, listRoom);
  const wide = Math.min(26, Math.max(...runs.map(({ summary }) => width(endingOf(summary, view))))) + 2;
  const under = [...left, ...elsewhere];
  const rest = Math.max(0, room - 3 - (to - from) - under.length);
  return [
    sides(line(` ${words.history.head(runs.length)}`), to - from < runs.length ? [span(words.history.inSight(from + 1, to, runs.length), 'faint')] : [], columns - 1), blank,
    ...runs.slice(from, to).map((one, i) => row(one, from + i === screen.at, wide, view)), blank,
    ...cut(about(here, wizard, view), rest, (n) => line(span(`   ${words.common.moreLines(n)}`, 'faint'))),
    ...under,
  ];
}

