import type { Offer } from '../../../engine/session.ts';
import type { Finding } from '../../../model/finding.ts';
import { blank, labelled, line, paragraph, sides, span, type Line } from '../../lines.ts';
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

/** What it costs, where the price bites, and what it leaves. */
function price(offer: Offer, finding: Finding, wizard: Wizard, { words, columns, say }: View, long: boolean): readonly Line[] {
  const { costs = [], leaves, lesson, paid, free } = offer.proposal ?? {};
  const wide = Math.max(15, width(words.finding.costs) + 4);
  const text = inline(say(offer.price));
  const others = paid && numberOf(paid.risk, finding, wizard);
  const left = leaves && numberOf(leaves.risk, finding, wizard);
  const label = Math.max(0, ...costs.map((one) => width(say(one.label)))) + 2;
  const place = Math.min(32, Math.max(0, ...costs.map((one) => width(one.place)))) + 3;
  const said = text === '' || (free && offer.recommended) ? [] : lesson
    ? paragraph(`${words.finding.price(text)}${others ? words.finding.paid(say(paid.words), others) : ''}`, columns - 1)
    : offer.recommended || offer.refused || long || costs.length > 0 ? labelled(words.finding.costs, words.finding.sentence(text), columns - 1, wide, { label: 'strong' }) : [];
  return [
    ...said,
    ...costs.flatMap((one) => labelled('', `${cell(say(one.label), label)}${cell(one.place, place)}${say(one.text)}`, columns, wide)),
    ...(leaves ? labelled(words.finding.leaves, words.finding.sentence(left ? words.finding.ofFinding(say(leaves.text), left) : say(leaves.text)), columns - 1, wide, { label: 'strong' }) : []),
  ];
}

/** `from`: where the prices stand; `long`: this one's did not fit there; `tries`: the copies would tell. */
export function below(offer: Offer, finding: Finding, wizard: Wizard, view: View, from: number, long: boolean, tries = false): Below {
  const { words, columns, say } = view;
  const { along = [], lesson, costs = [], paid } = offer.proposal ?? {};
  const rows = along.map(({ label, text }) => ({ label: typeof label === 'string' ? label : say(label), text: say(text) }));
  const indent = Math.max(from, Math.min(34, Math.max(0, ...rows.map((row) => width(row.label))) + 5));
  const note = (path: string): string | undefined => ((all) => (all.length === 0 ? undefined : words.finding.together(all)))(paid ? [] : meets(path, finding, wizard));
  const seen = finding.confidence === 'seen' ? span(words.finding.alongSeen, 'faint') : span('');
  return {
    text: [
      ...(offer.refused && tries ? paragraph(words.least.offer, columns - 1, 'strong') : []),
      ...(offer.refused && !tries && offer.safety !== 'by-hand' ? paragraph(words.finding.refused(say(offer.refused)), columns - 1) : []),
      ...(lesson ? paragraph(say(lesson), columns - 1) : []),
      ...price(offer, finding, wizard, view, long),
      ...(offer.safety === 'by-hand' ? explained(say(offer.words), columns) : []),
      ...(along.length === 0 ? [] : [line(span(cell(` ${words.finding.along}`, indent), 'strong'), seen), ...rows.flatMap((row) => labelled(`  ${row.label}`, row.text, columns, indent))]),
    ],
    diff: offer.diffs.flatMap((diff) => startOfDiff(diff, columns, note(diff.path))),
    wantsDiff: along.length === 0 && costs.length === 0,
  };
}

/** How many rows of a diff there are before it is worth showing. */
const ENOUGH = 6;

/** So many rows are wanted below the ways. */
export const wanted = ({ text, diff, wantsDiff }: Below): number => (wantsDiff ? text.length + Math.min(diff.length, ENOUGH) : Math.min(text.length, ENOUGH));

/** What stands there, in this much room. */
export function shownBelow({ text, diff, wantsDiff }: Below, room: number, evidence: readonly Line[]): readonly Line[] {
  const apart = wantsDiff || text.length === 0 ? [] : [blank];
  const withDiff = wantsDiff || room - text.length - apart.length >= Math.min(diff.length, ENOUGH);
  const rest = evidence.length === 0 ? [] : [blank, ...evidence];
  return diff.length > 0 && withDiff ? [...text, ...apart, ...diff, ...rest] : [...text, ...rest];
}

/** The part of it that is in sight; the last row tells how the rest is seen. */
export function cutBelow(rows: readonly Line[], room: number, offer: Offer | undefined, { words, columns }: View, first: number): readonly Line[] {
  const from = Math.max(0, Math.min(first, rows.length - room));
  const shown = rows.slice(from, from + room);
  const last = shown.at(-1);
  if (from + room >= rows.length || !last) return shown;
  const diffs = offer?.diffs ?? [];
  const note = diffs.length > 0 ? words.finding.rest(diffs.slice(1).map((diff) => diff.path)) : words.finding.restText(rows.length - from - room + 1);
  const taken = last.reduce((sum, part) => sum + width(part.text), 0);
  return [...shown.slice(0, -1), taken + width(note) + 3 <= columns ? sides(last, [span(note, 'faint')], columns - 1) : line(span(` ${note}`, 'faint'))];
}
