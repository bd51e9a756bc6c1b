import type { Offer } from '../../../engine/session.ts';
import type { Finding } from '../../../model/finding.ts';
import { blank, labelled, line, lineWidth, paragraph, sides, span, type Line } from '../../lines.ts';
import { startOfDiff } from '../../parts/diff.ts';
import { explained, inline } from '../../parts/explain.ts';
import type { View } from '../../view.ts';
import { offersOf, type Wizard } from '../../wizard.ts';
import { cell, width } from '../../width.ts';
import { recommended } from '../findings/decide.ts';
import { numbered } from '../findings/state.ts';

/** What is said of the highlighted way, and its diff, which gives way where there is no room. */
export interface Below {
  readonly text: readonly Line[];
  readonly diff: readonly Line[];
  /** The diff is what there is to see: nothing comes along with it, nothing of the project is named by its price. */
  readonly wantsDiff: boolean;
}

/** Another finding of a risk at the same services: by its number in the list. */
function numberOf(risk: string, finding: Finding, wizard: Wizard): number | undefined {
  const services = new Set(finding.subjects.filter((one) => one.kind === 'service').map((one) => one.name));
  const all = numbered(wizard);
  const near = all.findIndex((one) => one.risk === risk && one.id !== finding.id && one.subjects.some((subject) => services.has(subject.name)));
  const any = all.findIndex((one) => one.risk === risk && one.id !== finding.id);
  return near >= 0 ? near + 1 : any >= 0 ? any + 1 : undefined;
}

/** Findings whose way changes this file, too: then it is one edit, and one build. */
function meets(path: string, finding: Finding, wizard: Wizard): readonly number[] {
  return numbered(wizard).flatMap((other, i) => {
    const decision = wizard.decisions.get(other.id);
    if (other.id === finding.id || (decision && decision.kind !== 'fix')) return [];
    const offers = offersOf(wizard, other.id) ?? [];
    const way = decision?.kind === 'fix' ? offers.find((one) => one.fix === decision.fix) : recommended(offers);
    return way?.diffs.some((diff) => diff.path === path) ? [i + 1] : [];
  });
}

/** What of a way its row has no room for. */
export interface Short {
  readonly name: boolean;
  readonly price: boolean;
}

/** What it costs, where the price bites, and what it leaves. */
function price(offer: Offer, finding: Finding, wizard: Wizard, { words, columns, say }: View, long: boolean): readonly Line[] {
  const { costs = [], leaves, lesson, paid, free } = offer.proposal ?? {};
  const wide = Math.max(15, width(words.finding.costs) + 4);
  const text = inline(say(offer.price));
  const others = paid && numberOf(paid.risk, finding, wizard);
  const left = leaves && numberOf(leaves.risk, finding, wizard);
  const label = Math.max(0, ...costs.map((one) => width(say(one.label)))) + 2;
  const place = Math.min(32, Math.max(0, ...costs.map((one) => width(one.place)))) + 3;
  const alone = offer.recommended === true || long || paid !== undefined;
  const said = text === '' || (free && offer.recommended) || (lesson && !alone) ? [] : lesson
    ? paragraph(`${words.finding.price(text)}${others ? words.finding.paid(say(paid.words), others) : ''}`, columns - 1)
    : offer.recommended || offer.refused || long || costs.length > 0 ? labelled(words.finding.costs, words.finding.sentence(text), columns - 1, wide, { label: 'strong' }) : [];
  return [
    ...said,
    ...costs.flatMap((one) => labelled('', `${cell(say(one.label), label)}${cell(one.place, place)}${say(one.text)}`, columns, wide)),
    ...(leaves ? labelled(words.finding.leaves, words.finding.sentence(left ? words.finding.ofFinding(say(leaves.text), left) : say(leaves.text)), columns - 1, wide, { label: 'strong' }) : []),
  ];
}

/** Whose row has no room for all of it is said whole here: its name, and why it is recommended. */
const whole = (offer: Offer, { name, price: long }: Short, { words, columns, say }: View): readonly Line[] => [
  ...(name ? paragraph(say(offer.title), columns - 1, 'strong') : []),
  ...(long && offer.recommended && offer.because && !offer.refused ? paragraph(words.finding.sentence(words.finding.recommendedHere(say(offer.because))), columns - 1) : []),
];

/** What is said of a way: `from`: where the prices stand; `short`: what did not fit there; `tries`: the copies would tell. */
export function said(offer: Offer, finding: Finding, wizard: Wizard, view: View, from: number, short: Short, tries = false): readonly Line[] {
  const { words, columns, say } = view;
  const { along = [], lesson } = offer.proposal ?? {};
  const rows = along.map(({ label, text }) => ({ label: typeof label === 'string' ? label : say(label), text: say(text) }));
  const indent = Math.max(from, Math.min(34, Math.max(0, ...rows.map((row) => width(row.label))) + 5));
  const seen = finding.confidence === 'seen' ? span(words.finding.alongSeen, 'faint') : span('');
  return [
    ...whole(offer, short, view),
    ...(offer.refused && tries ? paragraph(words.least.offer, columns - 1, 'strong') : []),
    ...(offer.refused && !tries && offer.safety !== 'by-hand' ? paragraph(words.finding.refused(say(offer.refused)), columns - 1) : []),
    ...(lesson ? paragraph(say(lesson), columns - 1) : []),
    ...price(offer, finding, wizard, view, short.price),
    ...(offer.safety === 'by-hand' ? explained(say(offer.words), columns) : []),
    ...(along.length === 0 ? [] : [line(span(cell(` ${words.finding.along}`, indent), 'strong'), seen), ...rows.flatMap((row) => labelled(`  ${row.label}`, row.text, columns, indent))]),
  ];
}

/** Nothing comes along with it, and nothing of the project is named by its price. */
const wantsDiff = ({ proposal }: Offer): boolean => (proposal?.along ?? []).length === 0 && (proposal?.costs ?? []).length === 0;

export function below(offer: Offer, finding: Finding, wizard: Wizard, view: View, text: readonly Line[]): Below {
  const { words, columns } = view;
  const note = (path: string): string | undefined => ((all) => (all.length === 0 ? undefined : words.finding.together(all)))(offer.proposal?.paid ? [] : meets(path, finding, wizard));
  return { text, diff: offer.diffs.flatMap((diff) => startOfDiff(diff, columns, note(diff.path))), wantsDiff: wantsDiff(offer) };
}

/** How many rows of a diff there are before it is worth showing. */
const ENOUGH = 6;
/** Under what is said of a way fewer are better than none: its file, and the first lines of it. */
const LEAST = 4;

/** So many rows are wanted below the ways. */
export const wanted = ({ text, diff, wantsDiff: first }: Below): number => (first ? text.length + Math.min(diff.length, ENOUGH) : Math.min(text.length, ENOUGH));

/** So many at least, for a way that is not the first to be looked at: the rest of it is a page key away. */
export const enough = (offer: Offer, text: readonly Line[]): number => Math.min(ENOUGH - 1, text.length + (wantsDiff(offer) && offer.diffs.length > 0 ? ENOUGH : 0));

/** What stands there, in this much room. */
export function shownBelow({ text, diff, wantsDiff: first }: Below, room: number, evidence: readonly Line[]): readonly Line[] {
  const apart = first || text.length === 0 ? [] : [blank];
  const withDiff = first || room - text.length - apart.length >= Math.min(diff.length, LEAST);
  const rest = evidence.length === 0 ? [] : [blank, ...evidence];
  return diff.length > 0 && withDiff ? [...text, ...apart, ...diff, ...rest] : [...text, ...rest];
}

/** The part of it that is in sight; the last row tells how the rest is seen: of a diff by `d`, of what is said before it by the page keys. */
export function cutBelow(rows: readonly Line[], room: number, offer: Offer | undefined, { words, columns }: View, first: number, text: number): readonly Line[] {
  const from = Math.max(0, Math.min(first, rows.length - room));
  const shown = rows.slice(from, from + room);
  const last = shown.at(-1);
  if (!last) return shown;
  const beside = (row: Line, note: string): Line | undefined => (lineWidth(row) + width(note) + 3 <= columns ? sides(row, [span(note, 'faint')], columns - 1) : undefined);
  // Scrolled on, what was read first is out of sight: it is said where there is room, for a row that was under a note has to be seen.
  const head = (from > 0 && shown.length > 1 && beside(shown[0]!, words.finding.above(from))) || shown[0]!;
  const all = [head, ...shown.slice(1)];
  if (from + room >= rows.length) return all;
  const diffs = offer?.diffs ?? [];
  const left = rows.length - from - room;
  const note = (n: number): string => (diffs.length > 0 && from + room > text ? words.finding.rest(diffs.slice(1).map((diff) => diff.path)) : words.finding.restText(n));
  return [...all.slice(0, -1), beside(last, note(left)) ?? sides([], [span(note(left + 1), 'faint')], columns - 1)];
}
