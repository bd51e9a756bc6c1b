import type { Plan, Step } from '../../../model/plan.ts';
import { blank, cut, labelled, line, paragraph, sides, span, type Line } from '../../lines.ts';
import { changes, diffOfFile } from '../../parts/diff.ts';
import { toldIn } from '../../parts/step-list.ts';
import { windowAround } from '../../scroll.ts';
import { counted } from '../../tally.ts';
import type { View } from '../../view.ts';
import { offersOf, type Draft, type Wizard } from '../../wizard.ts';
import { cell, squeeze, width } from '../../width.ts';
import { mainFindings } from '../findings/state.ts';
import { canRehearse } from '../rehearsal/open.ts';
import { countsOf, rehearsalOf } from '../rehearsal/state.ts';
import { barred, fallsWith, titlesOf, type PlanScreen } from './state.ts';

/** The ways out that a step serves, by their names. */
function serves(step: Step, plan: Plan, wizard: Wizard, { say, words }: View): string {
  const names = step.because.flatMap((id) => {
    const choice = plan.choices.find((one) => one.finding === id);
    const offer = offersOf(wizard, id)?.find((one) => one.fix === choice?.fix);
    return offer ? [say(offer.title)] : choice ? [choice.fix] : [];
  });
  return [...new Set(names)].join(words.common.comma);
}

/** One row of a plan: number, deed, what it is done to, for whose sake, how much of it. */
function row(step: Step, i: number, draft: Draft & { plan: Plan }, screen: PlanScreen, wizard: Wizard, view: View): Line {
  const { glyphs, columns, say } = view;
  const here = i === screen.at;
  const dropped = draft.plan.steps.find((one) => one.number === screen.dropping);
  const falls = dropped !== undefined && step.because.every((id) => fallsWith(dropped).includes(id));
  const { change } = step;
  const path = change.kind === 'edit-file' || change.kind === 'create-file' ? change.path : undefined;
  const diff = path === undefined ? undefined : diffOfFile(draft.preview?.diffs ?? [], path);
  const told = draft.tells.map((tell) => toldIn(say(tell)));
  const wide = Math.min(34, Math.max(16, ...draft.plan.steps.map((one, n) => ('path' in one.change ? width(told[n]?.[1] ?? '') : 0)))) + 2;
  const [deed, what] = told[i] ?? ['', ''];
  const left = line(
    ` ${here ? glyphs.here : ' '} `, `${String(step.number).padStart(2)} `,
    span(cell(deed, 8), 'strong'),
    // Files stand beside the ways they serve; other deeds say in full what they are done to.
    span(path ? cell(squeeze(what, wide - 2, glyphs.more), wide) : squeeze(what, columns - 17, glyphs.more), falls ? 'unsure' : path ? 'path' : undefined),
    span(path ? serves(step, draft.plan, wizard, view) : '', 'faint'),
  );
  return sides(left, falls ? [span('x', 'worse')] : diff ? changes(diff) : [], columns - 1, glyphs.more);
}

function together(plan: Plan, { words, columns, say }: View): readonly Line[] {
  return plan.joins.flatMap((join) => paragraph(words.plan.together(join.steps, say(join.because)), columns - 1));
}

/** That it can be tried first; or how that went. */
function rehearsed(wizard: Wizard, { words, say }: View): string {
  const result = rehearsalOf(wizard)?.result;
  if (!result) return words.plan.rehearse;
  const { gone, left, same, worse } = countsOf(result.rows);
  if (result.outcome === 'cannot-tell') return words.rehearsal.cannotTell(result.why ? say(result.why) : '');
  return result.outcome === 'breaks' ? words.rehearsal.breaks(worse + left) : words.rehearsal.holds(words.rehearsal.counts(gone, left, same, worse), result.ms, result.buildMs);
}

/** What is foreseen, and what is not claimed. */
function outlook(plan: Plan, wizard: Wizard, view: View): readonly Line[] {
  const { words, columns, say } = view;
  const { labels } = words.plan;
  const { gone, left, fresh } = plan.foreseen;
  const main = new Set(mainFindings(wizard.looking.findings).map((one) => one.id));
  const indent = Math.max(...Object.values(labels).map(width)) + 4;
  const at = (label: string, text: string, role?: 'worse') => labelled(label, text, columns - 1, indent, { label: 'strong', text: role });
  return [
    ...plan.refused.flatMap(({ choice, reason }) => at(labels.refused, words.plan.refused(titleOf(plan, wizard, choice.finding, view), say(reason)))),
    ...at(labels.foreseen, words.plan.foreseen(gone.length, left.filter((id) => main.has(id)).length, fresh.length), fresh.length > 0 ? 'worse' : undefined),
    ...(wizard.given.dryRun ? [] : [...at(labels.undo, words.plan.undo), ...(canRehearse(wizard) ? at(labels.rehearsal, rehearsed(wizard, view)) : at(labels.tried, words.plan.tried))]),
  ];
}

const titleOf = (plan: Plan, wizard: Wizard, id: string, { say }: View): string => {
  const finding = [...plan.findings, ...wizard.looking.findings].find((one) => one.id === id);
  return finding ? say(finding.title) : id;
};

/** Every deed in its order, what belongs together, what is foreseen. Nothing of it is done. */
export function planContent(screen: PlanScreen, wizard: Wizard, view: View): readonly Line[] {
  const { words, columns, room, glyphs } = view;
  const { draft } = wizard;
  if (!draft?.plan) return [blank, line(span(` ${words.plan.making}`, 'faint'))];
  const made = { ...draft, plan: draft.plan };
  const { plan } = made;
  const dropped = screen.dropping === undefined ? undefined : plan.steps.find((step) => step.number === screen.dropping);
  const reason = barred(wizard);
  const sentence = dropped ? words.plan.dropping(dropped.number, titlesOf(plan, fallsWith(dropped), wizard.given.lang).join(words.common.comma))
    : reason === 'dry' ? words.plan.dry : reason === 'remote' ? words.plan.readOnly(wizard.looking.machine?.docker?.endpoint ?? '') : undefined;
  const head = plan.steps.length === 0 ? words.plan.empty : words.plan.head(plan.choices.length, Math.max(mainFindings(wizard.looking.findings).length, plan.choices.length), counted(plan, words));
  const last = sentence === undefined ? [] : [blank, ...paragraph(sentence, columns - 1, dropped ? 'unsure' : 'strong')];
  const joined = together(plan, view);
  const foreseen = outlook(plan, wizard, view);
  const check = plan.owed.length === 0 ? [] : [line(`   ${String(plan.steps.length + 1).padStart(2)} `, span(cell(words.plan.check, 8), 'strong'), words.plan.checked(words.plan.checks(plan.owed.length)))];
  // The steps are the plan: the notes give way first, then the steps scroll.
  const listRoom = Math.max(4, Math.min(plan.steps.length, room - 4 - check.length - last.length - Math.min(joined.length + foreseen.length, 4)));
  const { from, to } = windowAround(screen.at, plan.steps.length, listRoom);
  const left = Math.max(0, room - 3 - (to - from) - check.length - last.length);
  return [
    sides(line(` ${head}`), to - from < plan.steps.length ? [span(words.plan.inSight(from + 1, to, plan.steps.length), 'faint')] : [], columns - 1), blank,
    ...plan.steps.slice(from, to).map((step, i) => row(step, from + i, made, screen, wizard, view)),
    ...check, blank,
    ...cut(joined.length > 0 && joined.length + foreseen.length < left ? [...joined, blank, ...foreseen] : [...joined, ...foreseen], left, () => line(span(` ${glyphs.more}`, 'faint'))),
    ...last,
  ];
}
