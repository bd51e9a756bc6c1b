import type { FileDiff } from '../engine/session.ts';
import { holdsOne, holdsSecret as holdsByName } from './discreet.ts';

export interface Shown {
  readonly path: string;
  /** It lies outside the project. */
  readonly outside?: boolean;
  /** Of a new file, where the patch has no word for it. */
  readonly mode?: number;
  /** What may be printed; empty when nothing of the file's diff may. */
  readonly patch: string;
  /** Hunks left out because a line in them holds a secret. */
  readonly withheld: number;
}

type Holds = (line: string) => boolean;

interface Hunk {
  readonly head: string;
  readonly lines: readonly string[];
}

/** The lines between `@@` and the next one; `\ No newline` goes with the line before it. */
function hunksOf(patch: string): { readonly header: string; readonly hunks: readonly Hunk[] } {
  const [header = '', ...rest] = patch.split(/^(?=@@ )/m);
  return {
    header,
    hunks: rest.map((text) => {
      const [head = '', ...lines] = text.replace(/\n$/, '').split('\n');
      return { head, lines };
    }),
  };
}

const isContext = (line: string): boolean => line.startsWith(' ') || line === '';

/**
 * Context with a secret in it is cut off where git allows that: in front any number of lines, behind all but one, because a
 * hunk that ends with a change is only taken at the end of a file.
 */
function narrowed({ head, lines }: Hunk, holdsSecret: Holds): Hunk | undefined {
  const first = lines.findIndex((l) => !isContext(l));
  const last = lines.findLastIndex((l) => !isContext(l));
  const before = lines.slice(0, first).findLastIndex(holdsSecret) + 1;
  const behind = lines.slice(last + 1).findIndex(holdsSecret);
  const end = behind < 0 ? lines.length : last + 1 + behind;
  if (behind === 0 || lines.slice(first, last + 1).some(holdsSecret)) return undefined;
  const [, oldStart, newStart, tail = ''] = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@(.*)$/.exec(head) ?? [];
  if (oldStart === undefined || newStart === undefined) return undefined;
  const kept = lines.slice(before, end);
  const count = (sign: string): number => kept.filter((l) => isContext(l) || l.startsWith(sign)).length;
  return { head: `@@ -${Number(oldStart) + before},${count('-')} +${Number(newStart) + before},${count('+')} @@${holdsSecret(tail) ? '' : tail}`, lines: kept };
}

/** A diff as a dry run may print it: no line of it holds the clear text of a secret. */
export function withoutSecrets(diff: FileDiff): Shown {
  const holdsSecret: Holds = (line) => holdsByName(line) || holdsOne(line, diff.secrets ?? []);
  const at = { path: diff.path, ...(diff.outside ? { outside: true } : {}), ...(diff.mode === undefined ? {} : { mode: diff.mode }) };
  if (!diff.patch.split('\n').some(holdsSecret)) return { ...at, patch: diff.patch, withheld: 0 };
  const { header, hunks } = hunksOf(diff.patch);
  const kept = hunks.map((h) => ([h.head, ...h.lines].some(holdsSecret) ? narrowed(h, holdsSecret) : h)).filter((h) => h !== undefined);
  const patch = kept.length === 0 ? '' : header + kept.map((h) => `${[h.head, ...h.lines].join('\n')}\n`).join('');
  return { ...at, patch, withheld: hunks.length - kept.length };
}
