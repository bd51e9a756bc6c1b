import type { Text } from './text.ts';

/** What a fix owes: facts to be seen on the processes that run afterwards. Plain data, read by engine/witness. */
export type Proof =
  | { readonly kind: 'not-root'; readonly service: string; readonly uid?: number }
  | { readonly kind: 'no-root-port'; readonly service: string; readonly port?: number }
  | { readonly kind: 'serializers'; readonly service: string; readonly accept: readonly string[] }
  | { readonly kind: 'reach'; readonly service: string; readonly port: number; readonly published: 'loopback' | 'no'; readonly outside: readonly number[] }
  | { readonly kind: 'socket'; readonly service: string; readonly path: string; readonly mode: number; readonly peer?: number };

export type Outcome = 'gone' | 'left' | 'cannot-tell';

/** gone / left / cannot tell, with the proof seen. */
export interface Verdict {
  readonly finding: string;
  readonly risk: string;
  readonly title: Text;
  readonly outcome: Outcome;
  readonly proof: Text;
  /** Left on purpose: the second run of a fix in two steps is due. */
  readonly due?: boolean;
}

/** A fact about the app that must be the same after as before: an answer, a health status, a listening port. */
export interface Vital {
  readonly service: string;
  readonly what: string;
  /** Inside port of a published one: the engine may pick another port outside, and a fix may close it on purpose. */
  readonly inside?: number;
  readonly before: string;
  readonly after?: string;
  readonly result?: 'same' | 'WORSE' | 'cannot-tell';
}
