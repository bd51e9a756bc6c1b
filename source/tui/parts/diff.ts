import type { FileDiff } from '../../engine/session.ts';
import { line, lineWidth, sides, span, type Line, type Span } from '../lines.ts';
import { foreign } from '../plain.ts';
import type { Role } from '../theme.ts';
import { wrap } from '../wrap.ts';
import { grammarOf, inColours } from './syntax.ts';
import { withoutThese } from '../../report/discreet.ts';

const HEADER = /^(diff --git|index |--- |\+\+\+ |similarity|\\ No newline)/;
const MODE = /^(new file mode|deleted file mode|old mode|new mode|rename )/;

const roleOf = (row: string): Role | undefined =>
  row.startsWith('+') ? 'added' : row.startsWith('-') ? 'removed' : row.startsWith('@@') ? 'hunk' : MODE.test(row) ? 'strong' : undefined;

export const changes = (diff: FileDiff): readonly Span[] => [span(`+${diff.added}`, 'added'), span(' '), span(`-${diff.removed}`, 'removed')];

/** The rows of a patch that say something: lines, hunks and modes, as they will be where git has no word for it; the headers are said by the title. */
export function patchRows(diff: FileDiff): readonly string[] {
  const rows: string[] = [];
  let inHunk = false;
  for (const row of diff.patch.replace(/\n$/, '').split('\n')) {
    if (row.startsWith('diff --git')) inHunk = false;
    if (row.startsWith('@@')) inHunk = true;
    if (inHunk ? !row.startsWith('\\ No newline') : !HEADER.test(row)) rows.push(withoutThese(inHunk || diff.mode === undefined ? row : row.replace(/^new file mode \d+$/, `new file mode ${diff.mode.toString(8)}`), diff.secrets ?? []));
  }
  return rows;
}

function drawn(row: string, columns: number, path: string): readonly Line[] {
  const role = roleOf(row);
  const text = foreign(row);
  const parts = wrap(text, columns - 1);
  if (role === 'hunk' || role === 'strong') return parts.map((part, i) => line(span(i === 0 ? ' ' : '  ', role), { text: part, role }));
  return inColours(text, parts, role === 'added' || role === 'removed' ? role : undefined, grammarOf(path), 1).map((part, i) => [span(i === 0 ? ' ' : '  '), ...part]);
}

/** Every line of a patch, long ones folded under themselves: a line cut off would be approved unread. */
export function wholeDiff(diff: FileDiff, columns: number): readonly Line[] {
  const title = sides(line(' ', span(diff.path, 'path')), changes(diff), columns - 1);
  return [title, ...patchRows(diff).flatMap((row) => drawn(row, columns - 2, diff.path))];
}

function begun(diff: FileDiff, columns: number, note: string | undefined): readonly Line[] {
  const all = patchRows(diff).filter((row) => !row.startsWith('@@'));
  const last = all.findLastIndex((row) => /^[+-]/.test(row));
  const rows = last < 0 ? all : all.slice(0, last + 1);
  const first = Math.max(0, rows.findIndex((row) => /^[+-]/.test(row)));
  if (note !== undefined) {
    const name = line(' ', span(diff.path, 'path'), '  ', ...changes(diff));
    return [sides(name, [span(note, 'faint')], columns - 1), ...rows.slice(Math.max(0, first - 1)).flatMap((row) => drawn(row, columns - 2, diff.path))];
  }
  const [head = [], ...rest] = rows.slice(first).flatMap((row) => drawn(row, columns - 2, diff.path));
  const title = line(span(diff.path, 'path'), '  ', ...changes(diff));
  if (lineWidth(head) + lineWidth(title) + 3 <= columns) return [sides(head, title, columns - 1), ...rest];
  return [sides(line(' ', span(diff.path, 'path')), changes(diff), columns - 1), head, ...rest];
}

const starts = new WeakMap<FileDiff, Map<string, readonly Line[]>>();

/**
 * A patch beside a choice: from its first change to its last, with the file's name at the end of that row where there is room. With a
 * note about the file its name has a row of its own, and the line before the change shows where that is.
 */
export function startOfDiff(diff: FileDiff, columns: number, note?: string): readonly Line[] {
  // Drawn once: it stands beside a list that one moves in, and may be long.
  const known = starts.get(diff) ?? new Map<string, readonly Line[]>();
  const key = `${columns} ${note ?? ''}`;
  const rows = known.get(key) ?? begun(diff, columns, note);
  starts.set(diff, known.set(key, rows));
  return rows;
}

/** The diff of one file of the project: inside a repository diffs are named from its top, so the name may be longer. */
export function diffOfFile(diffs: readonly FileDiff[], path: string): FileDiff | undefined {
  const longer = diffs.filter((diff) => diff.path.endsWith(`/${path}`)).sort((a, b) => a.path.length - b.path.length);
  return diffs.find((diff) => diff.path === path) ?? longer[0];
}
