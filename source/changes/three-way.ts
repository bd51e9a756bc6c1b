import { diffArrays } from 'diff';

interface Hunk {
  /** Lines start..end of the common text become `lines`. */
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

/** Lines with their endings, so that CRLF and a missing last newline stay what they are. */
const split = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

function hunks(from: readonly string[], to: readonly string[]): Hunk[] {
  const found: Hunk[] = [];
  let at = 0;
  let open: { start: number; end: number; lines: string[] } | undefined;
  for (const part of diffArrays([...from], [...to])) {
    if (!part.added && !part.removed) {
      if (open) found.push(open);
      open = undefined;
      at += part.value.length;
      continue;
    }
    open ??= { start: at, end: at, lines: [] };
    if (part.removed) {
      at += part.value.length;
      open.end = at;
    } else open.lines.push(...part.value);
  }
  return open ? [...found, open] : found;
}

/** They change a shared line, or put lines at one place. */
const touch = (a: Hunk, b: Hunk): boolean => (a.start < b.end && b.start < a.end) || a.start === b.start || (a.start === a.end && a.start > b.start && a.start < b.end) || (b.start === b.end && b.start > a.start && b.start < a.end);

/** `common` became `mine` here and `theirs` there: both at once; undefined where they touch the same lines. */
export function threeWay(common: string, mine: string, theirs: string): string | undefined {
  const base = split(common);
  const [a, b] = [hunks(base, split(mine)), hunks(base, split(theirs))];
  const same = (x: Hunk, y: Hunk): boolean => x.start === y.start && x.end === y.end && x.lines.join('') === y.lines.join('');
  const fresh = b.filter((y) => !a.some((x) => same(x, y)));
  if (fresh.some((y) => a.some((x) => touch(x, y)))) return undefined;
  const lines = [...base];
  for (const h of [...a, ...fresh].sort((x, y) => y.start - x.start || y.end - x.end)) lines.splice(h.start, h.end - h.start, ...h.lines);
  return lines.join('');
}

/** Whether what was put in place of `before` is still wholly there: `now` differs from `after` on other lines alone. */
export function stillIn(before: string, after: string, now: string): boolean {
  const base = split(after);
  const ours = hunks(base, split(before));
  return !hunks(base, split(now)).some((theirs) => ours.some((mine) => touch(mine, theirs)));
}
