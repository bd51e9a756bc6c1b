import type { Change, Confine, Remap } from './change.ts';
import type { Finding, Severity } from './finding.ts';
import type { Machine } from './machine.ts';
import type { Proof } from './proof.ts';
import type { Secret } from './secret.ts';
import type { Lang, Text } from './text.ts';

/** safe: cannot change what a running process can do · review: the loop verifies it · by-hand: words, no changes. */
export type Safety = 'safe' | 'review' | 'by-hand';

export interface Refusal {
  readonly refused: Text;
  /** It is for another kind of thing altogether (a unit, a pulled image): not a way that fails here, but none of this place's. */
  readonly beside?: true;
}
export const refuse = (reason: Text): Refusal => ({ refused: reason });
export const beside = (reason: Text): Refusal => ({ refused: reason, beside: true });
export const isRefusal = (x: object): x is Refusal => 'refused' in x;

/** What a fix wants done. Nothing happens until the planner has joined it with the others. */
export interface Proposal {
  readonly changes: readonly Change[];
  /** Its name and its lesson for this project, where they can be closer than those of the README. */
  readonly title?: Text;
  readonly lesson?: Text;
  /** Its price as it is here; `free` where nothing of the README's is to be paid here. */
  readonly price?: Text;
  readonly free?: true;
  /** The price is what another risk's way does anyway ("It will"): that finding is named beside it. */
  readonly paid?: { readonly risk: string; readonly words: Text };
  /** Places that the price is about, as they were found here ("1 call", its line, its words). */
  readonly costs?: readonly { readonly label: Text; readonly place: string; readonly text: Text }[];
  /** What it leaves open, and whose finding that is. */
  readonly leaves?: { readonly text: Text; readonly risk: string };
  /** What of the project is fine with it already, in one sentence. */
  readonly fits?: Text;
  /** Services whose image must be built again, and services whose containers must be replaced. */
  readonly rebuild: readonly string[];
  readonly replace: readonly string[];
  readonly proofs: readonly Proof[];
  /** Values that it takes from one file into another: a diff's lines with them are not for everybody's eyes. */
  readonly moves?: readonly Secret[];
  /** Set by the first of two runs (`drain-first`): the risk stays for now, and this is what is due next. */
  readonly due?: Text;
  /** What nobody can tell by looking at the new process, and how it would show. */
  readonly unsure?: Text;
  /** Mappings that change. Those of plain containers are made anew by it; compose has them in its file, and there it says which port is meant by then. */
  readonly remap?: readonly (Remap & { readonly service: string })[];
  /** The same for what they are held to. */
  readonly confine?: readonly (Confine & { readonly service: string })[];
  /** Another risk's finding that must be fixed together with this one (`keep-port` needs a user that is not root). */
  readonly needs?: readonly { readonly risk: string; readonly service: string; readonly because: Text; /** Only this way of it will do. */ readonly fix?: string }[];
  /** Ways of other risks that can't stand beside this one (`setcap` and `no-new-privileges`): of two that were chosen, the milder finding's is refused. */
  readonly excludes?: readonly { readonly risk: string; readonly service: string; readonly because: Text; /** Only this way of it is meant. */ readonly fix?: string }[];
  /** Findings of other risks that it ends as well: of a way chosen for one of them only the proofs are left to owe. */
  readonly settles?: readonly { readonly risk: string; readonly service: string; readonly because: Text }[];
  /** Whoever's its volumes are: it hands them over by itself whenever it starts. */
  readonly mends?: true;
  /** "What comes along": seen here, for this project. The label is a path or a name as it is, or words. */
  readonly along?: readonly { readonly label: string | Text; readonly text: Text }[];
}

export interface Fix {
  readonly id: string;
  readonly safety: Safety;
  /** False where no machine of ours can show it. */
  readonly proven: boolean;
  /** Proposed for the users that the rest of the plan gives the services (`Machine.becomes`): a folder in memory has to be its user's own. */
  readonly heedsUsers?: true;
  /** Undefined when the fix does not apply here; the reason is shown beside it. */
  propose(finding: Finding, machine: Machine): Proposal | Refusal;
}

export interface Risk {
  readonly id: string;
  readonly severity: Severity;
  readonly technologies: readonly string[];
  /** Ids that the same risk has elsewhere (CIS 4.1, DL3002 …): only those whose meaning we cover. */
  readonly equivalents: readonly string[];
  readonly readme: Readonly<Record<Lang, string>>;
  detect(machine: Machine): readonly Finding[];
  readonly fixes: readonly Fix[];
  /** The way out recommended here, and why here; by default the first that applies and is not by hand. */
  recommend?(finding: Finding, machine: Machine): { readonly fix: string; readonly because: Text } | undefined;
}
