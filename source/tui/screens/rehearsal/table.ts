import type { Compared } from '../../../model/rehearsal.ts';
import { line, span, type Line } from '../../lines.ts';
import { outcomeRole } from '../../theme.ts';
import type { View } from '../../view.ts';
import { cell, fit, pad, width } from '../../width.ts';
import { wrap } from '../../wrap.ts';
import { foreign } from '../../plain.ts';

const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map(width));
const between = (low: number, n: number, high: number): number => Math.max(low, Math.min(n, high));

interface Columns {
  readonly service: number;
  readonly what: number;
  readonly asIs: number;
  readonly asPlanned: number;
}

/** The storyboard's columns, and as much wider or narrower as what stands in them needs. */
function columnsOf(rows: readonly Compared[], { words, columns, say }: View): Columns {
  const result = Math.max(7, widest(rows.map((row) => words.rehearsal.result[row.result])) + 1);
  const room = columns - 1 - result;
  const service = between(8, widest(rows.map((row) => row.service)) + 2, 14);
  const what = between(20, widest(rows.map((row) => factOf(row, rows, say))) + 1, 24);
  const rest = room - service - what - 1;
  const asIs = between(Math.min(17, Math.floor(rest / 2)), widest(rows.map((row) => say(row.asIs))) + 2, Math.max(17, Math.floor(rest * 0.42)));
  return { service, what, asIs, asPlanned: rest - asIs };
}

export function tableHead(rows: readonly Compared[], view: View): Line {
  const w = columnsOf(rows, view);
  return line(span(` ${pad('', w.service + w.what)}${cell(view.words.rehearsal.asIs, w.asIs)}${view.words.rehearsal.asPlanned}`, 'faint'));
}

/** Rows of a cell at most: what is said at length is in the log, and one look at the table should do. */
const HEIGHT = 2;

function cellRows(text: string, columns: number, more: string): readonly string[] {
  const rows = wrap(foreign(text), columns);
  return rows.length <= HEIGHT ? rows : [...rows.slice(0, HEIGHT - 1), fit(rows.slice(HEIGHT - 1).join(' '), columns, more)];
}

/** What is known of one service stands together: those that are replaced first, in the order of the project, then the others. */
export function byService(rows: readonly Compared[], order: readonly string[]): readonly Compared[] {
  const services = [...new Set([...order, ...rows.map((row) => row.service)])];
  return services.flatMap((service) => rows.filter((row) => row.service === service));
}

const PAGE: readonly RegExp[] = [/^(GET \/) on \d+$/, /^\d+ 上的 (GET \/)$/];

/** The port is said where a service has several pages. */
function factOf(row: Compared, rows: readonly Compared[], say: View['say']): string {
  const page = (one: Compared): string | undefined => PAGE.map((form) => form.exec(say(one.what))?.[1]).find((found) => found !== undefined);
  const own = page(row);
  return own !== undefined && rows.filter((one) => one.service === row.service && page(one) !== undefined).length === 1 ? own : say(row.what);
}

/** Every fact in both copies, and what became of it. */
export function tableRows(rows: readonly Compared[], view: View): readonly Line[] {
  const w = columnsOf(rows, view);
  const { say, glyphs, words } = view;
  return rows.flatMap((row, i) => {
    const [what, asIs, asPlanned] = ([[factOf(row, rows, say), w.what], [say(row.asIs), w.asIs], [say(row.asPlanned), w.asPlanned]] as const).map(([text, wide]) => cellRows(text, wide - 1, glyphs.more));
    const height = Math.max(what!.length, asIs!.length, asPlanned!.length);
    const isFirst = rows[i - 1]?.service !== row.service;
    return Array.from({ length: height }, (_, n) => line(
      ' ', cell(isFirst && n === 0 ? row.service : '', w.service - 1, glyphs.more), ' ',
      pad(what![n] ?? '', w.what), pad(asIs![n] ?? '', w.asIs), pad(asPlanned![n] ?? '', w.asPlanned),
      span(n === 0 ? words.rehearsal.result[row.result] : '', outcomeRole(row.result)),
    ));
  });
}
