import type { Offer } from '../../../engine/session.ts';
import type { Evidence, Finding } from '../../../model/finding.ts';
import { blank, cut, labelled, line, lineWidth, paragraph, sides, span, type Line } from '../../lines.ts';
import type { Option } from '../../parts/choice.tsx';
import { startOfDiff } from '../../parts/diff.ts';
import { explained, inline } from '../../parts/explain.ts';
import { foreign } from '../../plain.ts';
import { severityRole } from '../../theme.ts';
import type { View } from '../../view.ts';
import { offersOf, type Wizard } from '../../wizard.ts';
import { soughtFor } from '../../trials.ts';
import { whichDocker } from '../../which-docker.ts';
import { cell, width } from '../../width.ts';
import { wrap } from '../../wrap.ts';
import { mainFindings, numbered } from '../findings/state.ts';
import { canTry, wayAt, type FindingScreen } from './state.ts';

/** The copies have told already what its service can do without. */
function wasTried(finding: Finding, wizard: Wizard): boolean {
  const sought = soughtFor(finding);
  const known = sought && wizard.looking.machine?.trials?.get(sought.service);
  return known !== undefined && (sought?.capabilities ? known.capabilities : known.writable) !== undefined;
}

/** Severity, how it is known, the id for those who search, and which of how many. */
function title(finding: Finding, wizard: Wizard, { words, columns }: View): Line {
  const every = numbered(wizard);
  const main = mainFindings(every);
  const all = main.some((one) => one.id === finding.id) ? main : every;
  const known = finding.confidence === 'seen' ? words.finding.seenAs(words.common.confidence.seen) : words.finding.declaredAs[finding.confidence] ?? '';
  const left = line(' ', span(words.common.severity[finding.severity], severityRole(finding.severity)), `   ${known}   `, span(finding.risk, 'faint'));
  return sides(left, [span(words.finding.nth(all.findIndex((one) => one.id === finding.id) + 1, all.length), 'faint')], columns - 1);
}

/** The title as row 1 has room for it. */
export const headOf = (finding: Finding, wizard: Wizard, view: View): string =>
  view.say(isCut(finding, wizard, view) ? (finding.short ?? finding.title) : finding.title);

/** Row 1 has no room for the whole title, or is not about this pane: then it stands on the screen itself. */
const isCut = (finding: Finding, wizard: Wizard, view: View): boolean =>
  view.columns < wizard.size.columns || width(`harden-tui > ${view.say(finding.title)} `) + lineWidth(whichDocker(wizard, view)) > view.columns;

function evidence(all: readonly Evidence[], label: string, { columns, say }: View): readonly Line[] {
  const at = (one: Evidence): string => `${one.place.file}:${one.place.line}`;
  const wide = Math.min(28, Math.max(0, ...all.map((one) => width(at(one)))));
  return all.flatMap((one, i) => {
    const words = line(span(cell(i === 0 ? ` ${label}` : '', 8), 'strong'), span(cell(at(one), wide), 'path'), `   ${foreign(one.words.trim())}`);
    if (!one.note) return [words];
    const note = span(`   ${say(one.note)}`, 'faint');
    // A note that does not fit beside the words stands under them.
    return lineWidth(words) + width(note.text) <= columns ? [[...words, note]] : [words, line(' '.repeat(8 + wide), note)];
  });
}

const more = (glyph: string) => (): Line => line(span(`        ${glyph}`, 'faint'));

/** What it is, what was seen, and the lines that decide. */
function top(finding: Finding, wizard: Wizard, view: View, roomy: boolean): readonly Line[] {
  const { words, glyphs, columns, say } = view;
  const gap = roomy ? [blank] : [];
  // Services from one image on one row, where it holds them.
  const together = finding.seen.map(say).join('  ');
  const sights = width(together) + 8 <= columns ? [together] : finding.seen.map(say);
  const seen = sights.flatMap((text, i) => labelled(i === 0 ? words.finding.labels.seen : '', text, columns, 8, { label: 'strong' }));
  const whole = isCut(finding, wizard, view) && !finding.short ? paragraph(say(finding.title), columns - 1, 'strong') : [];
  return [
    title(finding, wizard, view),
    ...whole,
    ...gap,
    ...cut(paragraph(say(finding.why), columns - 1), roomy ? 6 : 4, more(glyphs.more)),
    ...gap,
    ...cut(seen, roomy ? 4 : 2, more(glyphs.more)),
    ...cut(evidence(finding.from, words.finding.labels.from, view), roomy ? 5 : 3, more(glyphs.more)),
    blank,
    ...(roomy ? [line(span(` ${words.finding.ways}`, 'strong'))] : []),
  ];
}

function price(offer: Offer, { words, say }: View, tries = false): string {
  if (offer.refused && tries && offer.safety !== 'by-hand') return words.least.way;
  if (offer.safety === 'by-hand') return words.finding.byHand(inline(say(offer.price)));
  if (offer.refused) return words.finding.notHere(say(offer.refused));
  if (offer.recommended) return offer.because ? words.finding.recommendedBecause(say(offer.because)) : words.finding.recommended;
  return inline(say(offer.price));
}

/** One way out, one name and its one price. */
function options(offers: readonly Offer[], chosen: string | undefined, view: View, rows: number, tries: boolean): readonly Option[] {
  const { words, glyphs, columns, say } = view;
  const wide = Math.min(28, Math.max(...offers.map((offer) => width(say(offer.title)))));
  const from = 2 + wide + 2;
  return offers.map((offer, i) => {
    const text = [...(offer.fix === chosen ? [`${glyphs.done} ${words.finding.chosen}.`] : []), price(offer, view, tries)].join(' ');
    const parts = wrap(text, columns - 4 - from);
    const shown = parts.length <= rows ? parts : [...parts.slice(0, rows - 1), parts.slice(rows - 1).join(' ')];
    const barred = offer.refused !== undefined && offer.safety !== 'by-hand';
    const role = barred ? 'faint' : offer.fix === chosen ? 'gone' : undefined;
    return {
      id: offer.fix,
      rows: shown.map((part, n) => (n === 0
        ? line(`${i + 1} `, span(`${cell(say(offer.title), wide, glyphs.more)}  `, barred ? 'faint' : undefined), span(cell(part, columns - 4 - from, glyphs.more), role))
        : line(' '.repeat(from), span(cell(part, columns - 4 - from, glyphs.more), role)))),
    };
  });
}

/** What the highlighted way costs, carries along and changes: as seen here, in this project. */
export function below(offer: Offer, view: View, tries = false): readonly Line[] {
  const { words, columns, say } = view;
  const along = offer.proposal?.along ?? [];
  const indent = Math.min(34, Math.max(0, ...along.map((one) => width(one.label))) + 5);
  return [
    ...(offer.refused && tries ? paragraph(words.least.offer, columns - 1, 'strong') : []),
    ...(offer.refused && !tries && offer.safety !== 'by-hand' ? paragraph(words.finding.refused(say(offer.refused)), columns - 1) : []),
    ...(offer.recommended || offer.refused || wrap(price(offer, view), columns - 34).length > 1 ? labelled(words.finding.costs, inline(say(offer.price)), columns - 1, Math.max(15, width(words.finding.costs) + 4), { label: 'strong' }) : []),
    ...(offer.safety === 'by-hand' ? explained(say(offer.words), columns) : []),
    ...(offer.proposal?.lesson ? [...paragraph(say(offer.proposal.lesson), columns - 1)] : []),
    ...(along.length === 0 ? [] : [line(span(` ${words.finding.along}`, 'strong')), ...along.flatMap((one) => labelled(`  ${one.label}`, say(one.text), columns, indent))]),
    ...offer.diffs.flatMap((diff) => startOfDiff(diff, columns)),
  ];
}

export interface Parts {
  readonly top: readonly Line[];
  readonly options: readonly Option[];
  readonly at: number;
  readonly below: readonly Line[];
  /** Rows left for what stands below the ways. */
  readonly room: number;
  readonly roomy: boolean;
}

const heightOf = (all: readonly Option[]): number => all.reduce((sum, option) => sum + option.rows.length, 0);

/** The parts of the screen, set close where they would not fit otherwise: blank rows go first, then second rows of prices. */
export function findingParts(screen: FindingScreen, wizard: Wizard, view: View): Parts | undefined {
  const finding = wizard.looking.findings.find((one) => one.id === screen.finding);
  if (!finding) return undefined;
  const offers = offersOf(wizard, screen.finding) ?? [];
  const at = wayAt(screen, wizard);
  const decision = wizard.decisions.get(screen.finding);
  const chosen = decision?.kind === 'fix' ? decision.fix : undefined;
  // Once it was tried, a refusal is what the trials showed.
  const tries = canTry(screen, wizard) && !wasTried(finding, wizard);
  const text = offers[at] ? below(offers[at], view, tries) : [];
  const wanted = Math.min(text.length, 6);
  for (const [roomy, rows] of [[true, 2], [false, 2], [false, 1]] as const) {
    const head = top(finding, wizard, view, roomy);
    const ways = offers.length === 0 ? [] : options(offers, chosen, view, rows, tries);
    const room = view.room - head.length - heightOf(ways) - 1;
    if (room >= wanted || rows === 1) return { top: head, options: ways, at, below: text, room: Math.max(0, room), roomy };
  }
  return undefined;
}

/** The part of what stands below that is in sight, and how much more there is. */
export function inSight(parts: Parts, first: number, { words }: View, hasDiff: boolean): readonly Line[] {
  const from = Math.max(0, Math.min(first, parts.below.length - parts.room));
  const rows = parts.below.slice(from);
  return cut(rows, parts.room, (n) => line(span(` ${hasDiff ? words.finding.rest(n) : words.finding.restText(n)}`, 'faint')));
}
