// The storyboard's frames, as they stand there, and what a real one is held against. npx tsx test/tui/storyboard/compare.ts NAME < FRAME
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DIFFERENT, type FrameName } from './different.ts';

export const frameOf = (name: FrameName): readonly string[] => readFileSync(path.join(import.meta.dirname, 'frames', `${name}.txt`), 'utf8').replace(/\n$/, '').split('\n');

/** What the storyboard names as placeholders: versions, calls, times. Everything else is literal. */
const lasting = (row: string): string => row.trimEnd()
  .replace(/\b(engine|compose) \d+(?:\.\d+)*/g, '$1 #').replace(/calls made \(\d+\)(.*?) +(?=\? keys)/, 'calls made (#)$1  ').replace(/\b\d+ containers? of/, '# containers of').replace(/ +(?=[ap] {2}look at them too)/, '  ')
  .replace(/\b\d+ [A-Z][a-z]+, \d\d:\d\d/, 'DATE').replace(/ +\d+(?:\.\d+)? s$| +\d+:\d\d$/, '  T s').replace(/\b\d+(?:\.\d+)? s\b/g, 'T s');

/** The frame as it is to be: the storyboard's, with the rows that differ for a reason. */
export function expected(name: FrameName): readonly string[] {
  const rows = [...frameOf(name)];
  for (const { there, here, why } of DIFFERENT[name] ?? []) {
    const at = rows.findIndex((_, i) => there.every((row, n) => rows[i + n] === row));
    if (at < 0) throw new Error(`${name}: the storyboard has no such rows, for which it says "${why}":\n${there.join('\n')}`);
    rows.splice(at, there.length, ...here);
  }
  return rows;
}

/** Rows that are not as they are to be, one under the other; none where the frame is. */
export function differences(name: FrameName, shown: readonly string[]): readonly string[] {
  const wanted = expected(name);
  const count = Math.max(wanted.length, shown.length);
  return Array.from({ length: count }, (_, i) => i).flatMap((i) => {
    const [a, b] = [lasting(wanted[i] ?? ''), lasting(shown[i] ?? '')];
    return a === b ? [] : [`${String(i + 1).padStart(2)} - ${a}`, `   + ${b}`];
  });
}

if (process.argv[1] === import.meta.filename) {
  const told = differences(process.argv[2] as FrameName, readFileSync(0, 'utf8').replace(/\n$/, '').split('\n'));
  console.log(told.length === 0 ? 'as it is to be' : told.join('\n'));
}
