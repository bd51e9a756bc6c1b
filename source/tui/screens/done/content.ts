import { elsewhereOf, elsewhereWords } from '../../../engine/elsewhere.ts';
import { quote } from '../../../files/shellwords.ts';
import { answerWords, askedWords, silentWords } from '../../../engine/said-vital.ts';
import { isSilent } from '../../../engine/worker-answers.ts';
import type { Result } from '../../../engine/session.ts';
import type { Plan } from '../../../model/plan.ts';
import type { Outcome } from '../../../model/proof.ts';
import { goneInFiles } from '../../../report/came-to.ts';
import { blank, labelled, line, lineWidth, paragraph, sides, span, type Line } from '../../lines.ts';
import { titleRoom, toldApart } from '../../parts/titles.ts';
import { foreign } from '../../plain.ts';
import { tally } from '../../tally.ts';
import { outcomeRole } from '../../theme.ts';
import type { View } from '../../view.ts';
import { offersOf, type Wizard } from '../../wizard.ts';
import { cell, width } from '../../width.ts';
import { wrap } from '../../wrap.ts';
import { isTakable } from '../findings/decide.ts';
import { byHand, counted, untouched, verdictsOf } from './state.ts';

/** Why it is left as it was: nobody chose it, or none of its ways could be. */
function untaken(wizard: Wizard, finding: string, { words, say, glyphs }: View): string {
  const offers = offersOf(wizard, finding) ?? [];
  if (wizard.decisions.get(finding)?.kind === 'skip') return words.done.skipped;
  if (wizard.offers.get(finding) === 'asked') return glyphs.more;
  if (offers.length === 0 || offers.some(isTakable)) return words.done.notChosen;
  const refused = offers.find((offer) => offer.refused && offer.safety !== 'by-hand')?.refused;
  const byHand = offers.some((offer) => offer.safety === 'by-hand' && !offer.refused);
  return refused ? words.done.noWay(say(refused), byHand) : byHand ? words.done.byHand : words.done.notChosen;
}

/** Outcome, risk, proof: every "gone" names what was seen. */
function verdicts(wizard: Wizard, view: View): readonly Line[] {
  const { words, columns, say, glyphs } = view;
  const told = verdictsOf(wizard);
  const left = untouched(wizard, told).map((finding) => ({ outcome: 'left' as Outcome, title: say(finding.short ?? finding.title), proof: untaken(wizard, finding.id, view) }));
  const all = [...told.map((one) => ({ outcome: one.outcome, title: say(one.short ?? one.title), proof: say(one.proof) })), ...left];
  const first = Math.max(0, ...all.map((one) => width(words.common.outcome[one.outcome]))) + 2;
  const second = Math.min(titleRoom(columns), Math.max(0, ...all.map((one) => width(one.title)))) + 2;
  const from = 1 + first + second;
  const titles = toldApart(all.map((one) => one.title), second - 2, glyphs.more);
  return all.flatMap((one, n) => wrap(one.proof, columns - from - 1).map((part, i) => (i > 0 ? line(' '.repeat(from), part) : line(
    ' ', span(cell(words.common.outcome[one.outcome], first), outcomeRole(one.outcome)), span(cell(titles[n] ?? '', second - 2, glyphs.more)), '  ', part,
  ))));
}

/** What the app still does, by what answered before; what got worse comes first. */
function vitals(result: Result, plan: Plan, at: (label: string, text: string, role?: 'worse' | 'unsure') => readonly Line[], { words, say }: View): readonly Line[] {
  const { labels } = words.done;
  const compared = result.vitals.filter((vital) => vital.result !== undefined);
  const same = compared.filter((vital) => vital.result === 'same').length;
  const gaps = Object.entries(result.away).map(([service, ms]) => ({ service, time: words.common.seconds(ms) }));
  const told = (result_: 'WORSE' | 'cannot-tell') => compared.filter((vital) => vital.result === result_).map((vital) => (isSilent(vital) ? say(silentWords(vital)) : words.done.vital(vital.service, say(askedWords(vital.what)), say(answerWords(vital.before)), say(answerWords(vital.after ?? '')))));
  // Only who is started anew is asked before and after.
  const { services, programs } = tally(plan);
  const works = compared.length === 0 ? (services.length + programs.length === 0 ? words.done.nothingStarted : words.done.nothingAsked) : words.done.works(same, compared.length, gaps);
  return [
    ...told('WORSE').flatMap((text) => at(labels.worse, text, 'worse')),
    ...at(labels.works, works),
    ...told('cannot-tell').flatMap((text) => at(labels.unknown, text, 'unsure')),
  ];
}

/** The key that is about a row stands at its end, where there is room. */
function withKey(rows: readonly Line[], key: string, says: string, columns: number): readonly Line[] {
  const last = rows.at(-1);
  const right = line(span(key, 'key'), `  ${says}`);
  return last && lineWidth(last) + lineWidth(right) + 3 <= columns - 1 ? [...rows.slice(0, -1), sides(last, right, columns - 1)] : rows;
}

/** Nothing is committed, and what a commit could say lies ready. */
function withMessage(rows: readonly Line[], proven: boolean, { words, columns }: View): readonly Line[] {
  const last = rows.at(-1);
  const hint = line('  ', span('m', 'key'), `  ${words.done.messageHint}`);
  return proven && last && lineWidth(last) + lineWidth(hint) <= columns ? [...rows.slice(0, -1), [...last, ...hint]] : rows;
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
  const made = plan.steps.filter(({ change }) => change.kind === 'create-file').length;
  // Where the screen is read out a key behind a command would be taken for a part of it; the keys are said by themselves.
  const copies = byHand(wizard).length;
  const elsewhere = elsewhereOf(plan);
  const lastCommand = elsewhere.findLast((one) => one.argv.length > 0);
  // One key copies all of them: it stands behind the last one.
  const commandRows = (lines: readonly Line[], isLast: boolean): readonly Line[] => (wizard.given.linear || !isLast ? lines : withKey(lines, 'y', copies > 1 ? words.done.copyAll(copies) : words.keys.copy, columns));
  const rows = [
    ...paragraph(words.done.head(gone, left, unknown, goneInFiles({ ...result, plan })), columns - 1, 'strong'),
    blank,
    ...verdicts(wizard, view),
    blank,
    ...vitals(result, plan, at, view),
    ...result.remarks.flatMap((text) => at(labels.remarks, say(text))),
    ...plan.owed.flatMap((one) => (one.unsure && result.verdicts.some((v) => v.finding === one.finding && v.outcome === 'gone') ? at(labels.unknown, say(one.unsure), 'unsure') : [])),
    ...elsewhere.flatMap((one) => [...at(labels.elsewhere, say(elsewhereWords(one))), ...(one.argv.length > 0 ? commandRows(at('', foreign(quote(one.argv))), one === lastCommand) : [])]),
    ...hand.flatMap((one, i) => [...at(i === 0 ? labels.hand : '', say(one.words)), ...one.commands.flatMap((argv) => at('', foreign(quote(argv))))]),
    ...(files.length === 0 ? [] : !wizard.looking.machine?.repository ? at(labels.files, words.done.files(files.length, made)) : withMessage(at(labels.git, words.done.files(files.length, made)), gone > 0, view)),
  ];
  const back = wizard.given.demo ? paragraph(words.done.undoDemo, columns - 1) : [...paragraph(words.done.undo, columns - 1), line(span(`     ${words.done.undoCommand}`, 'strong'))];
  if (rows.length + 1 + back.length <= room) return [...rows, blank, ...back];
  // The way back is seen at once, if only the gaps are in its way; or in one row, where a second one is too many.
  const dense = rows.filter((row) => row !== blank);
  return dense.length + back.length <= room || wizard.given.demo ? [...dense, ...back] : [...dense, line(span(` ${words.leave.undo}`, 'strong'))];
}
