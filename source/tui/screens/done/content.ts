import { elsewhereOf } from '../../../engine/elsewhere.ts';
import { quote } from '../../../files/shellwords.ts';
import type { Result } from '../../../engine/session.ts';
import type { Outcome } from '../../../model/proof.ts';
import { blank, labelled, line, paragraph, span, type Line } from '../../lines.ts';
import { toldApart } from '../../parts/titles.ts';
import { foreign } from '../../plain.ts';
import { tally } from '../../tally.ts';
import { outcomeRole } from '../../theme.ts';
import type { View } from '../../view.ts';
import type { Wizard } from '../../wizard.ts';
import { cell, width } from '../../width.ts';
import { wrap } from '../../wrap.ts';
import { counted, untouched, verdictsOf } from './state.ts';

/** Outcome, risk, proof: every "gone" names what was seen. */
function verdicts(wizard: Wizard, view: View): readonly Line[] {
  const { words, columns, say, glyphs } = view;
  const told = verdictsOf(wizard);
  const left = untouched(wizard, told).map((finding) => ({
    outcome: 'left' as Outcome, title: say(finding.short ?? finding.title), proof: wizard.decisions.get(finding.id)?.kind === 'skip' ? words.done.skipped : words.done.notChosen,
  }));
  const all = [...told.map((one) => ({ outcome: one.outcome, title: say(one.short ?? one.title), proof: say(one.proof) })), ...left];
  const first = Math.max(0, ...all.map((one) => width(words.common.outcome[one.outcome]))) + 2;
  const second = Math.min(34, Math.max(0, ...all.map((one) => width(one.title)))) + 2;
  const from = 1 + first + second;
  const titles = toldApart(all.map((one) => one.title), second - 2, glyphs.more);
  return all.flatMap((one, n) => wrap(one.proof, columns - from - 1).map((part, i) => (i > 0 ? line(' '.repeat(from), part) : line(
    ' ', span(cell(words.common.outcome[one.outcome], first), outcomeRole(one.outcome)), span(cell(titles[n] ?? '', second - 2, glyphs.more)), '  ', part,
  ))));
}

/** What the app still does, by what answered before; what got worse comes first. */
function vitals(result: Result, at: (label: string, text: string, role?: 'worse' | 'unsure') => readonly Line[], { words }: View): readonly Line[] {
  const { labels } = words.done;
  const compared = result.vitals.filter((vital) => vital.result !== undefined);
  const same = compared.filter((vital) => vital.result === 'same').length;
  const gaps = Object.entries(result.away).map(([service, ms]) => ({ service, time: words.common.seconds(ms) }));
  const told = (result_: 'WORSE' | 'cannot-tell') => compared.filter((vital) => vital.result === result_).map((vital) => words.done.vital(vital.service, vital.what, vital.before, vital.after ?? ''));
  const works = compared.length === 0 ? words.done.nothingAsked : words.done.works(same, compared.length, gaps);
  return [
    ...told('WORSE').flatMap((text) => at(labels.worse, text, 'worse')),
    ...at(labels.works, works),
    ...told('cannot-tell').flatMap((text) => at(labels.unknown, text, 'unsure')),
  ];
}

/** Before and after, seen on what runs now, and the way back. */
export function doneContent(wizard: Wizard, view: View): readonly Line[] {
  const { words, columns, say, room } = view;
  const run = wizard.applied;
  if (!run?.result) return [];
  const { result, plan } = run;
  const { gone, left, unknown } = counted(wizard);
  const { labels } = words.done;
  const indent = Math.max(...Object.values(labels).map(width)) + 4;
  const at = (label: string, text: string, role?: 'worse' | 'unsure') => labelled(label, text, columns - 1, indent, { label: role ?? 'strong' });
  const { files, hand } = tally(plan);
  const rows = [
    ...paragraph(words.done.head(gone, left, unknown), columns - 1, 'strong'),
    blank,
    ...verdicts(wizard, view),
    blank,
    ...vitals(result, at, view),
    ...result.remarks.flatMap((text) => at(labels.remarks, say(text))),
    ...plan.owed.flatMap((one) => (one.unsure && result.verdicts.some((v) => v.finding === one.finding && v.outcome === 'gone') ? at(labels.unknown, say(one.unsure), 'unsure') : [])),
    ...elsewhereOf(plan).flatMap((one) => [...at(labels.elsewhere, words.done.elsewhere(one.name)), ...at('', foreign(quote(one.argv)))]),
    ...hand.flatMap((one, i) => [...at(i === 0 ? labels.hand : '', say(one.words)), ...one.commands.flatMap((argv) => at('', foreign(quote(argv))))]),
    ...(files.length > 0 ? at(wizard.looking.machine?.repository ? labels.git : labels.files, words.done.files(files.length)) : []),
    blank,
    ...(wizard.given.demo ? paragraph(words.done.undoDemo, columns - 1) : [...paragraph(words.done.undo, columns - 1), line(span(`     ${words.done.undoCommand}`, 'strong'))]),
  ];
  // The way back is seen at once, if only the gaps are in its way.
  return rows.length > room ? rows.filter((row) => row !== blank) : rows;
}
