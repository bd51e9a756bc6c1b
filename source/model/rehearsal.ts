import type { Text } from './text.ts';

/**
 * One fact in both copies. `gone` and `left` are what a fix promised, seen on the copy; the others say whether what was
 * true of the app before still is.
 */
export interface Compared {
  readonly service: string;
  /** `runs as`, `listens on`, `GET / on 8000`, `writes /app/media` … */
  readonly what: Text;
  readonly asIs: Text;
  readonly asPlanned: Text;
  readonly result: 'gone' | 'left' | 'same' | 'WORSE' | 'cannot-tell';
}

/** Why a copy is worse than the one beside it. */
export interface Breakage {
  readonly service: string;
  readonly what: Text;
  /** The last lines of its log that explain it. */
  readonly log: readonly string[];
  /** The same in plain words, where the lines are known. */
  readonly means?: Text;
}

/** Old and new beside each other, as disposable copies under the same isolation; nothing of the user's is written. */
export interface Rehearsal {
  /** `cannot-tell`: the old one fails in a copy, too, or no copy could be made. Never a pass. */
  readonly outcome: 'holds' | 'breaks' | 'cannot-tell';
  readonly rows: readonly Compared[];
  readonly breakage?: Breakage;
  /** Why it can't be told. */
  readonly why?: Text;
  /** What copies can't show, in sentences ("your own --check runs on the real service only"). */
  readonly untried: readonly Text[];
  /** What building the unmodified files gives beside what runs: no part of the fix, and not blamed on it. */
  readonly drift?: readonly { readonly service: string; readonly brings: readonly Text[] }[];
  readonly buildMs: number;
  readonly ms: number;
}
