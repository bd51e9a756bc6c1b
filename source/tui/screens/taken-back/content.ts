import { answerWords, askedWords } from '../../../engine/said-vital.ts';
import type { Result } from '../../../engine/session.ts';
import { blank, cut, labelled, line, paragraph, span, type Line } from '../../lines.ts';
import type { Option } from '../../parts/choice.tsx';
import { foreign } from '../../plain.ts';
import type { View } from '../../view.ts';
import { projectName, type Run, type Wizard } from '../../wizard.ts';
import { tally } from '../../tally.ts';
import { cell, width } from '../../width.ts';
import { wrap } from '../../wrap.ts';
import { titlesOf } from '../plan/state.ts';
import { blamed, waysOn, type WayOn } from './state.ts';

function headline(wizard: Wizard, result: Result, { words }: View): string {
  const { takenBack } = words.applying;
  const name = projectName(wizard);
  const step = result.failure?.step;
  if (result.ending === 'nothing-started') return takenBack.nothing(name);
  if (result.remarks.length > 0) return takenBack.remains(step);
  if (result.vitals.some((vital) => vital.result === 'WORSE')) return takenBack.changed(name);
  if (result.ending === 'interrupted') return takenBack.stopped(name);
  return step === undefined ? takenBack.worse(name) : takenBack.failed(step, name);
}

/** What happened, what was said, and that everything is as before; or what is not. */
export function outcome(wizard: Wizard, view: View): readonly Line[] {
  const { words, glyphs, columns, say } = view;
  const result = wizard.applied?.result;
  if (!result) return [];
  const { takenBack } = words.applying;
  // The storyboard's column; a language whose labels are longer gets its own.
  const indent = Math.max(19, ...[...Object.values(takenBack.labels), words.common.vital.WORSE].map((one) => width(one) + 4));
  const back = wentBack(wizard, view);
  const compared = result.vitals.filter((vital) => vital.result !== undefined);
  const gaps = Object.entries(result.away).map(([service, ms]) => ({ service, time: words.common.seconds(ms) }));
  const { failure } = result;
  return [
    ...paragraph(headline(wizard, result, view), columns - 1, 'strong'),
    blank,
    ...(failure && result.ending !== 'interrupted' ? [...paragraph(`${glyphs.failed} ${failure.step === undefined ? '' : `${failure.step}  `}${say(failure.what)}`, columns - 1, 'worse'), blank] : []),
    ...(failure && failure.log.length > 0 ? [line(` ${takenBack.said}`), ...failure.log.slice(-6).flatMap((row) => paragraph(foreign(row), columns - 1, undefined, 3)), blank] : []),
    ...(back === '' ? [] : labelled(takenBack.labels.back, back, columns - 1, indent)),
    ...result.remarks.flatMap((text) => labelled(takenBack.labels.note, say(text), columns - 1, indent, { label: 'unsure' })),
    ...compared.filter((vital) => vital.result === 'WORSE').flatMap((vital) => labelled(words.common.vital.WORSE, words.done.vital(vital.service, say(askedWords(vital.what)), say(answerWords(vital.before)), say(answerWords(vital.after ?? ''))), columns - 1, indent, { label: 'worse' })),
    ...(compared.length > 0 ? labelled(takenBack.labels.answers, takenBack.answers(compared.filter((vital) => vital.result === 'same').length, compared.length), columns - 1, indent) : []),
    ...(gaps.length > 0 ? labelled(takenBack.labels.away, gaps.map(({ service, time }) => `${service} ${time}`).join(words.common.comma), columns - 1, indent) : []),
  ];
}

/** What went back, step by step: "2 files, byte for byte, 1 image". */
function wentBack(wizard: Wizard, { words }: View): string {
  const run = wizard.applied;
  if (!run) return '';
  const steps = run.plan.steps.filter((step) => run.back.get(step.number)?.state === 'done' && run.steps.get(step.number)?.state === 'done');
  const { files, images, owners, services, programs } = tally({ ...run.plan, steps });
  const { common, applying } = words;
  return [
    ...(files.length > 0 ? [applying.takenBack.bytes(common.files(files.length))] : []),
    ...(images.length > 0 ? [common.images(images.length)] : []),
    ...(owners.length > 0 ? [applying.takenBack.owners(owners.length)] : []),
    ...(services.length > 0 ? [common.containers(services.length)] : []),
    ...(programs.length > 0 ? [common.programs(programs.length)] : []),
  ].join('   ');
}

function said(way: WayOn, run: Run, result: Result, wizard: Wizard, { words }: View): readonly [string, string] {
  const { takenBack } = words.applying;
  const out = blamed(run, result);
  switch (way) {
    case 'again': return [takenBack.again, takenBack.againPrice];
    case 'without': return [takenBack.without(words.common.and(titlesOf(run.plan, out, wizard.given.lang))), takenBack.withoutPrice(run.plan.choices.length - out.length)];
    case 'stop': return [takenBack.stop, result.remarks.length > 0 ? '' : takenBack.stopPrice];
  }
}

export function wayOptions(wizard: Wizard, view: View): readonly Option[] {
  const run = wizard.applied;
  if (!run?.result) return [];
  const { result } = run;
  const pairs = waysOn(wizard).map((way) => said(way, run, result, wizard, view));
  const wide = Math.min(44, Math.max(...pairs.map(([name]) => width(name))));
  return pairs.map(([name, price], i) => {
    // What is left out is named whole: the end of a title may be all that tells two findings apart.
    const [first = '', ...rest] = wrap(name, wide);
    return { id: String(i), rows: [
      line(`${i + 1} ${cell(first, wide)}  `, span(cell(price, view.columns - wide - 9, view.glyphs.more), 'faint')),
      ...rest.slice(0, 2).map((part) => line(`  ${part}`)),
    ] };
  });
}

/** As much of the outcome as leaves room for the ways on. */
export const outcomeRows = (wizard: Wizard, view: View, options: number): readonly Line[] =>
  cut(outcome(wizard, view), view.room - options - 2, (n) => line(span(`   ${view.words.common.moreLines(n)}`, 'faint')));
