import type { Text } from './text.ts';

/** What became of something that a run did or proved, looked at again later. */
export type Held = 'holds' | 'drifted' | 'cannot-tell';

/** Something that is not as the run left it. It may well hold all the same: a container that was only started again. */
export interface Trace {
  readonly held: Held;
  readonly what: Text;
  readonly step?: number;
  /** The file it is about, relative to the root. */
  readonly file?: string;
  /** The moment that the system remembers, and what happened then. What drifted may have drifted before. */
  readonly when?: { readonly is: 'written' | 'started'; readonly at: string };
}

/** One finding of the run, proven again on what runs now. */
export interface HeldProof {
  readonly finding: string;
  readonly risk: string;
  readonly title: Text;
  readonly held: Held;
  readonly proof: Text;
  /** A container that shows it now was started then, and so it is as it is since then at the latest. */
  readonly latest?: { readonly container: string; readonly at: string };
}

/** An old run, proven again. Nothing is written. */
export interface Verified {
  readonly run: string;
  readonly name: string;
  readonly root: string;
  /** When it was last known to hold: what drifted did so after this. */
  readonly provenAt: string;
  readonly proofs: readonly HeldProof[];
  readonly traces: readonly Trace[];
  /** Nothing of it was ever proven: the files alone were written. */
  readonly filesOnly: boolean;
  /** Choices of the run that were taken back since, as a part of it: nothing is asked of them. */
  readonly undone?: readonly { readonly finding: string; readonly risk: string; readonly fix: string }[];
  /** 0: everything holds. 3: something drifted, or cannot be told. */
  readonly exitCode: 0 | 3;
}
