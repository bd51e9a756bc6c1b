import type { Compared } from '../../../model/rehearsal.ts';
import { factOf } from '../../../report/fact-of.ts';
import { blank, labelled, line, paragraph, sides, span, type Line } from '../../lines.ts';
import { foreign } from '../../plain.ts';
import { outcomeRole } from '../../theme.ts';
import { viewOf, type View } from '../../view.ts';
import type { Wizard } from '../../wizard.ts';
import { cell, width } from '../../width.ts';
import { clampTop } from '../../scroll.ts';
import { titlesOf } from '../plan/state.ts';
import { orderOf, rehearsalOf, type RehearsalScreen } from './state.ts';
import { byService, nameOf } from './table.ts';

/** One fact whole: nothing of what either copy showed is cut, and whose proof it is stands with it. */
function fullRow(row: Compared, rows: readonly Compared[], indent: number, wizard: Wizard, view: View): readonly Line[] {
  const { words, columns, say } = view;
  const { labels, asIs, asPlanned, result } = words.rehearsal;
  const plan = rehearsalOf(wizard)?.plan;
  const titles = plan ? titlesOf(plan, row.findings ?? [], wizard.given.lang) : [];
  const [first = '', ...more] = paragraph(foreign(factOf(row, rows, say)), columns - 26, undefined, 0).map((one) => one[1]?.text ?? '');
  const at = (label: string, text: string): readonly Line[] => labelled(`  ${label}`, text, columns - 1, indent, { label: 'faint' });
  return [
    sides(line(' ', span(`${cell(nameOf(row, words), indent - 3)}  `, 'strong'), first), [span(result[row.result], outcomeRole(row.result))], columns - 1),
    ...more.map((part) => line(' '.repeat(indent), part)),
    ...at(asIs, foreign(say(row.asIs))),
    ...at(asPlanned, foreign(say(row.asPlanned))),
    ...titles.flatMap((title, i) => at(i === 0 ? labels.proofOf : '', title)),
    blank,
  ];
}

/** Every row in full, as far as rows are known. */
export function fullRows(wizard: Wizard): readonly Line[] {
  const view = viewOf(wizard);
  const { words } = view;
  const rehearsal = rehearsalOf(wizard);
  const rows = byService(rehearsal?.result?.rows ?? rehearsal?.rows ?? [], orderOf(wizard));
  const indent = Math.max(...[words.rehearsal.asIs, words.rehearsal.asPlanned, words.rehearsal.labels.proofOf].map((one) => width(one) + 6), ...rows.map((row) => Math.min(20, width(nameOf(row, words)) + 4)));
  return rows.flatMap((row) => fullRow(row, rows, indent, wizard, view));
}

/** Those in sight. */
export function fullContent(screen: RehearsalScreen, wizard: Wizard): readonly Line[] {
  const view = viewOf(wizard);
  const { words, columns, room } = view;
  const lines = fullRows(wizard);
  const seen = room - 1;
  const top = clampTop(screen.full ?? 0, lines.length, seen);
  const head = line(span(` ${words.rehearsal.inFull}`, 'strong'));
  const where = lines.length > seen ? [span(words.rehearsal.inSight(top + 1, Math.min(lines.length, top + seen), lines.length), 'faint')] : [];
  return [sides(head, where, columns - 1), ...lines.slice(top, top + seen)];
}
