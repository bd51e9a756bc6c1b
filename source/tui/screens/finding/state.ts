import type { Offer } from '../../../engine/session.ts';
import type { Sought } from '../../../engine/least/index.ts';
import { soughtFor } from '../../trials.ts';
import { findingOf, type Wizard } from '../../wizard.ts';
import { recommended } from '../findings/decide.ts';
import { rowOf, rowOffers, type Row } from '../findings/rows.ts';

export interface FindingScreen {
  readonly name: 'finding';
  readonly finding: string;
  /** All findings of its row, where it has several: what is chosen here is chosen for each of them. */
  readonly members?: readonly string[];
  /** The highlighted way; the one decided for, or recommended, while none was highlighted. */
  readonly way?: number;
  /** First row shown of what stands below the ways. */
  readonly top: number;
}

export const findingScreen = (finding: string, members?: readonly string[]): FindingScreen => ({ name: 'finding', finding, ...(members ? { members } : {}), top: 0 });

/** What the screen is about: the row that it was opened from. */
export const rowOn = (screen: FindingScreen, wizard: Wizard): Row | undefined => rowOf(wizard, screen.finding, screen.members);

export const offersOn = (screen: FindingScreen, wizard: Wizard): readonly Offer[] | undefined => rowOffers(wizard, screen.finding, screen.members);

/** What the copies are to tell, for each service of it. */
export const soughtOn = (screen: FindingScreen, wizard: Wizard): readonly Sought[] =>
  (screen.members ?? [screen.finding]).flatMap((id) => { const one = findingOf(wizard, id); return one ? soughtFor(one) ?? [] : []; });

/** Its way out is found by trials, and there is an engine that may make copies. */
export function canTry(screen: FindingScreen, wizard: Wizard): boolean {
  const docker = wizard.looking.machine?.docker;
  const may = docker !== undefined && !wizard.given.dryRun && (!docker.remote || wizard.given.allowRemote);
  return wizard.given.can.least === true && may && soughtOn(screen, wizard).length > 0;
}

export function wayAt(screen: FindingScreen, wizard: Wizard): number {
  const offers = offersOn(screen, wizard) ?? [];
  const decision = wizard.decisions.get(screen.finding);
  const wanted = decision?.kind === 'fix' ? decision.fix : recommended(offers)?.fix;
  return screen.way ?? Math.max(0, offers.findIndex((offer) => offer.fix === wanted));
}

export const wayOf = (screen: FindingScreen, wizard: Wizard): Offer | undefined => offersOn(screen, wizard)?.[wayAt(screen, wizard)];

/** Another way highlighted: what stands below begins at its beginning. Around the ends, as in every menu. */
export function highlight(screen: FindingScreen, wizard: Wizard, to: number): FindingScreen {
  const count = offersOn(screen, wizard)?.length ?? 0;
  return count === 0 ? screen : { ...screen, way: ((to % count) + count) % count, top: 0 };
}
