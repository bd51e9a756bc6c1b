import type { Written } from '../engine/ignore.ts';
import type { Event, Offer, Preview, Progress, Result, RunSummary } from '../engine/session.ts';
import type { Since } from '../engine/since.ts';
import type { Ignore } from '../engine/suppress.ts';
import type { Finding } from '../model/finding.ts';
import type { Elsewhere, Machine } from '../model/machine.ts';
import type { Choice, Plan } from '../model/plan.ts';
import type { Lang, Text } from '../model/text.ts';
import type { AwayBefore } from '../report/away-for.ts';
import { projectsOf, type Project } from '../engine/projects.ts';
import type { Page } from './pages.ts';
import type { Rehearsing } from './rehearsing.ts';
import type { History } from './screens/history/state.ts';
import type { Screen } from './screens/screen.ts';
import type { Suggest } from './spoken.ts';
import type { Ground } from './theme.ts';
import type { Searching } from './trials.ts';

/** What the wizard was started with; it never changes. */
export interface Given {
  readonly lang: Lang;
  readonly dryRun: boolean;
  readonly path: string;
  readonly ascii: boolean;
  readonly colour: boolean;
  /** Asked of the terminal: on a bright ground other colours can be read. */
  readonly ground?: Ground;
  /** Sentences in place of pictures: for a screen reader key by key, or line by line where a terminal can do no more. */
  readonly linear?: 'reader' | 'lines';
  /** The wheel scrolls; without it the terminal keeps the mouse to itself. */
  readonly mouse?: boolean;
  /** A Docker on another machine may be changed. */
  readonly allowRemote: boolean;
  /** Docker is not asked. */
  readonly noDocker?: boolean;
  readonly firstTime: boolean;
  /** What is looked for, by name: shown where nothing was found. */
  readonly checked: readonly Text[];
  /** On a copy that is removed when the wizard is left, and the way back with it. */
  readonly demo?: boolean;
  /** Commands in a sentence, as they can be pasted where this was started. */
  readonly suggest?: Suggest;
  readonly can: { readonly edit: boolean; readonly calls: boolean; readonly rehearse?: boolean; readonly answer?: boolean; readonly least?: boolean; readonly ignore?: boolean; readonly report?: boolean; readonly beyond?: boolean };
  explain(risk: string): Text | undefined;
}

/** What is known of the machine: lines fill in as they come, findings when all was seen. */
export interface Looking {
  readonly progress: readonly Progress[];
  readonly machine?: Machine;
  /** Those of the chosen project, where there are several. */
  readonly findings: readonly Finding[];
  /** Those of all of them, where only some are shown. */
  readonly all?: readonly Finding[];
  /** Findings about what is not this project's, where a look at it was asked for. */
  readonly beyond?: ReadonlyMap<Elsewhere['kind'], readonly Finding[] | 'asked'>;
}

export type Decision =
  | { readonly kind: 'fix'; readonly fix: string }
  | { readonly kind: 'skip' }
  /** Its lines stand in the project's .harden-tui.yaml as `written` says; a dry run writes none. */
  | { readonly kind: 'ignore'; readonly entries: readonly Ignore[]; readonly written?: Written; /** The others of its row: the same lines hold for them. */ readonly also?: readonly string[] };

/** What stood before a decision: the last one can be taken back. */
export interface Before {
  readonly decisions: ReadonlyMap<string, Decision | undefined>;
  /** Steps that were left out by themselves, where one of the plan's was dropped or put back. */
  readonly without?: readonly string[];
}

/** One way is to be chosen for every finding like it, as soon as the ways of all of them are known. */
export interface Spread {
  readonly finding: string;
  readonly fix: string;
  readonly alike: readonly string[];
}

/** The plan being made, or made. */
export interface Draft {
  readonly choices: readonly Choice[];
  readonly plan?: Plan;
  readonly preview?: Preview;
  /** One line for each step, in the order of the steps. */
  readonly tells: readonly Text[];
  /** How long the services of it were away before, in a run of this project. */
  readonly away?: AwayBefore;
  /** It is rehearsed as soon as it is made: a way on of the last rehearsal led here. */
  readonly thenRehearse?: true;
}

export type Phase = Extract<Event, { kind: 'phase' }>['phase'];

export interface StepState {
  readonly state: 'running' | 'done' | 'left' | 'failed';
  /** When it began, on the wizard's clock: the running step shows its time. */
  readonly since: number;
  readonly ms: number;
  readonly text?: Text;
}

export interface LogLine {
  readonly kind: 'command' | 'line';
  readonly text: string;
}

/** Something under way: a plan applied, or a run taken back. */
export interface Run {
  readonly plan: Plan;
  readonly phase?: Phase;
  /** When the phase began, on the wizard's clock. */
  readonly phaseSince: number;
  /** How long the new processes have been asked so far. */
  readonly checkedMs?: number;
  readonly steps: ReadonlyMap<number, StepState>;
  /** Steps that are being taken back, or were. */
  readonly back: ReadonlyMap<number, StepState>;
  readonly log: readonly LogLine[];
  readonly commands: readonly (readonly string[])[];
  /** Ctrl-C was pressed: the step that runs is finished, then all is taken back. */
  readonly stopping: boolean;
  readonly result?: Result;
}

export const newRun = (plan: Plan): Run => ({ plan, phaseSince: 0, steps: new Map(), back: new Map(), log: [], commands: [], stopping: false });

export interface Wizard {
  readonly given: Given;
  readonly size: { readonly columns: number; readonly rows: number };
  /** The way here; the last one is shown. Never empty. */
  readonly stack: readonly Screen[];
  /** Screens that esc left, as they were: nothing is lost by going back. */
  readonly kept: ReadonlyMap<string, Screen>;
  readonly looking: Looking;
  /** Which of several compose projects it is about, by its folder; without one, all of them. */
  readonly project?: { readonly folder?: string };
  readonly offers: ReadonlyMap<string, readonly Offer[] | 'asked'>;
  readonly decisions: ReadonlyMap<string, Decision>;
  readonly past: readonly Before[];
  readonly spread?: Spread;
  readonly draft?: Draft;
  /** Of the draft's plan, or of one that was made before it. */
  readonly rehearsal?: Rehearsing;
  /** What the person wants tried, too: in every rehearsal from then on. */
  readonly own?: readonly string[];
  /** The last search for what a service can do without. */
  readonly search?: Searching;
  /** Steps that are left out of the plan while their findings stay chosen, by their keys. */
  readonly without?: readonly string[];
  /** What was taken out of a plan again: where its absence breaks something it can be put back. */
  readonly dropped?: ReadonlyMap<string, Decision>;
  readonly applied?: Run;
  readonly undoing?: Run;
  /** The last thing that came to its end: what the exit code and the last words are about. */
  readonly ended?: { readonly kind: 'apply' | 'undo'; readonly run: Run; readonly result: Result };
  /** The run that undo is about; 'none' where there is no such run. */
  readonly summary?: RunSummary | 'none';
  /** What changed since of what that run would bring back, once it was asked. */
  readonly since?: { readonly run: string; readonly found: Since };
  /** The commands that taking that run back would run, once they are known. */
  readonly toCome?: { readonly run: string; readonly commands: readonly (readonly string[])[] };
  /** Runs of before, once they were looked up. */
  readonly history?: History;
  /** Calls made while looking, when the session counts them. */
  readonly calls: readonly (readonly string[])[];
  /** One sentence on the last row of the screen, until the next key. */
  readonly notice?: string;
  /** The one question about the project was asked; once is enough, whatever was answered. */
  readonly questioned?: boolean;
  readonly asksToQuit: boolean;
  /** `w` was pressed, and where it would be written stands there: enter writes it. */
  readonly asksToWrite?: Page;
  /** Over: the exit code. */
  readonly left?: number;
  /** A signal or ctrl-c came while something had to end first; then the wizard leaves with this. */
  readonly leaveWith?: number;
}

export function begin(given: Given, size: Wizard['size'], first: Screen): Wizard {
  return {
    given, size, stack: [first], kept: new Map(), looking: { progress: [], findings: [] },
    offers: new Map(), decisions: new Map(), past: [], calls: [], asksToQuit: false,
  };
}

/** The one of several that was chosen, as it stands now. */
export const chosenProject = ({ project, looking: { machine } }: Wizard): Project | undefined =>
  machine && projectsOf(machine).find((one) => one.folder === project?.folder);

export const shown = (wizard: Wizard): Screen => wizard.stack.at(-1)!;

/** What the screens call the project. Of several the folder's name stands for all of them. */
export function projectName(wizard: Wizard): string {
  const { machine } = wizard.looking;
  const folder = (machine?.root ?? wizard.given.path).split('/').filter(Boolean).at(-1) ?? wizard.given.path;
  if (machine && projectsOf(machine).length > 1) return chosenProject(wizard)?.name ?? folder;
  return machine?.name ?? wizard.draft?.plan?.name ?? folder;
}

export const findingOf = (wizard: Wizard, id: string): Finding | undefined => wizard.looking.findings.find((finding) => finding.id === id);

export function offersOf(wizard: Wizard, id: string): readonly Offer[] | undefined {
  const offers = wizard.offers.get(id);
  if (offers === undefined || offers === 'asked') return undefined;
  // What is for another kind of thing altogether is no way out of this; all of them, where there is nothing else to show.
  const here = offers.filter((offer) => offer.beside === undefined);
  return here.length > 0 ? here : offers;
}

export function choicesOf(wizard: Wizard): readonly Choice[] {
  return wizard.looking.findings.flatMap((finding) => {
    const decision = wizard.decisions.get(finding.id);
    return decision?.kind === 'fix' ? [{ finding: finding.id, risk: finding.risk, fix: decision.fix }] : [];
  });
}
