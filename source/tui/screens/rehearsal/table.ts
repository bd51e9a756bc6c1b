import type { Compared } from '../../../model/rehearsal.ts';
import { factOf } from '../../../report/fact-of.ts';
import { line, span, type Line } from '../../lines.ts';
import { outcomeRole } from '../../theme.ts';
import type { View } from '../../view.ts';
import { cell, fit, pad, width } from '../../width.ts';
import { wrapIn } from '../../wrap.ts';
import { foreign } from '../../plain.ts';

const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map(width));
const between = (low: number, n: number, high: number): number => Math.max(low, Math.min(n, high));

interface Columns {
  readonly service: number;
  readonly what: number;
  readonly asIs: number;
  readonly asPlanned: number;
}

/** The storyboard's columns, and as much wider or narrower as what stands in them needs; two blanks between them. */
function columnsOf(rows: readonly Compared[], { words, columns, say }: View): Columns {
  const result = Math.max(7, widest(rows.map((row) => words.rehearsal.result[row.result])) + 1);
  const room = columns - 1 - result;
  const service = between(8, widest(rows.map((row) => nameOf(row, words))) + 2, 14);
  const what = between(20, widest(rows.map((row) => factOf(row, rows, say))) + 2, Math.max(24, Math.floor(room * 0.3)));
  const rest = room - service - what - 1;
  const asIs = between(Math.min(17, Math.floor(rest / 2)), widest(rows.map((row) => say(row.asIs))) + 2, Math.max(17, Math.floor(rest * 0.42)));
  // The result stands beside what it is about.
  const asPlanned = Math.min(rest - asIs, Math.max(26, widest(rows.map((row) => say(row.asPlanned))) + 4));
  return { service, what, asIs, asPlanned };
}

export function tableHead(rows: readonly Compared[], view: View): Line {
  const w = columnsOf(rows, view);
  return line(span(` ${pad('', w.service + w.what)}${cell(view.words.rehearsal.asIs, w.asIs)}${view.words.rehearsal.asPlanned}`, 'faint'));
}

/** Rows of a cell where not all of them have room: one look at the table should do, and a key shows each in full. */
export const SHORT = 2;

function cellRows(text: string, columns: number, height: number, more: string): readonly string[] {
  return wrapIn(foreign(text), columns, height).map((row) => fit(row, columns, more));
}

/** Whose fact it is. What the person asked, and no service answers for, is the person's. */
export const nameOf = (row: Compared, words: View['words']): string => (row.service === '' ? words.rehearsal.own.yours : row.service);

/** What is known of one service stands together: those that are replaced first, in the order of the project, then the others. */
export function byService(rows: readonly Compared[], order: readonly string[]): readonly Compared[] {
  const services = [...new Set([...order, ...rows.map((row) => row.service)])];
  return services.flatMap((service) => rows.filter((row) => row.service === service));
}

/** Every fact in both copies, and what became of it; the person's own are never cut. */
export function tableRows(rows: readonly Compared[], view: View, most = SHORT): readonly Line[] {
  const w = columnsOf(rows, view);
  const { say, glyphs, words } = view;
  return rows.flatMap((row, i) => {
    const cells = ([[factOf(row, rows, say), w.what], [say(row.asIs), w.asIs], [say(row.asPlanned), w.asPlanned]] as const);
    const [what, asIs, asPlanned] = cells.map(([text, wide]) => cellRows(text, wide - 2, row.own ? Infinity : most, glyphs.more));
    const height = Math.max(what!.length, asIs!.length, asPlanned!.length);
    const isFirst = rows[i - 1]?.service !== row.service;
    return Array.from({ length: height }, (_, n) => line(
      ' ', cell(isFirst && n === 0 ? nameOf(row, words) : '', w.service - 1, glyphs.more), ' ',
      pad(what![n] ?? '', w.what), pad(asIs![n] ?? '', w.asIs), pad(asPlanned![n] ?? '', w.asPlanned),
      span(n === 0 ? words.rehearsal.result[row.result] : '', outcomeRole(row.result)),
    ));
  });
}

/** The same as sentences, where nobody sees columns. */
export const saidRows = (rows: readonly Compared[], { words, say }: View): readonly Line[] =>
  rows.map((row) => line(` ${words.rehearsal.spoken(nameOf(row, words), factOf(row, rows, say), foreign(say(row.asIs)), foreign(say(row.asPlanned)), words.rehearsal.result[row.result])}`));

/** Head and rows; without a head where each says which copy it means. */
export function table(rows: readonly Compared[], isSpoken: boolean, view: View, most = SHORT): readonly Line[] {
  if (rows.length === 0) return [];
  return isSpoken ? saidRows(rows, view) : [tableHead(rows, view), ...tableRows(rows, view, most)];
}
