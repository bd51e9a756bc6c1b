import type { Text } from './text.ts';

/** A folder that a root file system without writes leaves writable: in memory, or in a volume. */
export interface Place {
  readonly path: string;
  /** Data that has to outlive a start: memory would lose it. */
  readonly keeps?: true;
  /** Whose it is, where that is not root. */
  readonly uid?: number;
  readonly gid?: number;
}

/** One copy that was started with less, and what became of it. */
export interface Trial {
  /** In the words of compose: `cap_drop: ALL, cap_add: CHOWN`. */
  readonly given: string;
  readonly outcome: 'holds' | 'breaks' | 'cannot-tell';
  /** The lines of its log that explain an end. */
  readonly log: readonly string[];
  readonly why?: Text;
  readonly ms: number;
}

/** What a search by trials came to: what is needed, or why nobody can say. */
export type Found<T> =
  | { readonly needs: readonly T[]; /** Every single one was tried without, and missed. */ readonly minimal: boolean; readonly trials: readonly Trial[] }
  | { readonly refused: Text; readonly trials: readonly Trial[] };

/** The least that a service was seen to hold with, in disposable copies. */
export interface Least {
  /** Names without `CAP_`, beside those that its own `cap_add` gives by name. */
  readonly capabilities?: Found<string>;
  readonly writable?: Found<Place>;
}
