import type { Finding } from '../../../model/finding.ts';
import { blank, cut, line, paragraph, span, type Line } from '../../lines.ts';
import { inline } from '../../parts/explain.ts';
import { toldApart } from '../../parts/titles.ts';
import { severityRole } from '../../theme.ts';
import { windowAround } from '../../scroll.ts';
import type { View } from '../../view.ts';
import { soughtFor } from '../../trials.ts';
import { offersOf, type Wizard } from '../../wizard.ts';
import { cell, width } from '../../width.ts';
import { noneTakable, recommended } from './decide.ts';
import { counts, indexOf, listed, lowFindings, mainFindings, whereOf, type FindingsScreen } from './state.ts';

const widest = (texts: readonly string[], least = 0): number => Math.max(least, ...texts.map(width));


/** The sentence on top: how many, where, and what is folded. */
function head(screen: FindingsScreen, wizard: Wizard, { words }: View): string {
  const { findings } = wizard.looking;
  const main = mainFindings(findings);
  const low = lowFindings(findings);
  const all = screen.low ? [...main, ...low] : main;
  if (all.length === 0) return words.findings.onlyLow(low.length);
  const places = new Set(all.flatMap(whereOf));
  return words.findings.head(all.length, places.size, low.length, screen.low);
}

/** `✓` taken, `-` skipped; the number where nothing is decided. */
function mark(screen: FindingsScreen, finding: Finding, index: number, wizard: Wizard, { glyphs }: View): string {
  const decision = wizard.decisions.get(finding.id);
  if (screen.taking.includes(finding.id)) return glyphs.more;
  return decision?.kind === 'fix' ? glyphs.done : decision?.kind === 'skip' ? glyphs.absent : String(index + 1);
}

function table(screen: FindingsScreen, wizard: Wizard, view: View, room: number): readonly Line[] {
  const { words, glyphs, columns, say } = view;
  const rows = listed(screen, wizard);
  const at = indexOf(screen, rows);
  const w = {
    mark: widest([String(rows.length), glyphs.done, ...(screen.taking.length > 0 ? [glyphs.more] : [])]),
    severity: widest([words.findings.columns.severity, ...Object.values(words.common.severity)]) + 2,
    confidence: widest([words.findings.columns.confidence, ...Object.values(words.common.confidence)]) + 2,
    where: Math.min(16, widest([words.findings.columns.subjects, ...rows.map((finding) => whereOf(finding).join(' '))])),
  };
  const what = columns - 3 - w.mark - 1 - w.severity - w.confidence - w.where - 1;
  const names = words.findings.columns;
  const titles = line(span(`${' '.repeat(w.mark + 4)}${cell(names.severity, w.severity)}${cell(names.confidence, w.confidence)}${cell(names.title, what + 1)}${names.subjects}`, 'faint'));
  const told = toldApart(rows.map((finding) => say(finding.title)), what, glyphs.more);
  const { from, to } = windowAround(at, rows.length, room);
  return [titles, ...rows.slice(from, to).map((finding, i) => {
    const index = from + i;
    const here = index === at;
    const decided = wizard.decisions.has(finding.id);
    return line(
      ` ${here ? glyphs.here : ' '.repeat(width(glyphs.here))} `,
      span(cell(mark(screen, finding, index, wizard, view), w.mark + 1), decided ? 'gone' : undefined),
      span(cell(words.common.severity[finding.severity], w.severity), severityRole(finding.severity)),
      cell(words.common.confidence[finding.confidence], w.confidence),
      span(`${cell(told[index] ?? '', what, glyphs.more)} `, here ? 'here' : undefined),
      cell(whereOf(finding).join(' '), w.where, glyphs.more),
    );
  })];
}

/** Why the highlighted one matters, and what the recommended way would do about it. */
function lower(finding: Finding, at: number, wizard: Wizard, view: View): readonly Line[] {
  const { words, columns, say } = view;
  const offers = offersOf(wizard, finding.id);
  const way = offers && recommended(offers);
  const tries = wizard.given.can.least === true && !wizard.given.dryRun && soughtFor(finding) !== undefined;
  const takes = offers === undefined ? words.findings.asking : way === undefined ? (tries ? words.least.listed : noneTakable(offers, view)) : words.findings.takes(say(way.title), inline(say(way.because ?? way.price)));
  return [
    line(span(` ${at === 0 ? words.findings.whyFirst : words.findings.why}`, 'strong')),
    ...paragraph(say(finding.why), columns - 1),
    ...paragraph(takes, columns - 1, offers === undefined ? 'faint' : undefined),
  ];
}

/** The last row: how far the decisions are, or the word that filters. */
export function countLine(screen: FindingsScreen, wizard: Wizard, { words }: View): Line {
  const { chosen, skipped, open } = counts(wizard);
  const ignored = wizard.looking.findings.filter((finding) => finding.suppressed).length;
  const blind = wizard.looking.machine?.blind.length ?? 0;
  const filter = screen.search.word === '' ? [] : [words.findings.filter(screen.search.word, listed(screen, wizard).length, wizard.looking.findings.length)];
  const parts = [...filter, words.findings.counts(chosen, skipped, open), ...(ignored > 0 ? [words.findings.suppressed(ignored)] : []), ...(blind > 0 ? [words.findings.blind(blind)] : [])];
  return line(` ${parts.join('   ')}`);
}

/** Nothing to fix: said plainly, with what was looked at and what was looked for, by name. */
function nothing(wizard: Wizard, view: View): readonly Line[] {
  const { words, columns, say } = view;
  const { machine, findings } = wizard.looking;
  const low = lowFindings(findings).length;
  const processes = machine ? machine.host.processes.length + machine.containers.reduce((sum, one) => sum + one.processes.length, 0) : 0;
  const empty = machine !== undefined && machine.services.length + machine.files.size + processes === 0;
  const at = machine ? [words.findings.services(machine.services.length), words.common.files(machine.files.size), words.findings.processes(processes)] : [];
  return [
    line(span(` ${low > 0 ? words.findings.onlyLow(low) : words.findings.nothing}`, 'gone')),
    ...(low > 0 ? [] : paragraph(empty ? words.findings.nothingKnown : words.findings.nothingText, columns)),
    blank,
    line(span(` ${words.findings.lookedAt}`, 'strong')),
    ...paragraph(at.join(words.common.comma), columns, undefined, 3),
    ...(wizard.given.checked.length === 0 ? [] : [blank, line(span(` ${words.findings.checked}`, 'strong')), ...wizard.given.checked.flatMap((one) => paragraph(say(one), columns, undefined, 3))]),
  ];
}

/** Where do I begin? The list above, the highlighted one explained below, the count on the last row. */
export function findingsContent(screen: FindingsScreen, wizard: Wizard, view: View): readonly Line[] {
  const { words, glyphs, room } = view;
  const rows = listed(screen, wizard);
  const finding = rows[indexOf(screen, rows)];
  const last = countLine(screen, wizard, view);
  if (!finding) {
    const body = screen.search.word === '' ? nothing(wizard, view) : [line(` ${words.common.find.none(screen.search.word)}`)];
    const shown = cut(body, room - 2, (n) => line(span(`   ${words.common.moreLines(n)}`, 'faint')));
    return [...shown, ...Array.from({ length: room - 1 - shown.length }, () => blank), last];
  }
  // Half for the list at least, and never so much that the explanation has no room: it is what teaches.
  const text = lower(finding, indexOf(screen, rows), wizard, view);
  const listRoom = Math.min(rows.length, Math.max(7, room - 5 - Math.min(text.length, 8)));
  const textRoom = room - 5 - listRoom;
  const shown = cut(text, textRoom, () => line(span(`   ${glyphs.more}`, 'faint')));
  return [
    line(` ${head(screen, wizard, view)}`),
    blank,
    ...table(screen, wizard, view, listRoom),
    blank,
    ...shown,
    ...Array.from({ length: Math.max(0, textRoom - shown.length) }, () => blank),
    last,
  ];
}
