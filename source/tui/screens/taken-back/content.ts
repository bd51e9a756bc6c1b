import { answerWords, askedWords } from '../../../engine/said-vital.ts';
import { answersText } from '../../../report/answers.ts';
import { discreet } from '../../../report/discreet.ts';
import type { Result } from '../../../engine/session.ts';
import { blank, clip, cut, labelled, line, lineWidth, paragraph, sides, span, type Line } from '../../lines.ts';
import type { Option } from '../../parts/choice.tsx';
import { foreign } from '../../plain.ts';
import type { View } from '../../view.ts';
import { projectName, type Run, type Wizard } from '../../wizard.ts';
import { tally } from '../../tally.ts';
import { cell, width } from '../../width.ts';
import { wrap } from '../../wrap.ts';
import { countedIn } from '../plan/rows.ts';
import { checkNumber, titlesOf } from '../plan/state.ts';
import { blamed, keptServices, oneService, waysOn, type WayOn } from './state.ts';

/** The check is the step after the last one, as it stands in the plan. */
const failedStep = ({ plan }: Run, { failure }: Result): number => failure?.step ?? checkNumber(plan);

function headline(wizard: Wizard, run: Run, result: Result, { words }: View): string {
  const { takenBack } = words.applying;
  const name = projectName(wizard);
  if (result.ending === 'nothing-started') return takenBack.nothing(name);
  if (result.remarks.length > 0) return takenBack.remains(failedStep(run, result));
  if (result.vitals.some((vital) => vital.result === 'WORSE')) return takenBack.changed(name);
  if (result.ending === 'interrupted') return takenBack.stopped(name);
  return takenBack.failed(failedStep(run, result), name);
}

/** What failed, and how long it took until that was known. */
function failed(run: Run, result: Result, { words, glyphs, columns, say }: View): readonly Line[] {
  const { failure } = result;
  if (!failure || result.ending === 'interrupted') return [];
  const number = failedStep(run, result);
  const ms = failure.step === undefined ? run.checkedMs : run.steps.get(number)?.ms;
  const time = ms ? [span(words.common.seconds(ms), 'faint')] : [];
  // Before the first step there is none that failed, the check least of all.
  const head = result.ending === 'nothing-started' && failure.step === undefined ? ` ${glyphs.failed} ` : ` ${glyphs.failed} ${cell(String(number), 5)}`;
  const rows = wrap(say(failure.what), columns - 1 - width(head) - (time.length > 0 ? 9 : 0));
  return [...rows.map((row, i) => (i === 0 ? sides(line(span(head + row, 'worse')), time, columns - 1, glyphs.more) : line(span(' '.repeat(width(head)) + row, 'worse')))), blank];
}

/** The one line of the log that matters, where it is known whose it is; else its last lines. `b` has them all. */
function quoted({ failure }: Result, { words, columns }: View): readonly Line[] {
  const rows = failure?.said ? [failure.said.line] : (failure?.log ?? []).slice(-6);
  return rows.length === 0 ? [] : [line(` ${words.applying.takenBack.said(failure?.said?.service)}`), ...rows.flatMap((row) => paragraph(foreign(discreet(row)), columns - 1, undefined, 3)), blank];
}

/** What happened, what was said, and that everything is as before; or what is not. */
export function outcome(wizard: Wizard, view: View): readonly Line[] {
  const { words, columns, say } = view;
  const run = wizard.applied;
  const result = run?.result;
  if (!result) return [];
  const { takenBack } = words.applying;
  // The storyboard's column; a language whose labels are longer gets its own.
  const indent = Math.max(19, ...[...Object.values(takenBack.labels), words.common.vital.WORSE].map((one) => width(one) + 4));
  const back = wentBack(wizard, view);
  const compared = result.vitals.filter((vital) => vital.result !== undefined);
  const gaps = Object.entries(result.away).map(([service, ms]) => ({ service, time: words.common.seconds(ms) }));
  const { failure } = result;
  return [
    ...paragraph(headline(wizard, run, result, view), columns - 1, 'strong'),
    blank,
    ...failed(run, result, view),
    ...quoted(result, view),
    ...(failure?.means ? [...labelled(takenBack.labels.means, say(failure.means), columns - 1, indent), blank] : []),
    ...(back === '' ? [] : labelled(takenBack.labels.back, back, columns - 1, indent)),
    ...result.remarks.flatMap((text) => labelled(takenBack.labels.note, say(text), columns - 1, indent, { label: 'unsure' })),
    ...compared.filter((vital) => vital.result === 'WORSE').flatMap((vital) => labelled(words.common.vital.WORSE, words.done.vital(vital.service, say(askedWords(vital.what)), say(answerWords(vital.before)), say(answerWords(vital.after ?? ''))), columns - 1, indent, { label: 'worse' })),
    ...(compared.length > 0 ? labelled(takenBack.labels.answers, answersText(compared.filter((vital) => vital.result !== 'WORSE'), wizard.given.lang, failure?.said?.service), columns - 1, indent) : []),
    ...(gaps.length > 0 ? labelled(takenBack.labels.away, gaps.map(({ service, time }) => `${service} ${time}`).join(words.common.comma), columns - 1, indent) : []),
  ];
}

/** What went back: "2 files, byte for byte, 1 image". What was stopped for it has a row of its own. */
function wentBack(wizard: Wizard, { words }: View): string {
  const run = wizard.applied;
  if (!run) return '';
  const steps = run.plan.steps.filter((step) => run.back.get(step.number)?.state === 'done' && run.steps.get(step.number)?.state === 'done');
  const { files, images, owners, services, programs } = tally({ ...run.plan, steps });
  const { common, applying } = words;
  const counts = owners.map((one) => countedIn(wizard, one.source));
  const told = [...files, ...images, ...owners].length > 0;
  return [
    ...(files.length > 0 ? [applying.takenBack.bytes(common.files(files.length))] : []),
    ...(images.length > 0 ? [common.images(images.length)] : []),
    ...(owners.length > 0 ? [counts.every((n) => n !== undefined) ? applying.takenBack.filesOfRoot(counts.reduce((a, n) => a + n, 0)) : applying.takenBack.owners(owners.length)] : []),
    ...(!told && services.length > 0 ? [common.containers(services.length)] : []),
    ...(!told && programs.length > 0 ? [common.programs(programs.length)] : []),
  ].join(' '.repeat(6));
}

/** As the project itself has them. */
const inOrder = (names: readonly string[], { looking }: Wizard): readonly string[] => {
  const known = looking.machine?.services.map((one) => one.name) ?? [];
  return [...names].sort((a, b) => known.indexOf(a) - known.indexOf(b));
};

function said(way: WayOn, run: Run, result: Result, wizard: Wizard, { words, say }: View): readonly [string, string, string?] {
  const { takenBack } = words.applying;
  const out = blamed(run, result);
  switch (way) {
    case 'again': return result.failure?.anew ? [takenBack.again, say(result.failure.anew), takenBack.recommended] : [takenBack.again, takenBack.againPrice];
    case 'without': {
      const one = oneService(run, out);
      // A service has a name of its own; findings are named by their titles.
      const name = one === undefined ? takenBack.without(words.common.and(titlesOf(run.plan, out, wizard.given.lang))) : takenBack.withoutService(one);
      return [name, takenBack.withoutPrice(one === undefined ? [] : inOrder(keptServices(run, out), wizard), run.plan.choices.length - out.length, run.plan.choices.length)];
    }
    case 'stop': return [takenBack.stop, result.remarks.length > 0 ? '' : wizard.given.demo ? takenBack.stopDemo : takenBack.stopPrice];
  }
}

/** What is advised stands right, where there is room; the pointer before the row takes three columns. */
const advised = (row: Line, advice: string | undefined, { columns, glyphs }: View): Line =>
  (advice === undefined || lineWidth(row) + width(advice) + 7 > columns ? clip(row, columns - 4, glyphs.more) : sides(row, [span(advice, 'faint')], columns - 4));

export function wayOptions(wizard: Wizard, view: View): readonly Option[] {
  const run = wizard.applied;
  if (!run?.result) return [];
  const { result } = run;
  const pairs = waysOn(wizard).map((way) => said(way, run, result, wizard, view));
  const wide = Math.min(34, Math.max(...pairs.map(([name]) => width(name))));
  return pairs.map(([name, price, advice], i) => {
    // What is left out is named whole: the end of a title may be all that tells two findings apart.
    const [first = '', ...rest] = wrap(name, wide);
    return { id: String(i), rows: [
      advised(line(`${i + 1} ${cell(first, wide)}  `, span(price, 'faint')), advice, view),
      ...rest.slice(0, 2).map((part) => line(`  ${part}`)),
    ] };
  });
}

/** As much of the outcome as leaves room for the ways on; the gaps give way first. */
export function outcomeRows(wizard: Wizard, view: View, options: readonly Option[]): readonly Line[] {
  const room = view.room - options.flatMap((option) => option.rows).length - 2;
  const rows = outcome(wizard, view);
  return cut(rows.length <= room ? rows : rows.filter((row) => row !== blank), room, (n) => line(span(`   ${view.words.common.moreLines(n)}`, 'faint')));
}
