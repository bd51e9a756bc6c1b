import type { Choice, Plan, Step } from '../model/plan.ts';
import type { Finding } from '../model/finding.ts';
import type { Verified } from '../model/held.ts';
import type { Machine } from '../model/machine.ts';
import type { Proposal, Safety } from '../model/risk.ts';
import type { Secret } from '../model/secret.ts';
import type { Text } from '../model/text.ts';
import type { Verdict, Vital } from '../model/proof.ts';
import type { Kept } from './forget.ts';
import type { Walk } from './tell-back.ts';

/** One source of the inspection as it comes in; the first screen has a line for each. */
export interface Progress {
  readonly source: 'docker' | 'project' | 'files' | 'processes' | 'join';
  readonly state: 'running' | 'done' | 'absent';
  /** What was found ("compose.yaml: 5 services, 5 running"). */
  readonly text: Text;
  readonly ms: number;
}

/** A file as it would be: unified diff with `diff --git` headers and modes, as `git apply` takes it. */
export interface FileDiff {
  readonly path: string;
  /** It lies outside the project, by its absolute path: nothing for git, and confirmed by itself. */
  readonly outside?: boolean;
  readonly patch: string;
  /** Values that are moved by it: a line with one of them is withheld, whatever its name says. */
  readonly secrets?: readonly Secret[];
  readonly added: number;
  readonly removed: number;
}

export interface Preview {
  readonly diffs: readonly FileDiff[];
  readonly commands: readonly (readonly string[])[];
}

/** One way out of a finding, as the screen offers it. */
export interface Offer {
  readonly fix: string;
  readonly title: Text;
  /** Its one price, from the heading's paragraph in the risk's README. */
  readonly price: Text;
  readonly safety: Safety;
  readonly recommended: boolean;
  /** Why it is recommended here. */
  readonly because?: Text;
  /** Why it can't be done here; it can then be read but not chosen. */
  readonly refused?: Text;
  readonly proposal?: Proposal;
  /** Diff of this way alone. */
  readonly diffs: readonly FileDiff[];
  /** By-hand ways: the words. */
  readonly words: Text;
}

/** Everything that happens while a plan is applied or taken back. */
export type Event =
  | { readonly kind: 'command'; readonly argv: readonly string[] }
  | { readonly kind: 'step'; readonly step: number; readonly state: 'running' | 'done' | 'failed'; readonly ms: number; readonly text?: Text; readonly walk?: Walk }
  | { readonly kind: 'line'; readonly step: number; readonly line: string }
  | { readonly kind: 'phase'; readonly phase: 'vitals-before' | 'steps' | 'watching' | 'proving' | 'taking-back' | 'ended'; readonly text?: Text }
  | { readonly kind: 'vital'; readonly vital: Vital }
  | { readonly kind: 'verdict'; readonly verdict: Verdict };

export type Ending = 'applied' | 'taken-back' | 'nothing-started' | 'interrupted';

export interface Result {
  readonly run: string;
  readonly ending: Ending;
  /** 0 · 2 · 3 · 130, as DECISIONS.md has it for `fix --yes`. */
  readonly exitCode: number;
  readonly verdicts: readonly Verdict[];
  readonly vitals: readonly Vital[];
  /** Why it was taken back: the sentence, and the lines of log that explain it. */
  readonly failure?: { readonly what: Text; readonly log: readonly string[]; readonly step?: number };
  /** Milliseconds that each replaced service did not answer. */
  readonly away: Readonly<Record<string, number>>;
  /** A step could not go back; `undo` of the same run tries again. */
  readonly stuck?: boolean;
  /** What undo could not take back, in sentences. */
  readonly remarks: readonly Text[];
}

export interface RunSummary {
  readonly run: string;
  readonly root: string;
  readonly name: string;
  /** ISO 8601. */
  readonly at: string;
  readonly ending: Ending | 'undone' | 'unfinished';
  readonly plan: Plan;
  readonly verdicts: readonly Verdict[];
  /** Nothing can be taken back or verified there: a demo that was removed, or a folder that was moved. */
  readonly folderGone?: boolean;
}

/**
 * The loop as an edge (tui/, report/, cli) sees it. Everything is asked of one machine that was inspected once;
 * `inspect` again gives a new picture.
 */
export interface Session {
  inspect(onProgress?: (progress: Progress) => void): Promise<Machine>;
  diagnose(machine: Machine): readonly Finding[];
  /** Ways out in the order of the README, computed when asked for. */
  offers(machine: Machine, finding: Finding): Promise<readonly Offer[]>;
  plan(machine: Machine, choices: readonly Choice[]): Promise<Plan>;
  preview(plan: Plan): Promise<Preview>;
  /** One line for a step of the plan ("edit", "Dockerfile", "user 10001", "+5 -2"). */
  tell(step: Step): Text;
  apply(plan: Plan, onEvent: (event: Event) => void, interrupt?: AbortSignal): Promise<Result>;
  history(): Promise<readonly RunSummary[]>;
  undo(run: string, onEvent: (event: Event) => void): Promise<Result>;
  /** Proves an old run again on what runs now; writes nothing. */
  verify(run: string): Promise<Verified>;
  /** What lies here for the undo of a run, and what `forget` releases. */
  kept(run: string): Promise<Kept>;
  forget(run: string): Promise<Kept>;
}
