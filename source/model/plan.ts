import type { Change } from './change.ts';
import type { Finding, Severity } from './finding.ts';
import type { Proof } from './proof.ts';
import type { Secret } from './secret.ts';
import type { Text } from './text.ts';

/** One decision: this finding, this way out, these answers. What a saved plan holds; never argv. */
export interface Choice {
  readonly finding: string;
  readonly risk: string;
  readonly fix: string;
}

export interface Step {
  /** 1-based, as shown. */
  readonly number: number;
  readonly change: Change;
  /** Ids of the findings it serves. */
  readonly because: readonly string[];
  /** It can be left out while those stay chosen, and this is what follows from it. */
  readonly alone?: Text;
}

export interface Owed {
  readonly finding: string;
  readonly proofs: readonly Proof[];
  /** What looking at the new process can't tell. */
  readonly unsure?: Text;
  /** What it needs of its volumes it mends by itself at every start, on whatever machine. */
  readonly mends?: true;
  /** The fix is the first of two runs: the risk is left on purpose, and this is what is due next. */
  readonly due?: Text;
}

/** What one choice has to do with services and with the other choices: what goes when it goes. */
export interface Tie {
  readonly finding: string;
  /** Services that it builds or starts anew. */
  readonly services: readonly string[];
  /** Findings whose fix it can't do without. */
  readonly needs: readonly string[];
  /** A port inside that its fix moves, in every file that names it. */
  readonly moves?: { readonly from: number; readonly to: number };
}

export interface Plan {
  readonly version: 1;
  readonly root: string;
  readonly name: string;
  /** The daemon's ID the plan was made for. */
  readonly daemon?: string;
  readonly choices: readonly Choice[];
  readonly steps: readonly Step[];
  /** Steps that were left out by themselves. The others keep their numbers, so a number is missing there. */
  readonly dropped?: readonly Step[];
  readonly owed: readonly Owed[];
  /** Values that it moves, wrapped: only its files and the journal's steps hold them in clear text. */
  readonly moves?: readonly Secret[];
  /** Findings chosen, kept whole for the screens and the journal. */
  readonly findings: readonly Finding[];
  /** Which steps need each other, and why. */
  readonly joins: readonly { readonly steps: readonly number[]; readonly because: Text }[];
  /** One for each choice; absent in journals of older versions. */
  readonly ties?: readonly Tie[];
  /** Choices that could not be planned, and why. */
  readonly refused: readonly { readonly choice: Choice; readonly reason: Text }[];
  /** Findings on the previewed texts: what will be gone, what stays, what would be new. */
  readonly foreseen: { readonly gone: readonly string[]; readonly left: readonly string[]; readonly fresh: readonly { readonly severity: Severity; readonly title: Text }[] };
}
