import type { ByHand } from '../model/change.ts';
import type { Choice, Plan, Step } from '../model/plan.ts';
import type { Finding } from '../model/finding.ts';
import type { Verified } from '../model/held.ts';
import type { AppEditors, Elsewhere, Machine } from '../model/machine.ts';
import type { Compared, Rehearsal } from '../model/rehearsal.ts';
import type { Proposal, Safety } from '../model/risk.ts';
import type { Secret } from '../model/secret.ts';
import type { Text } from '../model/text.ts';
import type { Verdict, Vital } from '../model/proof.ts';
import type { Orders } from '../system/watchman.ts';
import type { Undrained } from './drained.ts';
import type { Explained } from './explained.ts';
import type { Kept } from './forget.ts';
import type { LeastEvent, Sought } from './least/index.ts';
import type { Repository } from './repository.ts';
import type { Since } from './since.ts';
import type { Leftover, Leftovers } from './leftovers.ts';
import type { Walk } from './tell-back.ts';
import type { Unwell } from './unwell.ts';
import type { Check } from './watch.ts';

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
  /** Of a new file, where it is written with another mode than the two that git has a word for: the patch says 100644. */
  readonly mode?: number;
  /** Values that are moved by it: a line with one of them is withheld, whatever its name says. */
  readonly secrets?: readonly Secret[];
  readonly added: number;
  readonly removed: number;
}

export interface Preview {
  readonly diffs: readonly FileDiff[];
  readonly commands: readonly (readonly string[])[];
  /** How its files stand in git, where they lie in a repository. */
  readonly repository?: Repository;
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
  /** Refused because it is for another kind of thing altogether. */
  readonly beside?: true;
  readonly proposal?: Proposal;
  /** Diff of this way alone. */
  readonly diffs: readonly FileDiff[];
  /** By-hand ways: the words. */
  readonly words: Text;
}

/** Everything that happens while a plan is applied or taken back. */
export type Event =
  | { readonly kind: 'command'; readonly argv: readonly string[] }
  /** `left`: it went back, all but what somebody changed since. */
  | { readonly kind: 'step'; readonly step: number; readonly state: 'running' | 'done' | 'left' | 'failed'; readonly ms: number; readonly text?: Text; readonly walk?: Walk }
  | { readonly kind: 'line'; readonly step: number; readonly line: string }
  | { readonly kind: 'phase'; readonly phase: 'vitals-before' | 'steps' | 'watching' | 'proving' | 'taking-back' | 'ended'; readonly text?: Text }
  | { readonly kind: 'vital'; readonly vital: Vital }
  | { readonly kind: 'verdict'; readonly verdict: Verdict }
  /** A rehearsal is at this part of its way; its own steps are none of the plan's. */
  | { readonly kind: 'rehearsal'; readonly phase: RehearsalPhase; readonly text?: Text }
  /** One fact was compared in both copies; the same fact once more replaces it. */
  | { readonly kind: 'compared'; readonly row: Compared };

export type RehearsalPhase = 'building' | 'raising' | 'comparing' | 'removing';

export type Ending = 'applied' | 'taken-back' | 'nothing-started' | 'interrupted';

export interface Result {
  readonly run: string;
  readonly ending: Ending;
  /** 0 · 2 · 3 · 130, as DECISIONS.md has it for `fix --yes`. */
  readonly exitCode: number;
  readonly verdicts: readonly Verdict[];
  /** Findings that nobody chose and that are gone with the others. */
  readonly along?: readonly Verdict[];
  readonly vitals: readonly Vital[];
  /** Why it was taken back: the sentence, and the lines of log that explain it. */
  readonly failure?: Explained & { readonly what: Text; readonly log: readonly string[]; readonly step?: number; /** Not the plan's doing: the disk, the rights, the engine. */ readonly outside?: true };
  /** Milliseconds that each replaced service did not answer. */
  readonly away: Readonly<Record<string, number>>;
  /** A step could not go back; `undo` of the same run tries again. */
  readonly stuck?: boolean;
  /** Names of what undo left as it is, because somebody changed or uses it since. */
  readonly stays?: readonly Text[];
  /** Names of what somebody made since and undo kept beside what came back. */
  readonly aside?: readonly Text[];
  /** What another undo goes on with. */
  readonly rest?: Staying;
  /** Services that do not answer as before, though all is back. */
  readonly unwell?: readonly Unwell[];
  /** What undo leaves to a person: a program to start again that nobody else can start. */
  readonly hand?: readonly ByHand[];
  /** What undo could not take back, in sentences. */
  readonly remarks: readonly Text[];
}

/** A file whose lines were edited since, an account that was in use. */
export interface Staying {
  readonly names: readonly Text[];
  /** Those of them that are files. */
  readonly files: readonly string[];
  /** Findings that did not come back for it, as far as anybody can tell. */
  readonly findings: readonly string[];
  /** What the next undo of this run walks. */
  readonly steps: readonly Step[];
}

export interface RunSummary {
  readonly run: string;
  readonly root: string;
  readonly name: string;
  /** ISO 8601. */
  readonly at: string;
  /** `cut-off`: the process died, and its watchman took the run back. */
  readonly ending: Ending | 'undone' | 'cut-off' | 'unfinished';
  /** Pid of the process that is at it right now: the run itself, or who takes it back. */
  readonly by?: string;
  /** Why the watchman could not take it back. */
  readonly tried?: Text;
  readonly plan: Plan;
  readonly verdicts: readonly Verdict[];
  /** Findings that nobody chose and that were gone with the others. */
  readonly along?: readonly Verdict[];
  /** Milliseconds that each service was away when it was applied: about as long as it will be when it goes back. */
  readonly away?: Result['away'];
  /** A part of it was taken back: which findings came back by that, and what of the plan stands. */
  readonly part?: { readonly gone: readonly string[]; readonly stands: Plan };
  /** What an undo left: another one goes on with it. */
  readonly rest?: Staying;
  /** Services that did not answer as before when it was undone. */
  readonly unwell?: readonly Unwell[];
  /** Nothing can be taken back or verified there: a demo that was removed, or a folder that was moved. */
  readonly folderGone?: boolean;
}

/** What an edge wants of a rehearsal beside what is always asked. */
export interface RehearsalWish {
  /** The person's own: asked in both copies. */
  readonly own?: readonly Check[];
  /** Nobody watches: where a rebuild brings more than the fix, a Stop says so before any copy is made. */
  readonly refuseDrift?: boolean;
}

/**
 * The loop as an edge (tui/, report/, cli) sees it. Everything is asked of one machine that was inspected once;
 * `inspect` again gives a new picture.
 */
export interface Session {
  inspect(onProgress?: (progress: Progress) => void): Promise<Machine>;
  /** Calls made by the last `inspect`, or so far by one under way: method and path. */
  calls?(): readonly (readonly string[])[];
  diagnose(machine: Machine): readonly Finding[];
  /** What is not this project's, looked at because it was asked for: its findings, none of which is offered for change. */
  beyond?(machine: Machine, kind: Elsewhere['kind']): Promise<readonly Finding[]>;
  /** Keeps the answer to the one question about this project, and gives the machine with it: diagnose it again. */
  answer?(machine: Machine, appEditors: AppEditors): Promise<Machine>;
  /** Writes the project's own .harden-tui.yaml where it still is what was shown, and gives the machine with it; absent where no file is read. */
  writeConfig?(machine: Machine, before: string | undefined, after: string | undefined): Promise<Machine>;
  /** Ways out in the order of the README, computed when asked for. */
  offers(machine: Machine, finding: Finding): Promise<readonly Offer[]>;
  /** `without`: keys of steps that are left out by themselves (engine/dropped.ts). */
  plan(machine: Machine, choices: readonly Choice[], without?: readonly string[]): Promise<Plan>;
  /** Choices of a plan that would lose messages which wait in a broker: it is asked what waits there. */
  undrained?(machine: Machine, plan: Plan): Promise<readonly Undrained[]>;
  preview(plan: Plan): Promise<Preview>;
  /** One line for a step of the plan ("edit", "Dockerfile", "user 10001", "+5 -2"). */
  tell(step: Step): Text;
  /**
   * Old and new side by side as disposable copies; nothing of the user's is written. Undefined where nothing of the plan
   * runs in a container. An interrupted one takes its copies away and then throws a Stop.
   */
  rehearse?(plan: Plan, onEvent: (event: Event) => void, interrupt?: AbortSignal, wish?: RehearsalWish): Promise<Rehearsal | undefined>;
  /**
   * Finds by trials on disposable copies what services hold without; the machine comes back with what was seen, for the
   * ways out that read it. Ended by `interrupt`, it takes its copies away and then throws a Stop.
   */
  leastPrivilege?(machine: Machine, sought: readonly Sought[], onTrial: (event: LeastEvent) => void, interrupt?: AbortSignal): Promise<Machine>;
  apply(plan: Plan, onEvent: (event: Event) => void, interrupt?: AbortSignal): Promise<Result>;
  history(): Promise<readonly RunSummary[]>;
  /** All of it, or `step` with whatever can't stand without it (engine/part.ts). */
  undo(run: string, onEvent: (event: Event) => void, step?: number): Promise<Result>;
  /** The watchman's part, once the process that it stands for has died. */
  takeOver?(orders: Orders): Promise<void>;
  /** The commands of that undo, by its very deeds on paper; nothing is run. */
  undoOnPaper?(run: string, step?: number): Promise<readonly (readonly string[])[]>;
  /** Proves an old run again on what runs now; writes nothing. */
  verify(run: string): Promise<Verified>;
  /** What changed since of what undo would bring back; changes nothing. */
  since?(run: string): Promise<Since | undefined>;
  /** What lies here for the undo of a run, and what `forget` releases. */
  kept(run: string): Promise<Kept>;
  forget(run: string): Promise<Kept>;
  /** What processes of ours that died have left behind, and kept images that no run here names. */
  leftovers(): Promise<Leftovers>;
  /** Takes away what was left; what could not be, and why. */
  clear(left: readonly Leftover[]): Promise<readonly Text[]>;
  /** Releases a kept image that no run here names, by its tag. */
  release(tag: string): Promise<void>;
}
