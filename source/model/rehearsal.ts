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
  /** Findings of the plan that this is the proof of, or tells no less than. */
  readonly findings?: readonly string[];
  /** What the person wanted asked. */
  readonly own?: true;
}

/** A finding of the plan, as the copies show it. */
export interface Shown {
  readonly finding: string;
  readonly title: Text;
  /** `later`: left on purpose, for the second of two steps. `not-here`: what proves it is not to be seen on a copy. */
  readonly outcome: 'gone' | 'left' | 'later' | 'cannot-tell' | 'not-here';
}

/** Why a copy is worse than the one beside it. */
export interface Breakage {
  readonly service: string;
  readonly what: Text;
  /** The last lines of its log that explain it. */
  readonly log: readonly string[];
  /** The same in plain words, where the lines are known. */
  readonly means?: Text;
  /** Findings whose fix it is about, where that is known. */
  readonly findings?: readonly string[];
}

/** Old and new beside each other, as disposable copies under the same isolation; nothing of the user's is written. */
export interface Rehearsal {
  /** `cannot-tell`: the old one fails in a copy, too, or no copy could be made. Never a pass. */
  readonly outcome: 'holds' | 'breaks' | 'cannot-tell';
  readonly rows: readonly Compared[];
  /** What became of the plan's findings; absent where it did not come so far. */
  readonly findings?: readonly Shown[];
  readonly breakage?: Breakage;
  /** Why it can't be told. */
  readonly why?: Text;
  /** What copies can't show, in sentences ("your own --check runs on the real service only"). */
  readonly untried: readonly Text[];
  /** What building the unmodified files gives beside what runs: no part of the fix, and not blamed on it. */
  readonly drift?: readonly { readonly service: string; readonly brings: readonly Text[] }[];
  readonly buildMs: number;
  readonly ms: number;
  /** From the start of the copies until they answered alike; absent where they did not. */
  readonly readyMs?: number;
}
