import { looksFine } from '../../../engine/fine.ts';
import type { Offer } from '../../../engine/session.ts';
import { blank, cut, line, paragraph, span, type Line } from '../../lines.ts';
import { inline } from '../../parts/explain.ts';
import type { View } from '../../view.ts';
import { width } from '../../width.ts';
import { soughtFor } from '../../trials.ts';
import type { Wizard } from '../../wizard.ts';
import { noneTakable, recommended } from './decide.ts';
import { decisionOf, membersOf, rowOffers, servicesOf, type Row } from './rows.ts';
import { counts, indexOf, listed, lowFindings, numbered, numbersOf, ownFindings, unfiltered, type FindingsScreen } from './state.ts';
import { nothing } from './nothing.ts';
import { heightOf, table } from './table.ts';

/** So many of them, each counted once. */
function distinct(rows: readonly Row[], wizard: Wizard): number {
  const numbers = numbersOf(wizard);
  return new Set(rows.map((row) => numbers.get(row.id))).size;
}

/** In what order, and why there are more rows than findings where there are. */
function orderSaid({ group }: FindingsScreen, rows: number, all: number, { findings }: View['words']): string {
  return rows > all && (group === 'service' || group === 'file') ? findings.orderUnder[group](rows) : findings.order[group];
}

/** The sentence on top: how many, where, and what is folded. */
export function headLine(screen: FindingsScreen, wizard: Wizard, { words }: View): string {
  if (screen.search.word !== '') return words.findings.filtered(screen.search.word, distinct(listed(screen, wizard), wizard), numbered(wizard).length);
  const rows = ownFindings(unfiltered(screen, wizard));
  const low = lowFindings(ownFindings(numbered(wizard)));
  // Under heads one finding may stand several times: it is counted once, as everywhere.
  const all = ownFindings(numbered(wizard)).slice(0, distinct(rows, wizard));
  if (all.length === 0) return low.length === 0 ? words.findings.nothing : words.findings.onlyLow(low.length);
  // Files and sockets are none: how many services there are is the same number on every screen.
  const places = new Set(all.flatMap(servicesOf));
  return words.findings.head(all.length, places.size, low.length, screen.low, orderSaid(screen, rows.length, all.length, words), wizard.looking.machine?.services.length);
}

/** How much of which files a way changes: "3 lines in shop/tasks.py". */
function changed({ diffs }: Offer, words: View['words'], counted: boolean): string {
  const lines = diffs.reduce((sum, diff) => sum + Math.max(diff.added, diff.removed), 0);
  return lines === 0 ? '' : words.findings.changes(lines, counted && diffs.length > 1 ? [words.common.files(diffs.length)] : [...new Set(diffs.map((diff) => diff.path))]);
}

/** What the recommended way does, on one row where it fits when files are counted and not named. */
function taking(way: Offer, { words, columns, say }: View, brief: boolean): string {
  const text = brief ? '' : inline(say(way.proposal?.fits ?? way.because ?? way.price));
  const said = [false, true].map((counted) => words.findings.takes(say(way.title), changed(way, words, counted), text));
  return said.find((one) => width(one) <= columns - 2) ?? said[0]!;
}

/** What others would flag and is fine, where there is room for all of it. */
function fine(wizard: Wizard, { words, columns, say }: View, room: number): readonly Line[] {
  const { machine } = wizard.looking;
  const all = machine ? looksFine(machine) : [];
  if (all.length === 0) return [];
  const rows = paragraph(words.findings.fine(all.map(say)), columns - 1);
  return rows.length < room ? [blank, ...rows] : [];
}

/** Why the highlighted one matters, and what the chosen way, or the recommended one, would do about it; `brief`: why it is recommended is left to its own screen. */
export function lower(finding: Row, wizard: Wizard, view: View, brief = false): readonly Line[] {
  const { words, columns, say } = view;
  const offers = rowOffers(wizard, finding.id, membersOf(finding));
  // Of a row that is decided already it is told what was chosen for it.
  const decision = decisionOf(wizard, finding.id);
  const chosen = decision?.kind === 'fix' ? offers?.find((one) => one.fix === decision.fix) : undefined;
  const way = chosen ?? (offers && recommended(offers));
  const sought = wizard.given.can.least === true && !wizard.given.dryRun ? soughtFor(finding) : undefined;
  const takes = finding.foreign ? words.findings.notOurs(say(finding.foreign)) : offers === undefined ? words.findings.asking : way === undefined ? (sought ? words.least.listed(sought.capabilities) : noneTakable(offers, view)) : taking(way, view, brief);
  return [
    line(span(` ${numbered(wizard)[0]?.id === finding.id && numbered(wizard).length > 1 && !finding.foreign ? words.findings.whyFirst : words.findings.why}`, 'strong')),
    ...paragraph(say(finding.reach ?? finding.why), columns - 1),
    ...paragraph(takes, columns - 1, offers === undefined ? 'faint' : undefined),
  ];
}

/** The last row: how far the decisions are. */
export function countLine(screen: FindingsScreen, wizard: Wizard, { words }: View): Line {
  const { chosen, skipped, ignored, open, low } = counts(wizard);
  const before = wizard.looking.findings.filter((finding) => finding.suppressed && decisionOf(wizard, finding.id)?.kind !== 'ignore').length;
  const blind = wizard.looking.machine?.blind.length ?? 0;
  const foreign = listed(screen, wizard).filter((finding) => finding.foreign).length;
  const parts = [words.findings.counts(chosen, skipped, open, ignored, screen.low ? low : 0), ...(foreign > 0 ? [words.findings.foreign(foreign)] : []), ...(before > 0 ? [words.findings.suppressed(before)] : []), ...(blind > 0 ? [words.findings.blind(blind)] : [])];
  return line(` ${parts.join('   ')}`);
}

/** Where do I begin? The list above, the highlighted one explained below, the count on the last row. */
export function findingsContent(screen: FindingsScreen, wizard: Wizard, view: View): readonly Line[] {
  const { words, glyphs, room } = view;
  const rows = listed(screen, wizard);
  const finding = rows[indexOf(screen, rows)];
  const last = countLine(screen, wizard, view);
  if (!finding) {
    const body = screen.search.word === '' ? nothing(screen, wizard, view) : [line(` ${words.common.find.none(screen.search.word)}`)];
    const shown = cut(body, room - 2, (n) => line(span(`   ${words.common.moreLines(n)}`, 'faint')));
    return [...shown, ...Array.from({ length: room - 1 - shown.length }, () => blank), last];
  }
  // Half for the list at least, and never so much that the explanation has no room: it is what teaches.
  const text = lower(finding, wizard, view);
  const head = paragraph(headLine(screen, wizard, view), view.columns - 1);
  const taken = head.length + 4;
  const listRoom = Math.min(heightOf(screen, wizard), Math.max(7, room - taken - Math.min(text.length, 8)));
  const textRoom = room - taken - listRoom;
  const beside = (body: readonly Line[]): readonly Line[] => fine(wizard, view, textRoom - body.length);
  // What is fine is said nowhere else: for it the reason of the recommendation gives way.
  const brief = lower(finding, wizard, view, true);
  const body = beside(text).length === 0 && beside(brief).length > 0 ? brief : text;
  const main = cut(body, textRoom, () => line(span(`   ${glyphs.more}`, 'faint')));
  const shown = [...main, ...beside(main)];
  return [
    ...head,
    blank,
    ...table(screen, wizard, view, listRoom),
    blank,
    ...shown,
    ...Array.from({ length: Math.max(0, textRoom - shown.length) }, () => blank),
    last,
  ];
}
