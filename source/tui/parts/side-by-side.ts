import type { FileDiff } from '../../engine/session.ts';
import { lineWidth, line, sides, span, type Line, type Span } from '../lines.ts';
import { foreign } from '../plain.ts';
import { wrap } from '../wrap.ts';
import { changes, patchRows } from './diff.ts';
import { grammarOf, inColours } from './syntax.ts';

/** From so many columns on a file stands as it is on the left and as it would be on the right. */
export const SIDE_BY_SIDE = 140;

interface Pair {
  readonly old?: string;
  readonly fresh?: string;
  /** Over both: where in the file it is, and what is said of the whole file. */
  readonly over?: string;
}

/** What goes beside what comes in its place; the longer of the two has nothing beside its rest. */
function pairs(rows: readonly string[]): readonly Pair[] {
  const all: Pair[] = [];
  let old: string[] = [];
  let fresh: string[] = [];
  const flush = (): void => {
    for (let i = 0; i < Math.max(old.length, fresh.length); i++) all.push({ old: old[i], fresh: fresh[i] });
    old = [];
    fresh = [];
  };
  for (const row of rows) {
    if (row.startsWith('-')) {
      if (fresh.length > 0) flush();
      old.push(row);
    } else if (row.startsWith('+')) fresh.push(row);
    else {
      flush();
      all.push(row.startsWith(' ') || row === '' ? { old: row, fresh: row } : { over: row });
    }
  }
  flush();
  return all;
}

/** A patch in two columns; every line is whole, long ones are folded under themselves. */
export function sideBySide(diff: FileDiff, columns: number, rule: string): readonly Line[] {
  const half = Math.floor((columns - 3) / 2);
  const grammar = grammarOf(diff.path);
  const drawn = (row: string | undefined): readonly (readonly Span[])[] => {
    if (row === undefined) return [];
    const text = foreign(row);
    const base = row.startsWith('+') ? 'added' : row.startsWith('-') ? 'removed' : undefined;
    return inColours(text, wrap(text, half - 3), base, grammar, 1).map((part, i) => [span(i === 0 ? ' ' : '  '), ...part]);
  };
  const filled = (row: readonly Span[] | undefined): readonly Span[] => [...(row ?? []), span(' '.repeat(Math.max(0, half - lineWidth(row ?? []))))];
  return [
    sides(line(' ', span(diff.path, 'path')), changes(diff), columns - 1),
    ...patchPairs(diff).flatMap(({ old, fresh, over }): readonly Line[] => {
      if (over !== undefined) return [line(span(` ${foreign(over)}`, over.startsWith('@@') ? 'hunk' : 'strong'))];
      const [left, right] = [drawn(old), drawn(fresh)];
      return Array.from({ length: Math.max(left.length, right.length) }, (_, i) => [...filled(left[i]), span(` ${rule} `, 'faint'), ...(right[i] ?? [])]);
    }),
  ];
}

const patchPairs = (diff: FileDiff): readonly Pair[] => pairs(patchRows(diff));
