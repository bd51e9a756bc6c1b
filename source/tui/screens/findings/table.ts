import type { Finding } from '../../../model/finding.ts';
import { line, marked, sides, span, type Line } from '../../lines.ts';
import { toldApart } from '../../parts/titles.ts';
import { severityRole } from '../../theme.ts';
import { windowAround } from '../../scroll.ts';
import type { View } from '../../view.ts';
import type { Wizard } from '../../wizard.ts';
import { cell, width } from '../../width.ts';
import { decisionOf, type Row } from './rows.ts';
import { indexOf, listed, numbersOf, whereOf, type FindingsScreen } from './state.ts';

const widest = (texts: readonly string[], least = 0): number => Math.max(least, ...texts.map(width));

/** `✓` taken, `-` skipped, `i` ignored; the number where nothing is decided. */
function mark(screen: FindingsScreen, finding: Finding, number: number, wizard: Wizard, { glyphs }: View): string {
  if (screen.taking.includes(finding.id)) return glyphs.more;
  const kind = decisionOf(wizard, finding.id)?.kind;
  return kind === 'fix' ? glyphs.done : kind === 'skip' ? glyphs.absent : kind === 'ignore' ? 'i' : String(number);
}

interface Widths {
  readonly mark: number;
  readonly severity: number;
  readonly confidence: number;
  readonly where: number;
  readonly what: number;
}

/** The widest that the column of places gets. */
const WHERE = 16;

/** By name, where they fit; many services are counted, and of a long path its end is what one knows it by. */
function where(finding: Finding, { words, glyphs }: View): string {
  const names = whereOf(finding);
  const all = names.join(' ');
  if (width(all) <= WHERE) return all;
  if (finding.subjects.some((one) => one.kind === 'service')) return names.length > 2 ? words.findings.services(names.length) : all;
  const file = names.length === 1 ? `${glyphs.more}/${all.split('/').at(-1)!}` : all;
  return all.includes('/') && width(file) <= WHERE ? file : all;
}

/** The title, or the short one where that is all there is room for. */
const titled = (finding: Finding, columns: number, { say }: View): string => (finding.short && width(say(finding.title)) > columns ? say(finding.short) : say(finding.title));

/** Beside a finding there is no room for all columns: what is left out stands there. */
export const isNarrow = ({ columns }: View): boolean => columns < 80;

function widths(screen: FindingsScreen, rows: readonly Finding[], last: number, view: View): Widths {
  const { words, glyphs, columns } = view;
  const names = words.findings.columns;
  const w = {
    mark: widest([String(last), glyphs.done, ...(screen.taking.length > 0 ? [glyphs.more] : [])]),
    severity: widest([names.severity, ...Object.values(words.common.severity)]) + 2,
    confidence: isNarrow(view) ? 0 : widest([names.confidence, ...Object.values(words.common.confidence)]) + 2,
    where: isNarrow(view) ? 0 : Math.min(WHERE, widest([names.subjects, ...rows.map((finding) => where(finding, view))])),
  };
  return { ...w, what: columns - 3 - w.mark - 1 - w.severity - w.confidence - w.where - 1 };
}

/** The head over a group: its name and how many it holds. It is no row that one could be on. */
function groupHead(screen: FindingsScreen, of: string, rows: readonly Row[], { words, columns, glyphs }: View): Line {
  const name = of === '' ? words.findings.noFile : of;
  return sides(line(span(` ${name}`, screen.group === 'file' && of !== '' ? 'path' : 'strong')), [span(String(rows.filter((one) => one.under === of).length), 'faint')], columns - 1, glyphs.more);
}

type Shown = { readonly head: string } | { readonly finding: Row; readonly index: number };

/** How many rows the whole list takes, heads with it. */
export function heightOf(screen: FindingsScreen, wizard: Wizard): number {
  const rows = listed(screen, wizard);
  return rows.length + new Set(rows.flatMap((one) => one.under ?? [])).size;
}

export function table(screen: FindingsScreen, wizard: Wizard, view: View, room: number): readonly Line[] {
  const { words, glyphs } = view;
  const rows = listed(screen, wizard);
  const numbers = numbersOf(wizard);
  const at = indexOf(screen, rows);
  const w = widths(screen, rows, Math.max(...rows.map((finding) => numbers.get(finding.id) ?? 0)), view);
  const names = words.findings.columns;
  const titles = line(span(`${' '.repeat(w.mark + 4)}${cell(names.severity, w.severity)}${cell(names.confidence, w.confidence)}${w.where === 0 ? names.title : cell(names.title, w.what + 1)}${w.where === 0 ? '' : names.subjects}`, 'faint'));
  const told = toldApart(rows.map((finding) => titled(finding, w.what, view)), w.what, glyphs.more);
  const shown: readonly Shown[] = rows.flatMap((finding, index) => {
    const first = finding.under !== undefined && finding.under !== rows[index - 1]?.under;
    return [...(first ? [{ head: finding.under }] : []), { finding, index }];
  });
  const here = shown.findIndex((one) => 'finding' in one && one.index === at);
  const { from, to } = windowAround(here, shown.length, room);
  return [titles, ...shown.slice(from, to).map((one) => {
    if ('head' in one) return groupHead(screen, one.head, rows, view);
    const { finding, index } = one;
    const on = index === at;
    return marked(line(
      ` ${on ? glyphs.here : ' '.repeat(width(glyphs.here))} `,
      span(cell(mark(screen, finding, numbers.get(finding.id) ?? index + 1, wizard, view), w.mark + 1), decisionOf(wizard, finding.id) ? 'gone' : undefined),
      span(cell(words.common.severity[finding.severity], w.severity), severityRole(finding.severity)),
      cell(words.common.confidence[finding.confidence], w.confidence),
      span(`${cell(told[index] ?? '', w.what, glyphs.more)} `, on ? 'here' : undefined),
      cell(where(finding, view), w.where, glyphs.more),
    ), screen.search.word);
  })];
}
