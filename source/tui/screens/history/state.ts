import type { Leftovers } from '../../../engine/leftovers.ts';
import type { RunSummary } from '../../../engine/session.ts';
import type { Verified } from '../../../model/held.ts';
import type { Text } from '../../../model/text.ts';
import { canBeUndone } from '../../../report/runs-text.ts';
import type { Wizard } from '../../wizard.ts';

/** A run of before, with one line for each of its steps. */
export interface PastRun {
  readonly summary: RunSummary;
  readonly tells: readonly Text[];
}

/** What was done here before. `left`: undefined where nobody could look for what crashes left. */
export interface History {
  /** The newest first. */
  readonly runs: readonly PastRun[];
  readonly left?: Leftovers;
  /** Runs that were proven again since this was opened, or are being proven. */
  readonly verified: ReadonlyMap<string, Verified | 'asked'>;
}

export interface HistoryScreen {
  readonly name: 'history';
  /** Index of the highlighted run. */
  readonly at: number;
}

export const historyScreen: HistoryScreen = { name: 'history', at: 0 };

/** Runs of this folder; before it is known which one that is, all of them. */
export function runsHere(wizard: Wizard): readonly PastRun[] {
  const root = wizard.looking.machine?.root;
  return (wizard.history?.runs ?? []).filter(({ summary }) => root === undefined || summary.root === root);
}

export const runOf = (wizard: Wizard, run: string | undefined): PastRun | undefined => wizard.history?.runs.find((one) => one.summary.run === run);

const isFree = ({ by, folderGone }: RunSummary): boolean => by === undefined && folderGone !== true;

/** Something of it can go back, and from here it may. */
export function mayUndo(wizard: Wizard, past: PastRun | undefined): boolean {
  const remote = wizard.looking.machine?.docker?.remote === true && !wizard.given.allowRemote;
  return past !== undefined && !wizard.given.dryRun && !remote && canBeUndone(past.summary) && isFree(past.summary);
}

/** It stands, and nobody is asking it already. */
export const mayVerify = (wizard: Wizard, past: PastRun | undefined): boolean =>
  past !== undefined && past.summary.ending === 'applied' && isFree(past.summary) && wizard.history?.verified.get(past.summary.run) !== 'asked';
