import type { Offer } from '../../../engine/session.ts';
import { soughtFor } from '../../trials.ts';
import { findingOf, offersOf, type Wizard } from '../../wizard.ts';
import { recommended } from '../findings/decide.ts';

export interface FindingScreen {
  readonly name: 'finding';
  readonly finding: string;
  /** The highlighted way; the one decided for, or recommended, while none was highlighted. */
  readonly way?: number;
  /** First row shown of what stands below the ways. */
  readonly top: number;
}

export const findingScreen = (finding: string): FindingScreen => ({ name: 'finding', finding, top: 0 });

/** Its way out is found by trials, and there is an engine that may make copies. */
export function canTry(screen: FindingScreen, wizard: Wizard): boolean {
  const finding = findingOf(wizard, screen.finding);
  const docker = wizard.looking.machine?.docker;
  const may = docker !== undefined && !wizard.given.dryRun && (!docker.remote || wizard.given.allowRemote);
  return wizard.given.can.least === true && may && finding !== undefined && soughtFor(finding) !== undefined;
}

export function wayAt(screen: FindingScreen, wizard: Wizard): number {
  const offers = offersOf(wizard, screen.finding) ?? [];
  const decision = wizard.decisions.get(screen.finding);
  const wanted = decision?.kind === 'fix' ? decision.fix : recommended(offers)?.fix;
  return screen.way ?? Math.max(0, offers.findIndex((offer) => offer.fix === wanted));
}

export const wayOf = (screen: FindingScreen, wizard: Wizard): Offer | undefined => offersOf(wizard, screen.finding)?.[wayAt(screen, wizard)];

/** Another way highlighted: what stands below begins at its beginning. Around the ends, as in every menu. */
export function highlight(screen: FindingScreen, wizard: Wizard, to: number): FindingScreen {
  const count = offersOf(wizard, screen.finding)?.length ?? 0;
  return count === 0 ? screen : { ...screen, way: ((to % count) + count) % count, top: 0 };
}
