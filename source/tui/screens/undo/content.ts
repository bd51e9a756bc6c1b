import type { RunSummary } from '../../../engine/session.ts';
import type { Since } from '../../../engine/since.ts';
import { quote } from '../../../files/shellwords.ts';
import type { ByHand } from '../../../model/change.ts';
import type { Text } from '../../../model/text.ts';
import { answersText, told } from '../../../report/answers.ts';
import { secondsAway } from '../../../report/away-for.ts';
import { broughtBack, cameToText } from '../../../report/came-to.ts';
import { placeOf } from '../../../report/places.ts';
import { anewText, asItStands } from '../../../report/runs-text.ts';
import { accountGoes, afterUndo, anew, edits, ofMachine, pathGoes, removed, toRoot, undoneHead } from '../../../report/undo-text.ts';
import { awayText, sumOf } from '../../../report/went-back.ts';
import { blank, labelled, line, paragraph, sides, span, type Line } from '../../lines.ts';
import { stepList, type Ticking } from '../../parts/step-list.ts';
import { tally, type Handed } from '../../tally.ts';
import { foreign } from '../../plain.ts';
import type { View } from '../../view.ts';
import type { Run, Wizard } from '../../wizard.ts';
import { width } from '../../width.ts';
import { logRows } from '../applying/state.ts';
import { wasUndone } from './state.ts';

/** What goes back, by kind. */
export function goesBack(summary: RunSummary, { words, columns, say }: View, since?: Since): readonly Line[] {
  const { labels } = words.undo;
  const { plan } = asItStands(summary);
  const { files, images, owners, services, programs } = tally(plan);
  const { paths, accounts } = ofMachine(plan);
  const indent = Math.max(...Object.values(labels).map(width)) + 6;
  const at = (label: string, text: string) => labelled(`  ${label}`, text, columns - 1, indent);
  const lost = images.filter((image) => since?.lost?.includes(image));
  const kept = images.filter((image) => !lost.includes(image));
  const owner = ({ source, type, folder }: Handed): string => {
    const name = say(placeOf({ mount: { type, source } }, summary));
    // How many there are is known of what was handed over whole.
    return !folder && since?.owners.some((one) => one.source === source && one.came !== undefined) ? words.undo.counted(name, say(toRoot(source, since))) : words.undo.owner(name);
  };
  return [
    ...(files.length > 0 ? at(labels.files, files.join('  ')) : []),
    ...(since && files.length > 0 ? at('', say(edits(since, { plan }))) : []),
    ...[...(kept.length > 0 ? [words.undo.images(kept.join(words.common.comma), kept.length)] : []), ...(lost.length > 0 ? [say(removed(lost))] : []), ...anew(since, 'image').map(say)].flatMap((said, i) => at(i === 0 ? labels.images : '', said)),
    ...[...owners.map(owner), ...paths.map((path) => say(pathGoes(path)))].flatMap((said, i) => at(i === 0 ? labels.owners : '', said)),
    ...accounts.flatMap((name, i) => at(i === 0 ? labels.accounts : '', say(accountGoes(name, since)))),
    ...(services.length > 0 ? at(labels.containers, words.undo.containers(services.join(words.common.comma), secondsAway(summary, services))) : []),
    ...(programs.length > 0 ? at(labels.programs, words.undo.containers(programs.join(words.common.comma), secondsAway(summary, programs))) : []),
    ...anew(since, 'container').flatMap((said) => at('', say(said))),
  ];
}

/** What changed since, of this very run. */
const sinceOf = ({ since }: Wizard, run: string): Since | undefined => (since?.run === run ? since.found : undefined);

/** What only a person can do once the rest is back, with its commands. */
function yours(head: string, hand: readonly ByHand[], { columns, say }: View): readonly Line[] {
  return [blank, line(span(` ${head}`, 'strong')), ...hand.flatMap((one) => [...paragraph(foreign(say(one.words)), columns - 1, undefined, 3), ...one.commands.flatMap((argv) => paragraph(foreign(quote(argv)), columns - 1, undefined, 5))])];
}

/** What goes back, and what comes back with it. */
function asking(summary: RunSummary, since: Since | undefined, view: View): readonly Line[] {
  const { words, columns, say, room } = view;
  const { sure, unsure } = broughtBack(summary, true);
  const head = paragraph(words.undo.head(summary.run, words.undo.at(new Date(summary.at)), summary.name, say(cameToText(summary))), columns - 1, 'strong');
  const rest = [
    blank,
    line(` ${words.undo.goes}`),
    ...goesBack(summary, view, since),
    blank,
    ...([[words.undo.comesBack, sure], [words.undo.unsure, unsure]] as const).flatMap(([head, titles]) => (titles.length === 0 ? [] : [line(` ${head}`), ...titles.flatMap((one) => paragraph(say(one), columns - 1, undefined, 3)), blank])),
    // Once it was asked, the files say it for themselves.
    ...(since ? [] : paragraph(words.undo.edited, columns - 1, 'faint')),
    ...(since?.hand ? yours(words.undo.yours, since.hand, view) : []),
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

function ended(run: Run, wizard: Wizard, view: View): readonly Line[] {
  const { words, columns, say } = view;
  const { result } = run;
  if (!result) return [];
  const next = afterUndo(result);
  const { lang } = wizard.given;
  const { labels } = words.undo.after;
  const whole = result.exitCode === 0;
  const compared = result.vitals.filter((vital) => vital.result !== undefined);
  const { summary } = wizard;
  const { sure, unsure } = summary && summary !== 'none' && summary.run === result.run ? broughtBack(summary, true) : { sure: [], unsure: [] };
  const indent = Math.max(...Object.values(labels).map(width)) + 4;
  const at = (label: string, text: string): readonly Line[] => (text === '' ? [] : labelled(label, text, columns - 1, indent));
  const titles = (all: readonly Text[]): string => all.map(say).join(words.history.between);
  const back = say(sumOf(run.plan.steps.filter((step) => run.back.get(step.number)?.state === 'done'), sinceOf(wizard, result.run)));
  // What only is good to know is no obstacle.
  const known = result.remarks.filter((one) => 'told' in one);
  const inTheWay = result.remarks.filter((one) => !('told' in one));
  const facts = [
    ...at(labels.back, back),
    ...(whole ? [...at(labels.came, titles(sure)), ...at(labels.unsure, titles(unsure))] : []),
    ...(compared.length > 0 ? at(labels.answers, words.undo.answers(compared.filter((vital) => vital.result === 'same').length, compared.length, answersText(compared, lang), told(compared) < compared.length)) : []),
    ...at(labels.away, awayText(result.away, lang)),
  ];
  return [
    ...paragraph(say(undoneHead(result)), columns - 1, whole ? 'gone' : 'worse'),
    ...(next ? paragraph(say(next), columns - 1) : []),
    ...(result.failure ? [blank, ...paragraph(say(result.failure.what), columns - 1), ...result.failure.log.slice(-6).flatMap((row) => paragraph(foreign(row), columns - 1, undefined, 3))] : []),
    ...(inTheWay.length > 0 ? [blank, ...inTheWay.flatMap((text) => paragraph(say(text), columns - 1))] : []),
    ...(known.length > 0 ? [blank, ...known.flatMap((text) => paragraph(say(text), columns - 1))] : []),
    ...(result.hand ? yours(words.done.labels.hand, result.hand, view) : []),
    ...(facts.length > 0 ? [blank, ...facts] : []),
    ...(whole && !wizard.given.demo ? [blank, ...paragraph(words.undo.after.kept, columns - 1, 'faint'), ...paragraph(say(anewText(result.run)), columns - 1, 'faint')] : []),
  ];
}

export function undoContent(wizard: Wizard, view: View, ticking: Ticking = { now: 0, frame: 0 }): readonly Line[] {
  const { undoing, summary } = wizard;
  if (undoing?.result) return ended(undoing, wizard, view);
  if (undoing) return running(undoing, wizard, view, ticking);
  if (summary === undefined) return [line(span(` ${view.words.undo.asking}`, 'faint'))];
  if (summary === 'none') return [line(` ${view.words.undo.none}`)];
  return wasUndone(wizard) ? paragraph(view.words.undo.already(summary.run), view.columns - 1, 'strong') : asking(summary, sinceOf(wizard, summary.run), view);
}
