import type { Evidence, Finding } from '../../../model/finding.ts';
import { blank, cut, labelled, line, lineWidth, paragraph, sides, span, type Line } from '../../lines.ts';
import { foreign } from '../../plain.ts';
import { severityRole } from '../../theme.ts';
import type { View } from '../../view.ts';
import { whichDocker } from '../../which-docker.ts';
import type { Wizard } from '../../wizard.ts';
import { cell, width } from '../../width.ts';
import { membersOf } from '../findings/rows.ts';
import { mainFindings, numbered } from '../findings/state.ts';

/** How much room there is: blank rows go first, then the heading over the ways, then what was seen moves below them. */
export const LEVELS = ['roomy', 'close', 'bare', 'ways'] as const;
export type Level = (typeof LEVELS)[number];

/** Where what was seen, and the lines that decide, begin. */
const INDENT = 8;

/** Severity, how it is known, the id for those who search, and which of how many. */
function title(finding: Finding, wizard: Wizard, { words, columns }: View): Line {
  const every = numbered(wizard);
  const main = mainFindings(every);
  // Counted as the list counts them: with the low ones while they are shown.
  const unfolded = wizard.stack.some((screen) => screen.name === 'findings' && (screen.low || screen.search.word !== ''));
  const all = !unfolded && main.some((one) => one.id === finding.id) ? main : every;
  const known = finding.confidence === 'seen' ? words.finding.seenAs(words.common.confidence.seen) : words.finding.declaredAs[finding.confidence] ?? '';
  const left = line(' ', span(words.common.severity[finding.severity], severityRole(finding.severity)), `   ${known}   `, span(finding.risk, 'faint'));
  return sides(left, [span(words.finding.nth(all.findIndex((one) => membersOf(one).includes(finding.id)) + 1, all.length), 'faint')], columns - 1);
}

/** The title as row 1 has room for it. */
export const headOf = (finding: Finding, wizard: Wizard, view: View): string =>
  view.say(finding.head ?? (isCut(finding, wizard, view) ? finding.short : undefined) ?? finding.title);

/** Row 1 has no room for the whole title, or is not about this pane: then it stands on the screen itself. */
const isCut = (finding: Finding, wizard: Wizard, view: View): boolean =>
  view.columns < wizard.size.columns || width(`harden-tui > ${view.say(finding.title)} `) + lineWidth(whichDocker(wizard, view)) > view.columns;

/** What was seen may be a table: a path, then what it is. */
const firstColumn = (text: string): number => (text.includes('   ') ? width(text.slice(0, text.indexOf('   '))) : 0);

function evidence(all: readonly Evidence[], label: string, least: number, { columns, say }: View): readonly Line[] {
  const at = (one: Evidence): string => `${one.place.file}:${one.place.line}`;
  const wide = Math.min(28, Math.max(least, ...all.map((one) => width(at(one)))));
  return all.flatMap((one, i) => {
    const words = line(span(cell(i === 0 ? ` ${label}` : '', INDENT), 'strong'), span(cell(at(one), wide), 'path'), `   ${foreign(one.words.trim())}`);
    if (!one.note) return [words];
    const note = span(`   ${say(one.note)}`, 'faint');
    // A note that does not fit beside the words stands under them.
    return lineWidth(words) + width(note.text) <= columns ? [[...words, note]] : [words, line(' '.repeat(INDENT + wide), note)];
  });
}

/** What has no room is on the longer page, and its key is said with it. */
const more = ({ words }: View) => (n: number): Line => line(span(`${' '.repeat(INDENT)}${words.finding.more(n)}`, 'faint'));

/** Rows that what was seen, the lines that decide and whom it is for may take. */
const MOST = { roomy: [4, 5, 3], close: [2, 3, 1], all: [Infinity, Infinity, Infinity] } as const;
const WHY = { roomy: 6, close: 4 } as const;

/** What was seen, the lines that decide, and whom it is there for. */
export function sight(finding: Finding, view: View, room: keyof typeof MOST): readonly Line[] {
  const { words, columns, say } = view;
  const { labels } = words.finding;
  const [seenRows, fromRows, meantRows] = MOST[room];
  const rows = (texts: readonly string[], label: string): readonly Line[] => texts.flatMap((text, i) => labelled(i === 0 ? label : '', text, columns, INDENT, { label: 'strong' }));
  // Services from one image on one row, where it holds them.
  const seen = finding.seen.map(say);
  // A Chinese full stop has its room already.
  const together = seen.reduce((all, one) => all + (all === '' || all.endsWith('。') ? '' : '  ') + one, '');
  return [
    ...cut(rows(seen.length > 1 && width(together) + INDENT <= columns ? [together] : seen, labels.seen), seenRows, more(view)),
    ...cut(evidence(finding.from, labels.from, Math.max(0, ...seen.map(firstColumn)), view), fromRows, more(view)),
    ...cut(rows((finding.meant ?? []).map(say), labels.meant), meantRows, more(view)),
  ];
}

/** What the finding's own screen may have had no room for, on the longer page: all of it. */
export function unseen(finding: Finding, view: View): readonly Line[] {
  const why = paragraph(view.say(finding.why), view.columns - 1);
  const all = sight(finding, view, 'all');
  return [...(why.length > WHY.close ? [...why, blank] : []), ...(all.length > sight(finding, view, 'close').length ? [...all, blank] : [])];
}

/** All above the ways. */
export function top(finding: Finding, wizard: Wizard, view: View, level: Level): readonly Line[] {
  const { words, columns, say } = view;
  const roomy = level === 'roomy';
  const gap = roomy ? [blank] : [];
  const whole = isCut(finding, wizard, view) && !finding.short ? paragraph(say(finding.title), columns - 1, 'strong') : [];
  return [
    title(finding, wizard, view),
    ...whole,
    ...gap,
    ...cut(paragraph(say(finding.why), columns - 1), WHY[roomy ? 'roomy' : 'close'], more(view)),
    ...gap,
    ...(level === 'ways' ? [] : sight(finding, view, roomy ? 'roomy' : 'close')),
    blank,
    ...(level === 'roomy' || level === 'close' ? [line(span(` ${words.finding.ways}`, 'strong'))] : []),
  ];
}
