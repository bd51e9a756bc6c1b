import type { Offer } from '../../../engine/session.ts';
import { decide, decideAll, settle, takeBackLast } from '../../decisions.ts';
import type { View } from '../../view.ts';
import { back, note, put, turn, type Ask, type Turn } from '../../turn.ts';
import { viewOf } from '../../view.ts';
import { findingOf, offersOf, shown, type Spread, type Wizard } from '../../wizard.ts';
import { highlighted, nextOpen, type FindingsScreen } from './state.ts';

/** The way that is taken when none is named: recommended, possible here, and not by hand. */
export const recommended = (offers: readonly Offer[]): Offer | undefined =>
  offers.find((offer) => offer.recommended && isTakable(offer)) ?? offers.find(isTakable);

export const isTakable = (offer: Offer): boolean => offer.refused === undefined && offer.safety !== 'by-hand';

/** Why none of the ways can be taken: each that was refused with its reason, then whether there are any by hand. */
export function noneTakable(offers: readonly Offer[], { words, say }: Pick<View, 'words' | 'say'>): string {
  const refused = offers.filter((offer) => offer.refused && offer.safety !== 'by-hand');
  const byHand = offers.some((offer) => offer.safety === 'by-hand');
  if (refused.length === 0) return byHand ? words.findings.byHandOnly : words.finding.noWays;
  return words.findings.sentences([...refused.slice(0, 2).map((offer) => words.findings.notHere(say(offer.title), say(offer.refused!))), byHand ? words.findings.byHandToo : words.findings.noOther]);
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
  if (wizard.decisions.get(finding.id)?.kind === 'fix') return turn(decide(wizard, finding.id, undefined));
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
  const { wizard: next, asks } = settle({ ...wizard, notice: undefined }, finding, { kind: 'fix', fix: offer.fix });
  return withHighlighted(put(next, highlighted(rest, next)?.id === finding ? nextOpen(rest, next) : rest), ...asks);
}

/** Skips a finding, or opens it again when it was skipped. */
export function skip(screen: FindingsScreen, wizard: Wizard, finding: string): Turn {
  if (wizard.decisions.get(finding)?.kind === 'skip') return turn(decide(wizard, finding, undefined));
  const { wizard: next, asks } = settle(wizard, finding, { kind: 'skip' });
  return withHighlighted(put(next, nextOpen(screen, next)), ...asks);
}

/** Takes back the last decision and shows whose it was. */
export function undecided(wizard: Wizard): Turn {
  const last = [...(wizard.past.at(-1)?.keys() ?? [])][0];
  const { wizard: next, asks } = takeBackLast(wizard);
  const screen = shown(next);
  return withHighlighted(screen.name === 'findings' && last !== undefined ? put(next, { ...screen, at: last }) : next, ...asks);
}

/** Back on the list after a decision, at the next one that is open. */
export function onward(wizard: Wizard, ...asks: readonly Ask[]): Turn {
  const below = back(wizard);
  const screen = shown(below);
  return screen.name === 'findings' ? withHighlighted(put(below, nextOpen(screen, below)), ...asks) : turn(below, ...asks);
}

/** Open findings of the same risk as this one. */
export const alike = (wizard: Wizard, finding: string): readonly string[] =>
  wizard.looking.findings.filter((one) => one.id !== finding && one.risk === findingOf(wizard, finding)?.risk && one.suppressed === undefined && !wizard.decisions.has(one.id)).map((one) => one.id);

/** Chooses a way for a finding and for all like it, once the ways of all of them are known. */
export function spread(wizard: Wizard, finding: string, fix: string): Turn {
  const all = alike(wizard, finding);
  const unknown = all.filter((id) => !wizard.offers.has(id));
  const offers = new Map(wizard.offers);
  for (const id of unknown) offers.set(id, 'asked');
  const waiting = { ...wizard, offers, spread: { finding, fix, alike: all } };
  const { wizard: next, asks } = spreadOn(note(waiting, viewOf(wizard).words.findings.asking));
  return turn(next, ...unknown.map((id) => ({ kind: 'offers' as const, finding: id })), ...asks);
}

/** Goes on with it where nothing has to be waited for any more. */
export function spreadOn(wizard: Wizard): Turn {
  const wish: Spread | undefined = wizard.spread;
  if (!wish || wish.alike.some((id) => wizard.offers.get(id) === 'asked')) return turn(wizard);
  const open = wish.alike.filter((id) => !wizard.decisions.has(id));
  const able = open.filter((id) => offersOf(wizard, id)?.some((offer) => offer.fix === wish.fix && isTakable(offer)));
  const { words } = viewOf(wizard);
  const decided = decideAll({ ...wizard, spread: undefined }, [wish.finding, ...able].map((id) => [id, { kind: 'fix', fix: wish.fix }] as const));
  const said = note(decided, words.findings.spread(able.length + 1, open.length - able.length));
  const screen = shown(said);
  return screen.name === 'finding' && screen.finding === wish.finding ? onward(said) : turn(said);
}
