import type { Offer } from '../../../engine/session.ts';
import { line, span, type Line } from '../../lines.ts';
import type { Option } from '../../parts/choice.tsx';
import { inline } from '../../parts/explain.ts';
import type { View } from '../../view.ts';
import type { Wizard } from '../../wizard.ts';
import { cell, pad, squeeze, width } from '../../width.ts';
import { wrap, wrapIn } from '../../wrap.ts';
import { below, cutBelow, enough, said, shownBelow, wanted, type Below, type Short } from './below.ts';
import { canTry, offersOn, rowOn, soughtOn, wayAt, type FindingScreen } from './state.ts';
import { LEVELS, sight, top } from './top.ts';

/** The copies have told already what its service can do without. */
const wasTried = (screen: FindingScreen, wizard: Wizard): boolean => soughtOn(screen, wizard).every((sought) => {
  const known = wizard.looking.machine?.trials?.get(sought.service);
  return known !== undefined && (sought.capabilities ? known.capabilities : known.writable) !== undefined;
});

function price(offer: Offer, { words, say }: View, tries = false): string {
  if (offer.refused && tries && offer.safety !== 'by-hand') return words.least.way;
  if (offer.safety === 'by-hand') return words.finding.byHand(inline(say(offer.price)));
  if (offer.refused) return words.finding.notHere(say(offer.refused));
  if (offer.recommended) return offer.because ? words.finding.recommendedBecause(say(offer.because)) : words.finding.recommended;
  return inline(say(offer.price));
}

/** In front of every way: its pointer and its number. */
const POINTER = 5;

/** What a price needs at least: names go before prices, for the highlighted one's is said whole below. */
const LEAST = 20;

/** Where the prices begin: three columns at least behind the longest name. */
const priceColumn = (offers: readonly Offer[], { columns, say }: View): number => {
  const most = Math.max(28, columns - POINTER - LEAST - 6);
  const wide = Math.min(most, Math.max(0, ...offers.map((offer) => width(say(offer.title)))));
  return POINTER + Math.ceil((wide + 3) / 3) * 3;
};

/** What stands behind the name of a way. */
function saidOf(offer: Offer, chosen: string | undefined, view: View, tries: boolean): string {
  const text = price(offer, view, tries);
  return offer.fix === chosen ? `${view.glyphs.done} ${view.words.finding.chosen(text)}` : text;
}

/** What its row, or rows, have no room for. */
const shortOf = (offer: Offer, chosen: string | undefined, view: View, from: number, rows: number, tries: boolean): Short => ({
  name: width(view.say(offer.title)) > from - 4,
  price: wrap(saidOf(offer, chosen, view, tries), view.columns - 4 - from).length > rows,
});

/** One way out, one name and its one price. A name without room keeps its end, too: ways begin alike. */
function options(offers: readonly Offer[], chosen: string | undefined, view: View, rows: number, tries: boolean): readonly Option[] {
  const { glyphs, columns, say } = view;
  const from = priceColumn(offers, view) - 3;
  const room = columns - 4 - from;
  return offers.map((offer, i) => {
    const shown = wrapIn(saidOf(offer, chosen, view, tries), room, rows);
    const barred = offer.refused !== undefined && offer.safety !== 'by-hand';
    const role = barred ? 'faint' : offer.fix === chosen ? 'gone' : undefined;
    return {
      id: offer.fix,
      rows: shown.map((part, n) => (n === 0
        ? line(`${i + 1} `, span(`${pad(squeeze(say(offer.title), from - 4, glyphs.more), from - 4)}  `, barred ? 'faint' : undefined), span(cell(part, room, glyphs.more), role))
        : line(' '.repeat(from), span(cell(part, room, glyphs.more), role)))),
    };
  });
}

export interface Parts {
  readonly top: readonly Line[];
  readonly options: readonly Option[];
  readonly at: number;
  readonly below: readonly Line[];
  /** So many of its rows come before the diff. */
  readonly text: number;
  /** Rows left for what stands below the ways. */
  readonly room: number;
}

const heightOf = (all: readonly Option[]): number => all.reduce((sum, option) => sum + option.rows.length, 0);
const NOTHING: Below = { text: [], diff: [], wantsDiff: false };

/**
 * The parts of the screen, set close where they would not fit otherwise; a diff that is all there is to see has its rows
 * before what was seen. How close is decided by the way that the screen opens with, and by what the others need: no row
 * moves while the highlight does.
 */
export function findingParts(screen: FindingScreen, wizard: Wizard, view: View): Parts | undefined {
  const finding = rowOn(screen, wizard);
  if (!finding) return undefined;
  const offers = offersOn(screen, wizard) ?? [];
  const at = wayAt(screen, wizard);
  const decision = wizard.decisions.get(screen.finding);
  const chosen = decision?.kind === 'fix' ? decision.fix : undefined;
  // Once it was tried, a refusal is what the trials showed.
  const tries = canTry(screen, wizard) && !wasTried(screen, wizard);
  const from = priceColumn(offers, view);
  const textOf = (offer: Offer, rows: number): readonly Line[] => said(offer, finding, wizard, view, from, shortOf(offer, chosen, view, from - 3, rows, tries), tries);
  const belowOf = (i: number, rows: number): Below => ((offer) => (offer ? below(offer, finding, wizard, view, textOf(offer, rows)) : NOTHING))(offers[i]);
  const opensAt = wayAt({ ...screen, way: undefined }, wizard);
  const opens = belowOf(opensAt, 2);
  const needed = Math.max(wanted(opens), ...offers.map((offer, i) => (i === opensAt ? 0 : enough(offer, textOf(offer, 2)))));
  const unfolded = options(offers, chosen, view, 2, tries);
  const laid = LEVELS.filter((level) => level !== 'ways' || opens.wantsDiff).map((level) => {
    const head = top(finding, wizard, view, level);
    return { level, head, rows: 2, ways: unfolded, room: view.room - head.length - Math.max(1, heightOf(unfolded)) - 1 };
  });
  const close = top(finding, wizard, view, 'bare');
  const cramped = { level: 'bare' as const, head: close, rows: 1, ways: options(offers, chosen, view, 1, tries), room: Math.max(0, view.room - close.length - Math.max(1, offers.length) - 1) };
  const { level, head, rows, ways, room } = laid.find((one) => one.room >= needed) ?? cramped;
  const shown = at === opensAt && rows === 2 ? opens : belowOf(at, rows);
  const rest = level === 'ways' ? sight(finding, view, 'close') : [];
  return { top: head, options: ways, at, below: shownBelow(shown, room, rest), text: shown.text.length, room };
}

/** The part of what stands below that is in sight, and how the rest is. */
export const inSight = (parts: Parts, first: number, offer: Offer | undefined, view: View): readonly Line[] => cutBelow(parts.below, parts.room, offer, view, first, parts.text);
