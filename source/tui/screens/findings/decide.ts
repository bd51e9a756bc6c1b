import type { Offer } from '../../../engine/session.ts';
import type { View } from '../../view.ts';
import { back, note, put, turn, type Ask, type Turn } from '../../turn.ts';
import { viewOf } from '../../view.ts';
import { offersOf, shown, type Decision, type Wizard } from '../../wizard.ts';
import { highlighted, nextOpen, type FindingsScreen } from './state.ts';

/** The way that is taken when none is named: recommended, possible here, and not by hand. */
export const recommended = (offers: readonly Offer[]): Offer | undefined =>
  offers.find((offer) => offer.recommended && isTakable(offer)) ?? offers.find(isTakable);

const isTakable = (offer: Offer): boolean => offer.refused === undefined && offer.safety !== 'by-hand';

/** Why none of the ways can be taken: each that was refused with its reason, then whether there are any by hand. */
export function noneTakable(offers: readonly Offer[], { words, say }: Pick<View, 'words' | 'say'>): string {
  const refused = offers.filter((offer) => offer.refused && offer.safety !== 'by-hand');
  const byHand = offers.some((offer) => offer.safety === 'by-hand');
  if (refused.length === 0) return byHand ? words.findings.byHandOnly : words.finding.noWays;
  return words.findings.sentences([...refused.slice(0, 2).map((offer) => words.findings.notHere(say(offer.title), say(offer.refused!))), byHand ? words.findings.byHandToo : words.findings.noOther]);
}

export const decide = (wizard: Wizard, finding: string, decision: Decision): Wizard => ({ ...wizard, decisions: new Map(wizard.decisions).set(finding, decision) });

function undecide(wizard: Wizard, finding: string): Wizard {
  const decisions = new Map(wizard.decisions);
  decisions.delete(finding);
  return { ...wizard, decisions };
}

/** Ways out are worked out when they are first looked at. */
export function asked(wizard: Wizard, finding: string | undefined): Turn {
  if (finding === undefined || wizard.offers.has(finding)) return turn(wizard);
  return turn({ ...wizard, offers: new Map(wizard.offers).set(finding, 'asked') }, { kind: 'offers', finding });
}

/** Asks for the ways out of the highlighted finding, beside what was asked already. */
export function withHighlighted(wizard: Wizard, ...asks: readonly Ask[]): Turn {
  const screen = shown(wizard);
  const more = screen.name === 'findings' ? asked(wizard, highlighted(screen, wizard)?.id) : turn(wizard);
  return turn(more.wizard, ...asks, ...more.asks);
}

/** Takes the recommended way, or gives it back when it was taken. */
export function take(screen: FindingsScreen, wizard: Wizard): Turn {
  const finding = highlighted(screen, wizard);
  if (!finding) return turn(wizard);
  if (wizard.decisions.get(finding.id)?.kind === 'fix') return turn(undecide(wizard, finding.id));
  const offers = offersOf(wizard, finding.id);
  if (!offers) {
    // Fast fingers need not wait: the next one is highlighted, and this one is marked when its ways are known.
    const waiting = { ...screen, taking: [...screen.taking, finding.id] };
    const { wizard: next, asks } = asked(put(wizard, nextOpen(waiting, wizard)), finding.id);
    return withHighlighted(next, ...asks);
  }
  return taken(screen, wizard, finding.id, offers);
}

export function taken(screen: FindingsScreen, wizard: Wizard, finding: string, offers: readonly Offer[]): Turn {
  const offer = recommended(offers);
  const rest = { ...screen, taking: screen.taking.filter((id) => id !== finding) };
  if (!offer) return turn(note(put(wizard, rest), noneTakable(offers, viewOf(wizard))));
  const next = decide({ ...wizard, notice: undefined }, finding, { kind: 'fix', fix: offer.fix });
  return withHighlighted(put(next, highlighted(rest, next)?.id === finding ? nextOpen(rest, next) : rest));
}

/** Skips a finding, or opens it again when it was skipped. */
export function skip(screen: FindingsScreen, wizard: Wizard, finding: string): Turn {
  if (wizard.decisions.get(finding)?.kind === 'skip') return turn(undecide(wizard, finding));
  const next = decide(wizard, finding, { kind: 'skip' });
  return withHighlighted(put(next, nextOpen(screen, next)));
}

/** Back on the list after a decision, at the next one that is open. */
export function onward(wizard: Wizard): Turn {
  const below = back(wizard);
  const screen = shown(below);
  return screen.name === 'findings' ? withHighlighted(put(below, nextOpen(screen, below))) : turn(below);
}
