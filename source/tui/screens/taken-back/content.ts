import type { Result } from '../../../engine/session.ts';
import { blank, cut, labelled, line, paragraph, span, type Line } from '../../lines.ts';
import type { Option } from '../../parts/choice.tsx';
import { foreign } from '../../plain.ts';
import type { View } from '../../view.ts';
import { projectName, type Run, type Wizard } from '../../wizard.ts';
import { cell, width } from '../../width.ts';
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
  const indent = Math.max(...[...Object.values(takenBack.labels), words.common.vital.WORSE].map(width)) + 4;
  const compared = result.vitals.filter((vital) => vital.result !== undefined);
  const gaps = Object.entries(result.away).map(([service, ms]) => ({ service, time: words.common.seconds(ms) }));
  const { failure } = result;
  return [
    ...paragraph(headline(wizard, result, view), columns - 1, 'strong'),
    blank,
    ...(failure && result.ending !== 'interrupted' ? [...paragraph(`${glyphs.failed} ${failure.step === undefined ? '' : `${failure.step}  `}${say(failure.what)}`, columns - 1, 'worse'), blank] : []),
    ...(failure && failure.log.length > 0 ? [line(` ${takenBack.said}`), ...failure.log.slice(-6).flatMap((row) => paragraph(foreign(row), columns - 1, undefined, 3)), blank] : []),
    ...result.remarks.flatMap((text) => labelled(takenBack.labels.note, say(text), columns - 1, indent, { label: 'unsure' })),
    ...compared.filter((vital) => vital.result === 'WORSE').flatMap((vital) => labelled(words.common.vital.WORSE, words.done.vital(vital.service, vital.what, vital.before, vital.after ?? ''), columns - 1, indent, { label: 'worse' })),
    ...(compared.length > 0 ? labelled(takenBack.labels.answers, takenBack.answers(compared.filter((vital) => vital.result === 'same').length, compared.length), columns - 1, indent) : []),
    ...(gaps.length > 0 ? labelled(takenBack.labels.away, gaps.map(({ service, time }) => `${service} ${time}`).join(words.common.comma), columns - 1, indent) : []),
  ];
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
  return pairs.map(([name, price], i) => ({ id: String(i), rows: [line(`${i + 1} ${cell(name, wide, view.glyphs.more)}  `, span(cell(price, view.columns - wide - 9, view.glyphs.more), 'faint'))] }));
}

/** As much of the outcome as leaves room for the ways on. */
export const outcomeRows = (wizard: Wizard, view: View, options: number): readonly Line[] =>
  cut(outcome(wizard, view), view.room - options - 2, (n) => line(span(`   ${view.words.common.moreLines(n)}`, 'faint')));
