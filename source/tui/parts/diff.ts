import type { FileDiff } from '../../engine/session.ts';
import { line, sides, span, type Line, type Span } from '../lines.ts';
import { foreign } from '../plain.ts';
import type { Role } from '../theme.ts';
import { wrap } from '../wrap.ts';
import { withoutThese } from '../../report/discreet.ts';

const HEADER = /^(diff --git|index |--- |\+\+\+ |similarity|\\ No newline)/;
const MODE = /^(new file mode|deleted file mode|old mode|new mode|rename )/;

const roleOf = (row: string): Role | undefined =>
  row.startsWith('+') ? 'added' : row.startsWith('-') ? 'removed' : row.startsWith('@@') ? 'hunk' : MODE.test(row) ? 'strong' : undefined;

export const changes = (diff: FileDiff): readonly Span[] => [span(`+${diff.added}`, 'added'), span(' '), span(`-${diff.removed}`, 'removed')];

/** The rows of a patch that say something: lines, hunks and modes; the headers are said by the title. */
function spoken(diff: FileDiff): readonly string[] {
  const rows: string[] = [];
  let inHunk = false;
  for (const row of diff.patch.replace(/\n$/, '').split('\n')) {
    if (row.startsWith('diff --git')) inHunk = false;
    if (row.startsWith('@@')) inHunk = true;
    if (inHunk ? !row.startsWith('\\ No newline') : !HEADER.test(row)) rows.push(withoutThese(row, diff.secrets ?? []));
  }
  return rows;
}

function drawn(row: string, columns: number): readonly Line[] {
  const role = roleOf(row);
  return wrap(foreign(row), columns - 1).map((part, i) => line(span(i === 0 ? ' ' : '  ', role), { text: part, role }));
}

/** Every line of a patch, long ones folded under themselves: a line cut off would be approved unread. */
export function wholeDiff(diff: FileDiff, columns: number): readonly Line[] {
  const title = sides(line(' ', span(diff.path, 'path')), changes(diff), columns - 1);
  return [title, ...spoken(diff).flatMap((row) => drawn(row, columns - 2))];
}

/** A patch beside a choice: from one line before its first change on. */
export function startOfDiff(diff: FileDiff, columns: number): readonly Line[] {
  const rows = spoken(diff).filter((row) => !row.startsWith('@@'));
  const first = Math.max(0, rows.findIndex((row) => /^[+-]/.test(row)) - 1);
  return [sides(line(' ', span(diff.path, 'path')), changes(diff), columns - 1), ...rows.slice(first).flatMap((row) => drawn(row, columns - 2))];
}

/** The diff of one file of the project: inside a repository diffs are named from its top, so the name may be longer. */
export function diffOfFile(diffs: readonly FileDiff[], path: string): FileDiff | undefined {
  const longer = diffs.filter((diff) => diff.path.endsWith(`/${path}`)).sort((a, b) => a.path.length - b.path.length);
  return diffs.find((diff) => diff.path === path) ?? longer[0];
}
