import type { Plan } from '../../../model/plan.ts';
import { blank, cut, labelled, line, paragraph, sides, span, type Line } from '../../lines.ts';
import { windowAround } from '../../scroll.ts';
import { counted, tally } from '../../tally.ts';
import type { View } from '../../view.ts';
import type { Wizard } from '../../wizard.ts';
import { width } from '../../width.ts';
import { membersOf } from '../findings/rows.ts';
import { chosenRows, lowFindings, mainFindings, numbered, ownFindings } from '../findings/state.ts';
import { canRehearse } from '../rehearsal/open.ts';
import { countsOf, holdsSaid, rehearsalOf } from '../rehearsal/state.ts';
import { surroundings } from './surroundings.ts';
import { checkRow, columnsOf, countedIn, drawn } from './rows.ts';
import { alone, barred, fallsWith, rowsOf, rowWith, titlesOf, type PlanScreen } from './state.ts';

function together(plan: Plan, { words, columns, say }: View): readonly Line[] {
  return plan.joins.flatMap((join) => paragraph(words.plan.together(join.steps, say(join.because)), columns - 1));
}

/** How the rehearsal went; before there was one, the footer says that there can be. */
function rehearsed(wizard: Wizard, view: View): string | undefined {
  const { words, say } = view;
  const result = rehearsalOf(wizard)?.result;
  if (!result) return undefined;
  const { left, worse } = countsOf(result.rows);
  if (result.outcome === 'cannot-tell') return words.rehearsal.cannotTell(result.why ? say(result.why) : '');
  return result.outcome === 'breaks' ? words.rehearsal.breaks(worse, left) : holdsSaid(result, view);
}

/** What is kept for undo: files, images, and whose the files of a volume were. */
function kept(plan: Plan, wizard: Wizard, { words }: View): string {
  const { files, images, owners } = tally(plan);
  const counts = owners.map((one) => countedIn(wizard, one.source));
  const sum = counts.every((n) => n !== undefined) ? counts.reduce((a, n) => a + n, 0) : undefined;
  const parts = [
    ...(files.length > 0 ? [words.common.files(files.length)] : []),
    ...(images.length > 0 ? [words.common.images(images.length)] : []),
    ...(owners.length > 0 ? [words.plan.owner(sum)] : []),
  ];
  return parts.length === 0 ? words.plan.undo : words.plan.kept(parts);
}

/** What is foreseen, and what is not claimed. */
function outlook(plan: Plan, wizard: Wizard, view: View): readonly Line[] {
  const { words, columns, say } = view;
  const { labels } = words.plan;
  const { gone, left, fresh } = plan.foreseen;
  const main = mainFindings(wizard.looking.findings).filter((one) => left.includes(one.id));
  // Counted as the list counts them: several of one row are one.
  const low = lowFindings(ownFindings(numbered(wizard))).filter((row) => membersOf(row).some((id) => left.includes(id))).length;
  const indent = Math.max(...Object.values(labels).map(width)) + 3;
  const at = (label: string, text: string, role?: 'worse' | 'unsure') => labelled(label, text, columns - 1, indent, { label: 'strong', text: role });
  // Of risks nothing else is foreseen without a step; of what the app does, something may.
  const lacks = (plan.dropped ?? []).map((step) => step.number);
  const along = gone.filter((id) => !plan.choices.some((choice) => choice.finding === id)).flatMap((id) => wizard.looking.findings.filter((one) => one.id === id).map((one) => say(one.short ?? one.title)));
  const risks = words.plan.foreseen(words.plan.foreseenGone(gone.length, along), main.length, fresh.length, main.map((one) => say(one.short ?? one.title)), low);
  const shown = rehearsed(wizard, view);
  const around = surroundings(plan, wizard, view);
  return [
    ...plan.refused.flatMap(({ choice, reason }) => at(labels.refused, words.plan.refused(titleOf(plan, wizard, choice.finding, view), say(reason)))),
    ...at(labels.foreseen, lacks.length > 0 ? words.plan.lacking(risks, lacks) : risks, fresh.length > 0 ? 'worse' : lacks.length > 0 ? 'unsure' : undefined),
    ...around.first.flatMap(([label, said]) => at(label, said, 'unsure')),
    ...(wizard.given.dryRun ? [] : [
      ...at(labels.undo, kept(plan, wizard, view)),
      ...(shown !== undefined ? at(labels.rehearsal, shown) : canRehearse(wizard) ? [] : at(labels.tried, words.plan.tried)),
    ]),
    ...around.last.flatMap(([label, said]) => at(label, said)),
  ];
}

const titleOf = (plan: Plan, wizard: Wizard, id: string, { say }: View): string => {
  const finding = [...plan.findings, ...wizard.looking.findings].find((one) => one.id === id);
  return finding ? say(finding.title) : id;
};

/** What `x` is about to do, or why it ends here. */
function lastWords(plan: Plan, screen: PlanScreen, wizard: Wizard, { words, columns, say }: View): readonly Line[] {
  const dropping = rowWith(plan, screen.dropping);
  const reason = barred(wizard);
  const said = (text: string, role: 'unsure' | 'strong'): readonly Line[] => [blank, ...paragraph(text, columns - 1, role)];
  if (dropping) {
    const steps = dropping.steps.map((step) => step.number);
    const follows = alone(dropping);
    return said(follows ? words.plan.droppingAlone(steps, say(follows)) : words.plan.dropping(steps, titlesOf(plan, fallsWith(plan, dropping), wizard.given.lang).join(words.common.comma)), 'unsure');
  }
  if (reason === 'dry') return said(words.plan.dry, 'strong');
  return reason === 'remote' ? said(words.plan.readOnly(wizard.looking.machine?.docker?.endpoint ?? ''), 'strong') : [];
}

/** On one row; where that has no room the second sentence has its own, rather than its last word. */
function planHead(what: string, { words, columns }: View): readonly Line[] {
  const whole = paragraph(words.findings.sentences([what, words.plan.nothingDone]), columns - 1);
  return whole.length === 1 ? whole : [...paragraph(what, columns - 1), ...paragraph(words.plan.nothingDone, columns - 1)];
}

/** Every deed in its order, what belongs together, what is foreseen. Nothing of it is done. */
export function planContent(screen: PlanScreen, wizard: Wizard, view: View): readonly Line[] {
  const { words, columns, room, glyphs } = view;
  const { draft } = wizard;
  if (!draft?.plan) return [blank, line(span(` ${words.plan.making}`, 'faint')), ...(draft?.thenRehearse ? [blank, ...paragraph(words.plan.thenRehearse, columns - 1)] : [])];
  const made = { ...draft, plan: draft.plan };
  const { plan } = made;
  const rows = rowsOf(plan);
  const at = columnsOf(made, wizard, view);
  const { chosen, of } = chosenRows(wizard, plan.choices.map((choice) => choice.finding));
  const head = plan.steps.length === 0 ? paragraph(words.plan.empty, columns - 1) : planHead(words.plan.head(chosen, of, counted(plan, words), plan.choices.length), view);
  const last = lastWords(plan, screen, wizard, view);
  const joined = together(plan, view);
  const foreseen = outlook(plan, wizard, view);
  const check = checkRow(made, view, at);
  const all = rows.map((row, i) => drawn(row, i, made, screen, wizard, view, at));
  const long = all.reduce((sum, one) => sum + one.length - 1, 0);
  // The steps are the plan: the notes give way first, then the steps scroll.
  const listRoom = Math.max(4, Math.min(rows.length, room - head.length - 3 - long - check.length - last.length - Math.min(joined.length + foreseen.length, 4)));
  const { from, to } = windowAround(screen.at, rows.length, listRoom);
  const list = all.slice(from, to).flat();
  const left = Math.max(0, room - head.length - 2 - list.length - check.length - last.length);
  const seen = rows.slice(from, to).flatMap((row) => row.steps.map((step) => step.number));
  return [
    ...head, to - from < rows.length ? sides([], [span(words.plan.inSight(seen[0] ?? 0, seen.at(-1) ?? 0, rows.at(-1)?.steps.at(-1)?.number ?? 0), 'faint')], columns - 1) : blank,
    ...list,
    ...check, blank,
    ...cut(joined.length > 0 && joined.length + foreseen.length < left ? [...joined, blank, ...foreseen] : [...joined, ...foreseen], left, () => line(span(` ${glyphs.more}`, 'faint'))),
    ...last,
  ];
}
