import type { Offer } from '../../../engine/session.ts';
import { decideAll, settle, takeBackLast } from '../../decisions.ts';
import type { View } from '../../view.ts';
import { back, note, put, turn, type Ask, type Turn } from '../../turn.ts';
import { viewOf } from '../../view.ts';
import { findingOf, offersOf, shown, type Spread, type Wizard } from '../../wizard.ts';
import { membersOf, rowOffers, type Row } from './rows.ts';
import { highlighted, mainFindings, nextOpen, numbered, ownFindings, type FindingsScreen } from './state.ts';
import { isWide } from './is-wide.ts';

/** The way that is taken when none is named: recommended, possible here, and not by hand. */
export const recommended = (offers: readonly Offer[]): Offer | undefined =>
  offers.find((offer) => offer.recommended && isTakable(offer)) ?? offers.find(isTakable);

export const isTakable = (offer: Offer): boolean => offer.refused === undefined && offer.safety !== 'by-hand';

/** Why none of the ways can be taken: each that was refused with its reason, then whether there are any by hand. */
export function noneTakable(offers: readonly Offer[], { words, say }: Pick<View, 'words' | 'say'>): string {
  const refused = offers.filter((offer) => offer.refused && offer.safety !== 'by-hand');
  const byHand = offers.some((offer) => offer.safety === 'by-hand');
  if (refused.length === 0) return byHand ? words.findings.byHandOnly : words.finding.noWays;
  // Ways that one reason bars are named together.
  const reasons = [...new Set(refused.map((offer) => say(offer.refused!)))].slice(0, 2);
  const barred = reasons.map((reason) => words.findings.notHere(refused.filter((offer) => say(offer.refused!) === reason).map((offer) => say(offer.title)), reason));
  return words.findings.sentences([...barred, byHand ? words.findings.byHandToo : words.findings.noOther]);
}

/** Ways out are worked out when they are first looked at. */
export function asked(wizard: Wizard, ...findings: readonly string[]): Turn {
  const unknown = [...new Set(findings)].filter((finding) => !wizard.offers.has(finding));
  if (unknown.length === 0) return turn(wizard);
  return turn({ ...wizard, offers: new Map([...wizard.offers, ...unknown.map((finding) => [finding, 'asked'] as const)]) }, ...unknown.map((finding) => ({ kind: 'offers' as const, finding })));
}

/** So many findings have their ways worked out beside the one that is looked at. */
const BESIDE = 24;

/** All of its row, and what else there is to fix: where two ways meet in a file, the screen says so. */
export function askedFor(wizard: Wizard, row: Row): Turn {
  const main = mainFindings(ownFindings(wizard.looking.findings));
  const files = new Set(row.places.map((place) => place.file));
  const near = main.length <= BESIDE ? main : main.filter((one) => one.places.some((place) => files.has(place.file))).slice(0, BESIDE);
  return asked(wizard, ...membersOf(row), ...near.map((one) => one.id));
}

/** Asks for the ways out of the highlighted finding, beside what was asked already. */
export function withHighlighted(wizard: Wizard, ...asks: readonly Ask[]): Turn {
  const screen = shown(wizard);
  const row = screen.name === 'findings' ? highlighted(screen, wizard) : undefined;
  const more = row ? (isWide(wizard) ? askedFor(wizard, row) : asked(wizard, ...membersOf(row))) : turn(wizard);
  return turn(more.wizard, ...asks, ...more.asks);
}

/** Takes the recommended way. What is taken already stays taken: a key pressed twice undoes nothing. */
export function take(screen: FindingsScreen, wizard: Wizard): Turn {
  const row = highlighted(screen, wizard);
  if (!row) return turn(wizard);
  const members = membersOf(row);
  const offers = rowOffers(wizard, row.id, members);
  const decision = wizard.decisions.get(row.id);
  if (decision?.kind === 'fix' && (!offers || recommended(offers)?.fix === decision.fix)) {
    const { words, say } = viewOf(wizard);
    return withHighlighted(note(put(wizard, nextOpen(screen, wizard)), words.findings.takenAlready(say(row.title))));
  }
  if (!offers) {
    // Fast fingers need not wait: the next one is highlighted, and this one is marked when its ways are known.
    const waiting = { ...screen, taking: [...screen.taking, row.id] };
    const { wizard: next, asks } = asked(put(wizard, nextOpen(waiting, wizard)), ...members);
    return withHighlighted(next, ...asks);
  }
  return taken(screen, wizard, row, offers);
}

export function taken(screen: FindingsScreen, wizard: Wizard, row: Row, offers: readonly Offer[]): Turn {
  const offer = recommended(offers);
  const rest = { ...screen, taking: screen.taking.filter((id) => id !== row.id) };
  const { words, say } = viewOf(wizard);
  if (!offer) return turn(note(put(wizard, rest), row.foreign ? words.findings.notOurs(say(row.foreign)) : noneTakable(offers, viewOf(wizard))));
  const { wizard: next, asks } = choose({ ...wizard, notice: undefined }, row, offer.fix);
  return withHighlighted(put(next, highlighted(rest, next)?.id === row.id ? nextOpen(rest, next) : rest), ...asks);
}

/** Rows that were to be taken as soon as their ways are known, and now are. */
export function takenNow(wizard: Wizard): Turn {
  const screen = shown(wizard);
  if (screen.name !== 'findings' || screen.taking.length === 0) return turn(wizard);
  const row = numbered(wizard).find((one) => screen.taking.includes(one.id) && rowOffers(wizard, one.id, membersOf(one)) !== undefined);
  if (!row) return turn(wizard);
  const { wizard: next, asks } = taken(screen, wizard, row, rowOffers(wizard, row.id, membersOf(row))!);
  const more = takenNow(next);
  return turn(more.wizard, ...asks, ...more.asks);
}

/** The lines of an ignored row stand in a file, under its first one: they are taken out before anything else is decided. */
const stillIgnored = (wizard: Wizard, first: string): Turn | undefined =>
  (wizard.decisions.get(first)?.kind === 'ignore' ? turn(note(wizard, viewOf(wizard).words.findings.ignoredFirst)) : undefined);

/** One way for all of a row, where each of them has it; what has not stays open, in a row of its own. */
export function choose(wizard: Wizard, row: Row, fix: string): Turn {
  const members = membersOf(row);
  const [only] = members;
  if (members.length === 1 && only !== undefined) return settle(wizard, only, { kind: 'fix', fix });
  const ignored = stillIgnored(wizard, row.id);
  if (ignored) return ignored;
  const able = members.filter((id) => offersOf(wizard, id)?.some((offer) => offer.fix === fix && isTakable(offer)));
  const decided = decideAll(wizard, able.map((id) => [id, { kind: 'fix', fix }] as const));
  return turn(note(decided, viewOf(wizard).words.findings.spread(able.length, members.length - able.length)));
}

/** Skips a row, or opens it again when it was skipped. */
export function skip(screen: FindingsScreen, wizard: Wizard, row: Row): Turn {
  if (wizard.decisions.get(row.id)?.kind === 'skip') {
    const { words, say } = viewOf(wizard);
    return turn(note(decideAll(wizard, membersOf(row).map((id) => [id, undefined] as const)), words.findings.openAgain(say(row.title))));
  }
  const { wizard: next, asks } = skipped(wizard, row.id, membersOf(row));
  return withHighlighted(put(next, nextOpen(screen, next)), ...asks);
}

export const skipped = (wizard: Wizard, first: string, members: readonly string[]): Turn =>
  (members.length === 1 ? settle(wizard, first, { kind: 'skip' }) : stillIgnored(wizard, first) ?? turn(decideAll(wizard, members.map((id) => [id, { kind: 'skip' }] as const))));

/** Takes back the last decision and shows whose it was. */
export function undecided(wizard: Wizard): Turn {
  const last = [...(wizard.past.at(-1)?.decisions.keys() ?? [])][0];
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
  wizard.looking.findings.filter((one) => one.id !== finding && one.risk === findingOf(wizard, finding)?.risk && one.suppressed === undefined && one.foreign === undefined && !wizard.decisions.has(one.id)).map((one) => one.id);

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
