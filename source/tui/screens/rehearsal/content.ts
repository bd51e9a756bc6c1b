import { attemptsFor } from '../../../engine/doctor.ts';
import type { RehearsalPhase } from '../../../engine/session.ts';
import type { Plan, Step } from '../../../model/plan.ts';
import type { Rehearsal } from '../../../model/rehearsal.ts';
import { blank, cut, labelled, line, paragraph, sides, span, type Line } from '../../lines.ts';
import { spinning, type Ticking } from '../../parts/step-list.ts';
import { foreign } from '../../plain.ts';
import { isUnderWay, type Doctor, type Rehearsing } from '../../rehearsing.ts';
import { clampTop } from '../../scroll.ts';
import { tally } from '../../tally.ts';
import type { View } from '../../view.ts';
import type { Wizard } from '../../wizard.ts';
import { cell, width } from '../../width.ts';
import { lastSaid } from '../applying/state.ts';
import { questionRows } from '../confirm/question.ts';
import { countedIn, handed } from '../plan/rows.ts';
import { titlesOf } from '../plan/state.ts';
import { shortName } from '../../../report/places.ts';
import { whatBecame } from '../../../engine/rehearse/became.ts';
import { aboutOf, countsOf, orderOf, rehearsalOf, rowsOf, type RehearsalScreen } from './state.ts';
import { missing } from './ways.ts';
import { byService, SHORT, table } from './table.ts';

const PHASES: readonly RehearsalPhase[] = ['building', 'raising', 'comparing', 'removing'];

/** The project's own volumes, and how many of its services run in containers. */
function what(wizard: Wizard, { words }: View): readonly [number, readonly string[]] {
  const { machine } = wizard.looking;
  const services = machine?.services.filter((one) => one.host === undefined && one.containers.length > 0) ?? [];
  const mounts = services.flatMap((one) => one.containers).flatMap((id) => machine?.containers.find((one) => one.id === id)?.mounts ?? []);
  const handedOver = new Set(wizard.draft?.plan ? tally(wizard.draft.plan).owners.map((one) => one.source) : []);
  // Compose puts the project's name before each of them; here it only fills the row.
  const named = mounts.filter((one) => one.type === 'volume' && !one.anonymous).map((one) => {
    // How much it is, where it is to be another's.
    const files = handedOver.has(one.source) ? countedIn(wizard, one.source) : undefined;
    const name = one.source.replace(`${machine?.name ?? ''}_`, '');
    return files === undefined || files === 0 ? name : words.rehearsal.volume(name, words.common.files(files));
  });
  return [Math.max(1, services.length), [...new Set(named)]];
}

/** What it is doing, what it did, and how long each part took. */
function phases(rehearsal: Rehearsing, { words, glyphs, columns }: View, { now, frame }: Ticking): readonly Line[] {
  const begun = PHASES.filter((phase) => rehearsal.began.has(phase));
  const wide = Math.max(3, width(glyphs.done) + 1);
  return begun.map((phase, i) => {
    const next = begun[i + 1];
    const since = rehearsal.began.get(phase)!;
    const ms = Math.max(0, (next === undefined ? now : rehearsal.began.get(next)!) - since);
    const mark = next === undefined ? span(cell(spinning(glyphs, frame), wide)) : span(cell(glyphs.done, wide), 'gone');
    return sides(line(' ', mark, words.rehearsal.phases[phase]), [span(words.common.seconds(ms), 'faint')], columns - 1);
  });
}

/** Which part of the plan is tried right now, so as to find out who is to blame. */
function searching(rehearsal: Rehearsing, { attempt, trying }: Doctor, wizard: Wizard, { words, columns }: View): readonly Line[] {
  const titles = titlesOf(rehearsal.plan, trying, wizard.given.lang);
  return [
    ...paragraph(words.rehearsal.searching(Math.max(1, attempt - 1), attemptsFor(rehearsal.plan.choices.length)), columns - 1),
    ...(titles.length === 0 ? [] : cut(paragraph(words.rehearsal.trying(words.common.and(titles)), columns - 1, 'faint'), 3, () => line('   '))),
  ];
}

/** Parts as they are done, rows as they fill in, and under them the command that runs and the last it said. */
function running(rehearsal: Rehearsing, wizard: Wizard, view: View, ticking: Ticking): readonly Line[] {
  const { words, columns, room } = view;
  const head = rehearsal.stopping ? paragraph(words.rehearsal.stopping, columns - 1, 'unsure') : rehearsal.doctor ? searching(rehearsal, rehearsal.doctor, wizard, view) : paragraph(words.rehearsal.making(...what(wizard, view)), columns - 1);
  const parts = phases(rehearsal, view, ticking);
  const [first, ...rows] = table(byService(rehearsal.rows, orderOf(wizard)), wizard.given.linear !== undefined, view);
  const above = [...head, blank, ...parts, ...(parts.length > 0 ? [blank] : [])];
  const seen = first === undefined ? [] : [first, ...rows.slice(-Math.max(1, room - above.length - 5)), blank];
  return [...above, ...seen, ...lastSaid(rehearsal.said.log, Math.max(0, room - above.length - seen.length), view)];
}

function verdict(result: Rehearsal, { words, columns, say }: View): readonly Line[] {
  const { gone, left, same, worse, unknown } = countsOf(result.rows);
  const withSome = (said: string): string => words.findings.sentences([said, ...(unknown > 0 ? [words.rehearsal.notCompared(unknown, result.rows.length)] : [])]);
  const became = whatBecame(result.findings);
  const about = became ? paragraph(say(became), columns - 1) : [];
  if (result.outcome === 'holds') return [...paragraph(withSome(words.rehearsal.holds(words.rehearsal.counts(gone, left, same, worse), result.ms, result.buildMs)), columns - 1, 'gone'), ...about];
  return [
    ...paragraph(withSome(words.rehearsal.cannotTell(result.why ? say(result.why) : '')), columns - 1, 'unsure'), ...about,
    ...paragraph(words.rehearsal.goOn, columns - 1),
  ];
}

interface Held {
  readonly head: readonly Line[];
  /** Of the table the row that names the columns, where there is one, and the others. */
  readonly columns: readonly Line[];
  readonly rows: readonly Line[];
  readonly under: readonly Line[];
  readonly question: readonly Line[];
  /** Rows of the table that have room. */
  readonly fits: number;
}

/** It holds, or nobody can tell: what was compared, what that comes to, what was not tried, and the last line. */
export function heldOf(result: Rehearsal, screen: RehearsalScreen, wizard: Wizard, view: View): Held {
  const { words, columns, room, say } = view;
  const head = paragraph(words.rehearsal.made(...what(wizard, view)), columns - 1);
  const tried = result.untried.length === 0 ? [] : paragraph(words.rehearsal.notTried(result.untried.map(say)), columns - 1);
  const question = screen.typed === undefined ? [] : questionRows(wizard, view, screen.typed, false);
  const drift = (result.drift ?? []).flatMap((one) => paragraph(words.rehearsal.drift(one.service, one.brings.map(say)), columns - 1, 'unsure'));
  const under = [...verdict(result, view), ...cut(drift, 3, (n) => line(span(`   ${words.common.moreLines(n)}`, 'faint'))), ...cut(tried, 3, (n) => line(span(`   ${words.common.moreLines(n)}`, 'faint')))];
  const fits = Math.max(3, room - head.length - 3 - under.length - Math.max(1, question.length));
  const isSpoken = wizard.given.linear !== undefined;
  const rows = (most: number): readonly Line[] => table(byService(result.rows, orderOf(wizard)), isSpoken, view, most);
  // In full where that has room.
  const [whole, short] = [rows(Infinity), rows(SHORT)];
  const named = isSpoken ? 0 : 1;
  const all = whole.length - named <= fits ? whole : short;
  return { head, columns: all.slice(0, named), rows: all.slice(named), under, question, fits };
}

function held(result: Rehearsal, screen: RehearsalScreen, wizard: Wizard, view: View): readonly Line[] {
  const { words, columns, room } = view;
  const { head, columns: names, rows, under, question, fits } = heldOf(result, screen, wizard, view);
  const top = clampTop(screen.top, rows.length, fits);
  const shown = rows.slice(top, top + fits);
  const where = rows.length > fits ? [span(words.rehearsal.inSight(top + 1, top + shown.length, rows.length), 'faint')] : [];
  const body = [...head, blank, ...(rows.length === 0 ? [] : [...names.map((one) => sides(one, where, columns - 1)), ...shown, blank]), ...under];
  const reasoned = screen.typed === undefined ? [] : questionRows(wizard, view, screen.typed);
  const asked = body.length + reasoned.length <= room ? reasoned : question;
  return [...body, ...Array.from({ length: Math.max(0, room - body.length - asked.length) }, () => blank), ...asked];
}

/** Rows of the table where it breaks, as many as leave what was said, and what it means, in sight beside the ways on. */
const TABLE = [50, 5, 3, 2, 1] as const;

/** By its bare name, as the sentence above has it. */
const placeOf = (step: Step, plan: Plan, view: View): string => ('mount' in step.change && step.change.mount ? shortName(step.change.mount.source, plan) : handed(step, plan, view)[0]);

/** In plain words; and which step would have seen to it, where one was left out. */
function means(known: string, wizard: Wizard, view: View, indent: number): readonly Line[] {
  const { words, columns } = view;
  const plan = rehearsalOf(wizard)?.plan;
  const lacks = plan ? missing(wizard).map((step) => words.rehearsal.lacking(step.number, placeOf(step, plan, view), handed(step, plan, view)[1])) : [];
  const all = words.findings.sentences([...(known === '' ? [] : [known]), ...lacks]);
  return all === '' ? [] : labelled(words.rehearsal.labels.means, all, columns - 1, indent, { label: 'strong' });
}

/** It breaks: what got worse, what the program said, what that means; in `fits` rows where the table alone stands in the way. */
export function broken(result: Rehearsal, wizard: Wizard, view: View, fits: number): readonly Line[] {
  const all = TABLE.map((rows) => brokenWith(rows, result, wizard, view));
  return all.find((one) => one.length <= fits) ?? all.at(-1)!;
}

/** The last that was said; the same complaint once more says nothing new. */
function lastOf(log: readonly string[]): readonly string[] {
  const [before = '', last = ''] = log.slice(-2).length === 2 ? log.slice(-2) : ['', log.at(-1) ?? ''];
  const bare = (row: string): string => row.trim().replace(/^(?:[\w.]*Error: )+/, '');
  return [before, last].filter((row, i) => row !== '' && (i === 1 || !bare(last).includes(bare(before))));
}

/** What of the table had no room is counted beside the names of its columns, where it takes no row; what got worse is never among it. */
function withLeftOut(all: readonly Line[], n: number, isSpoken: boolean, { words, columns }: View): readonly Line[] {
  const [names, ...rows] = all;
  if (n <= 0 || isSpoken || names === undefined) return all;
  return [sides(names, [span(words.rehearsal.moreRows(n), 'faint')], columns - 1), ...rows];
}

function brokenWith(most: number, result: Rehearsal, wizard: Wizard, view: View): readonly Line[] {
  const { words, columns, say } = view;
  const plan = rehearsalOf(wizard)?.plan;
  const guilty = rehearsalOf(wizard)?.doctor?.found?.guilty ?? [];
  const { breakage } = result;
  const rows = byService(rowsOf(result, most), orderOf(wizard));
  const isSpoken = wizard.given.linear !== undefined;
  const indent = width(words.rehearsal.labels.means) + 4;
  return [
    ...paragraph(words.rehearsal.breaks(countsOf(result.rows).worse, countsOf(result.rows).left), columns - 1, 'worse'),
    blank,
    ...(rows.length === 0 ? [] : [...withLeftOut(table(rows, isSpoken, view), aboutOf(result).length - rows.length, isSpoken, view), blank]),
    ...(breakage ? [...paragraph(say(breakage.what), columns - 1), ...lastOf(breakage.log).flatMap((row) => cut(paragraph(foreign(row), columns - 1, undefined, 3), 2, () => line(`   ${view.glyphs.more}`))), blank] : []),
    ...guilty.flatMap((one) => paragraph(words.rehearsal.guilty(words.common.and(plan ? titlesOf(plan, [one.finding], wizard.given.lang) : []), say(one.what)), columns - 1, 'worse')),
    ...means(breakage?.means ? say(breakage.means) : '', wizard, view, indent),
  ];
}

export const breaks = (wizard: Wizard): Rehearsal | undefined => {
  const rehearsal = rehearsalOf(wizard);
  return rehearsal?.result?.outcome === 'breaks' && !isUnderWay(rehearsal) ? rehearsal.result : undefined;
};

/** Everything but the ways on, which are drawn by their own part. */
export function rehearsalContent(screen: RehearsalScreen, wizard: Wizard, view: View, ticking: Ticking): readonly Line[] {
  const rehearsal = rehearsalOf(wizard);
  if (!rehearsal) return [];
  return rehearsal.result && !isUnderWay(rehearsal) ? held(rehearsal.result, screen, wizard, view) : running(rehearsal, wizard, view, ticking);
}
