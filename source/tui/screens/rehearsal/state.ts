import { whatBecame } from '../../../engine/rehearse/became.ts';
import type { Compared, Rehearsal } from '../../../model/rehearsal.ts';
import { isUnderWay, type Rehearsing } from '../../rehearsing.ts';
import type { Page } from '../../scroll.ts';
import type { View } from '../../view.ts';
import type { Wizard } from '../../wizard.ts';

export interface RehearsalScreen extends Page {
  readonly name: 'rehearsal';
  /** The highlighted way on, where it breaks. */
  readonly here: number;
  /** Every row in full instead of the outcome: the first line in sight of that. */
  readonly full?: number;
  /** The whole log instead of the outcome. */
  readonly whole: boolean;
  /** First row of the whole log; its end while undefined. */
  readonly log?: number;
  /** What is typed on the last line; undefined while that is not open. */
  readonly typed?: string;
  /** Something of one's own that is to be tried, while it is typed. */
  readonly own?: string;
}

export const rehearsalScreen: RehearsalScreen = { name: 'rehearsal', top: 0, here: 0, whole: false };

/** The rehearsal of the plan as it stands; one of another plan proves nothing about this. */
export function rehearsalOf(wizard: Wizard): Rehearsing | undefined {
  const { rehearsal, draft } = wizard;
  return rehearsal !== undefined && rehearsal.plan === draft?.plan ? rehearsal : undefined;
}

/** It ended, and nothing in it forbids to go on. */
export const mayGoOn = (wizard: Wizard): boolean => {
  const outcome = isUnderWay(wizard.rehearsal) ? undefined : rehearsalOf(wizard)?.result?.outcome;
  return outcome === 'holds' || outcome === 'cannot-tell';
};

export interface Counts {
  readonly gone: number;
  readonly left: number;
  readonly same: number;
  readonly worse: number;
  readonly unknown: number;
}

export function countsOf(rows: readonly Compared[]): Counts {
  const of = (result: Compared['result']): number => rows.filter((row) => row.result === result).length;
  return { gone: of('gone'), left: of('left'), same: of('same'), worse: of('WORSE'), unknown: of('cannot-tell') };
}

/** That it holds, with its counts, and what became of the plan's findings: rows alone would be taken for those. */
export function holdsSaid(result: Rehearsal, { words, say }: View): string {
  const { gone, left, same, worse } = countsOf(result.rows);
  const became = whatBecame(result.findings);
  return words.findings.sentences([words.rehearsal.holds(words.rehearsal.counts(gone, left, same, worse), result.ms, result.buildMs), ...(became ? [say(became)] : [])]);
}

/** What was promised and is not so, or was so and is not any more. */
const isBad = (row: Compared): boolean => row.result === 'WORSE' || row.result === 'left';

/** Services that are replaced, in the project's own order. */
export function orderOf({ looking: { machine }, draft }: Wizard): readonly string[] {
  const replaced = new Set(draft?.plan?.steps.flatMap(({ change }) => (change.kind === 'start-services' ? change.services.map((one) => one.service) : [])));
  return machine?.services.map((one) => one.name).filter((name) => replaced.has(name)) ?? [];
}

/** What is looked for first: what got worse, as whom it runs, what it answers. */
const rank = (row: Compared): number => (isBad(row) ? 0 : row.what.en === 'runs as' ? 1 : row.what.en.startsWith('GET ') ? 2 : 3);

/** Rows of a rehearsal that breaks: those of the service that broke, and whatever else got worse. */
export const aboutOf = ({ rows, breakage }: Rehearsal): readonly Compared[] => rows.filter((row) => isBad(row) || row.service === breakage?.service);

/** Of too many of them those that matter, in their order. */
export function rowsOf(result: Rehearsal, room: number): readonly Compared[] {
  const about = aboutOf(result);
  const first = [...about].sort((a, b) => rank(a) - rank(b)).slice(0, room);
  return about.filter((row) => first.includes(row));
}
