import { renderToString } from 'ink';
import { Picture } from '../../source/tui/app.tsx';
import { width } from '../../source/tui/width.ts';
import type { Wizard } from '../../source/tui/wizard.ts';

/** A frame without a terminal. */
export const frame = (wizard: Wizard): readonly string[] => renderToString(<Picture wizard={wizard} />, { columns: wizard.size.columns }).split('\n');

/** What is wrong with a frame, if anything: its number of rows, rows too wide, rules out of place. */
export function faults(rows: readonly string[], { columns, rows: height } = { columns: 80, rows: 24 }, ruled = '─'): readonly string[] {
  const rule = ruled.repeat(columns);
  return [
    ...(rows.length === height ? [] : [`${rows.length} rows`]),
    ...rows.flatMap((row, i) => (width(row) <= columns ? [] : [`row ${i + 1} is ${width(row)} wide`])),
    ...(rows[1] === rule ? [] : ['no rule in row 2']),
    ...(rows[height - 2] === rule ? [] : [`no rule in row ${height - 1}`]),
    ...(rows[0]?.startsWith('harden-tui') ? [] : ['row 1 does not say where I am']),
    ...(rows[height - 1]?.trim() ? [] : ['no keys on the last row']),
  ];
}
