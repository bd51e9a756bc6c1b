import { fit } from '../../../report/fit.ts';
import { line, sides, span, type Line } from '../../lines.ts';
import { clampTop } from '../../scroll.ts';
import { noSearch, type Search } from '../../search.ts';
import { viewOf, type View } from '../../view.ts';
import type { Run, Wizard } from '../../wizard.ts';
import { wrap } from '../../wrap.ts';

export interface ApplyingScreen {
  readonly name: 'applying';
  /** The whole log instead of the steps. */
  readonly whole: boolean;
  /** First row of the whole log; its end while undefined, also when it grows. */
  readonly top?: number;
  readonly at?: number;
  readonly search: Search;
}

export const applyingScreen: ApplyingScreen = { name: 'applying', whole: false, search: noSearch };

const drawn = new WeakMap<object, Map<number, readonly Line[]>>();

/** The log as rows: commands as they were given, what they said under them. Every line is laid out once for a width. */
export function logRows(log: Run['log'], columns: number): readonly Line[] {
  return log.flatMap((one) => {
    const known = drawn.get(one) ?? new Map<number, readonly Line[]>();
    const rows = known.get(columns) ?? wrap(one.text, columns - 6).map((part, i) => line(
      one.kind === 'command' ? (i === 0 ? ' $ ' : '     ') : '    ', span(part, one.kind === 'command' ? 'strong' : undefined),
    ));
    drawn.set(one, known.set(columns, rows));
    return rows;
  });
}

/** The last command above the last it said, in so many rows: where not all rows of the command have room, it says so. */
export function lastSaid(log: Run['log'], room: number, { columns, glyphs }: View): readonly Line[] {
  const at = Math.max(0, log.findLastIndex((one) => one.kind === 'command'));
  const rows = logRows(log.slice(at), columns);
  if (rows.length <= room || room <= 0) return rows.slice(0, Math.max(0, room));
  const own = logRows(log.slice(at, at + 1), columns);
  const said = rows.slice(own.length);
  // Its rows are whole where what it said can give way.
  if (own.length < room) return [...own, ...said.slice(own.length - room)];
  const [head] = own;
  const command = own.length === 1 || !head ? own : [line(' $ ', span(fit(log[at]!.text, columns - 4, glyphs.more), 'strong'))];
  return [...command, ...(room > 1 ? said.slice(1 - room) : [])];
}

export interface Shown {
  readonly rows: readonly Line[];
  readonly top: number;
}

/** How much there is, in lines and in the rows that they take, and, where not all is in sight, which of these are. */
export function logHead(lines: number, rows: number, top: number, { words, columns, room }: View): Line {
  const where = rows > room - 1 ? [span(words.rehearsal.inSight(top + 1, Math.min(rows, top + room - 1), rows), 'faint')] : [];
  return sides(line(span(` ${words.applying.log(lines, rows)}`, 'strong')), where, columns - 1);
}

/** The part of the whole log in sight, following its end until one scrolls up. */
export function wholeLog(screen: Partial<ApplyingScreen>, run: Run | undefined, wizard: Wizard): Shown {
  const { columns, room, words } = viewOf(wizard);
  const rows = logRows(run?.log ?? [], columns);
  if (rows.length === 0) return { rows: [line(span(` ${words.applying.nothingSaid}`, 'faint'))], top: 0 };
  return { rows, top: clampTop(screen.top ?? Infinity, rows.length, room - 1) };
}
