import type { Progress } from '../../../engine/session.ts';
import type { Elsewhere } from '../../../model/machine.ts';
import { foundBeyond } from '../../beyond.ts';
import { blank, labelled, line, paragraph, sides, span, type Line } from '../../lines.ts';
import type { View } from '../../view.ts';
import type { Wizard } from '../../wizard.ts';
import { cell, pad, width } from '../../width.ts';
import { mainFindings, ownFindings } from '../findings/state.ts';
import type { LookingScreen } from './state.ts';

const ORDER: readonly Progress['source'][] = ['docker', 'project', 'files', 'processes', 'join'];

function source(progress: Progress, view: View, frame: number): Line {
  const { words, glyphs, columns, say } = view;
  const marks = { done: glyphs.done, absent: glyphs.absent, running: glyphs.spinner[frame % glyphs.spinner.length]! };
  const name = pad(words.looking.sources[progress.source], 12);
  const time = progress.state === 'absent' ? [] : [span(words.common.seconds(progress.ms), 'faint')];
  return sides(line(' ', span(cell(marks[progress.state], Math.max(2, width(glyphs.done) + 1)), progress.state === 'done' ? 'gone' : undefined), name, say(progress.text)), time, columns - 1, glyphs.more);
}

/** What the key does now: has a look, shows names, folds them. While it is looked at, and once it was, that is said. */
function offered(kind: Elsewhere['kind'], open: boolean, wizard: Wizard, { words }: View): string {
  const { looking } = words;
  const asked = wizard.looking.beyond?.get(kind) === 'asked';
  const found = foundBeyond(wizard, kind);
  const says = open ? looking.fold : found || asked || !wizard.given.can.beyond ? looking.byName : looking.lookToo;
  const state = asked ? looking.lookingToo : found ? looking.foundToo(mainFindings(found).length) : '';
  const key = kind === 'container' ? 'a' : 'p';
  return `${state === '' ? '' : `${state}   `}${wizard.given.linear ? words.spoken.key([key], says) : `${key}  ${says}`}`;
}

/** What is not this project's: counted; looked at, and by name with its owner, where that is asked for. It is never changed. */
function leftOut(wizard: Wizard, named: LookingScreen['named'], view: View): readonly Line[] {
  const { words, columns, glyphs } = view;
  const elsewhere = wizard.looking.machine?.elsewhere ?? [];
  return (['container', 'process'] as const).flatMap((kind) => {
    const those = elsewhere.filter((one) => one.kind === kind);
    if (those.length === 0) return [];
    const wide = Math.min(36, Math.max(...those.map((one) => width(one.name)))) + 3;
    const row = sides(line(`   ${words.looking.outside[kind](those.length)}`), [span(offered(kind, named?.[kind] === true, wizard, view), 'faint')], columns - 1, glyphs.more);
    return [row, ...(named?.[kind] ? those.map((one) => line(`     ${cell(one.name, wide, glyphs.more)}`, span(one.owner, 'faint'))) : [])];
  });
}

function unseen(wizard: Wizard, { words, columns, say }: View): readonly Line[] {
  const all = wizard.looking.machine?.blind ?? [];
  if (all.length === 0) return [];
  const indent = Math.min(28, Math.max(...all.map((one) => width(one.what)))) + 6;
  return [
    blank,
    line(span(` ${words.looking.blind}`, 'strong')),
    ...all.flatMap((one) => [
      ...labelled(`  ${one.what}`, say(one.why), columns, indent),
      ...(say(one.remedy) === '' ? [] : paragraph(words.looking.remedy(say(one.remedy)), columns, 'faint', indent)),
    ]),
  ];
}

/** The three questions of a stranger: does it change anything, does it send anything, what has it looked at. */
export function lookingContent({ onward, named }: LookingScreen, wizard: Wizard, view: View, frame = 0): readonly Line[] {
  const { words, columns } = view;
  const { progress, machine, findings } = wizard.looking;
  const promise = wizard.given.dryRun ? words.looking.promiseDry : machine?.docker?.remote ? words.looking.promiseRemote : words.looking.promise;
  const outside = leftOut(wizard, named, view);
  const first = wizard.given.firstTime ? [blank, ...paragraph(words.looking.firstTime, columns), ...(wizard.given.demo ? [] : paragraph(words.looking.demo, columns))] : [];
  const end = machine ? words.looking.found(mainFindings(ownFindings(findings)).length) : onward ? words.looking.onward : '';
  return [
    blank,
    ...paragraph(promise, columns - 1),
    blank,
    ...ORDER.flatMap((name) => progress.filter((one) => one.source === name)).map((one) => source(one, view, frame)),
    ...(outside.length === 0 ? [] : [blank, line(span(` ${wizard.looking.beyond ? words.looking.notOurs : words.looking.leftOut}`, 'strong')), ...outside]),
    ...unseen(wizard, view),
    ...first,
    ...(end === '' ? [] : [blank, line(span(` ${end}`, machine ? 'strong' : undefined))]),
  ];
}
