import type { Evidence, Finding } from '../../../model/finding.ts';
import { blank, cut, labelled, line, lineWidth, paragraph, sides, span, type Line } from '../../lines.ts';
import { foreign } from '../../plain.ts';
import { severityRole } from '../../theme.ts';
import type { View } from '../../view.ts';
import { whichDocker } from '../../which-docker.ts';
import type { Wizard } from '../../wizard.ts';
import { cell, width } from '../../width.ts';
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
  const unfolded = wizard.stack.some((screen) => screen.name === 'findings' && screen.low);
  const all = !unfolded && main.some((one) => one.id === finding.id) ? main : every;
  const known = finding.confidence === 'seen' ? words.finding.seenAs(words.common.confidence.seen) : words.finding.declaredAs[finding.confidence] ?? '';
  const left = line(' ', span(words.common.severity[finding.severity], severityRole(finding.severity)), `   ${known}   `, span(finding.risk, 'faint'));
  return sides(left, [span(words.finding.nth(all.findIndex((one) => one.id === finding.id) + 1, all.length), 'faint')], columns - 1);
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

const more = (glyph: string) => (): Line => line(span(`${' '.repeat(INDENT)}${glyph}`, 'faint'));

/** What was seen, the lines that decide, and whom it is there for. */
export function sight(finding: Finding, view: View, level: Level): readonly Line[] {
  const { words, glyphs, columns, say } = view;
  const { labels } = words.finding;
  const roomy = level === 'roomy';
  const rows = (texts: readonly string[], label: string): readonly Line[] => texts.flatMap((text, i) => labelled(i === 0 ? label : '', text, columns, INDENT, { label: 'strong' }));
  // Services from one image on one row, where it holds them.
  const seen = finding.seen.map(say);
  // A Chinese full stop has its room already.
  const together = seen.reduce((all, one) => all + (all === '' || all.endsWith('。') ? '' : '  ') + one, '');
  return [
    ...cut(rows(seen.length > 1 && width(together) + INDENT <= columns ? [together] : seen, labels.seen), roomy ? 4 : 2, more(glyphs.more)),
    ...cut(evidence(finding.from, labels.from, Math.max(0, ...seen.map(firstColumn)), view), roomy ? 5 : 3, more(glyphs.more)),
    ...cut(rows((finding.meant ?? []).map(say), labels.meant), roomy ? 3 : 1, more(glyphs.more)),
  ];
}

/** All above the ways. */
export function top(finding: Finding, wizard: Wizard, view: View, level: Level): readonly Line[] {
  const { words, glyphs, columns, say } = view;
  const roomy = level === 'roomy';
  const gap = roomy ? [blank] : [];
  const whole = isCut(finding, wizard, view) && !finding.short ? paragraph(say(finding.title), columns - 1, 'strong') : [];
  return [
    title(finding, wizard, view),
    ...whole,
    ...gap,
    ...cut(paragraph(say(finding.why), columns - 1), roomy ? 6 : 4, more(glyphs.more)),
    ...gap,
    ...(level === 'ways' ? [] : sight(finding, view, level)),
    blank,
    ...(level === 'roomy' || level === 'close' ? [line(span(` ${words.finding.ways}`, 'strong'))] : []),
  ];
}
