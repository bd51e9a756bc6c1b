import type { Offer } from '../../../engine/session.ts';
import { line, span, type Line } from '../../lines.ts';
import type { Option } from '../../parts/choice.tsx';
import { inline } from '../../parts/explain.ts';
import type { View } from '../../view.ts';
import type { Wizard } from '../../wizard.ts';
import { cell, width } from '../../width.ts';
import { wrap } from '../../wrap.ts';
import { below, cutBelow, shownBelow, wanted, type Below } from './below.ts';
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

/** Where the prices begin: three columns at least behind the longest name. */
const priceColumn = (offers: readonly Offer[], { say }: View): number => {
  const wide = Math.min(28, Math.max(0, ...offers.map((offer) => width(say(offer.title)))));
  return POINTER + Math.ceil((wide + 3) / 3) * 3;
};

/** One way out, one name and its one price. */
function options(offers: readonly Offer[], chosen: string | undefined, view: View, rows: number, tries: boolean): readonly Option[] {
  const { words, glyphs, columns, say } = view;
  const from = priceColumn(offers, view) - 3;
  const room = columns - 4 - from;
  return offers.map((offer, i) => {
    const said = price(offer, view, tries);
    const text = offer.fix === chosen ? `${glyphs.done} ${words.finding.chosen(said)}` : said;
    const parts = wrap(text, room);
    const shown = parts.length <= rows ? parts : [...parts.slice(0, rows - 1), parts.slice(rows - 1).join(' ')];
    const barred = offer.refused !== undefined && offer.safety !== 'by-hand';
    const role = barred ? 'faint' : offer.fix === chosen ? 'gone' : undefined;
    return {
      id: offer.fix,
      rows: shown.map((part, n) => (n === 0
        ? line(`${i + 1} `, span(`${cell(say(offer.title), from - 4, glyphs.more)}  `, barred ? 'faint' : undefined), span(cell(part, room, glyphs.more), role))
        : line(' '.repeat(from), span(cell(part, room, glyphs.more), role)))),
    };
  });
}

export interface Parts {
  readonly top: readonly Line[];
  readonly options: readonly Option[];
  readonly at: number;
  readonly below: readonly Line[];
  /** Rows left for what stands below the ways. */
  readonly room: number;
}

const heightOf = (all: readonly Option[]): number => all.reduce((sum, option) => sum + option.rows.length, 0);
const NOTHING: Below = { text: [], diff: [], wantsDiff: false };

/** The parts of the screen, set close where they would not fit otherwise; a diff that is all there is to see has its rows before what was seen. */
export function findingParts(screen: FindingScreen, wizard: Wizard, view: View): Parts | undefined {
  const finding = rowOn(screen, wizard);
  if (!finding) return undefined;
  const offers = offersOn(screen, wizard) ?? [];
  const at = wayAt(screen, wizard);
  const offer = offers[at];
  const decision = wizard.decisions.get(screen.finding);
  const chosen = decision?.kind === 'fix' ? decision.fix : undefined;
  // Once it was tried, a refusal is what the trials showed.
  const tries = canTry(screen, wizard) && !wasTried(screen, wizard);
  const from = priceColumn(offers, view);
  const said = offer ? below(offer, finding, wizard, view, from, wrap(price(offer, view, tries), view.columns - 1 - from).length > 1, tries) : NOTHING;
  const ways = (rows: number): readonly Option[] => options(offers, chosen, view, rows, tries);
  const tried = LEVELS.filter((level) => level !== 'ways' || said.wantsDiff).flatMap((level) => {
    const head = top(finding, wizard, view, level);
    const all = ways(2);
    return [{ level, head, ways: all, room: view.room - head.length - Math.max(1, heightOf(all)) - 1 }];
  });
  const fits = tried.find(({ room }) => room >= wanted(said));
  const close = top(finding, wizard, view, 'bare');
  const cramped = { level: 'bare' as const, head: close, ways: ways(1), room: Math.max(0, view.room - close.length - Math.max(1, offers.length) - 1) };
  const chosenLayout = fits ?? cramped;
  const rest = chosenLayout.level === 'ways' ? sight(finding, view, 'bare') : [];
  return { top: chosenLayout.head, options: chosenLayout.ways, at, below: shownBelow(said, chosenLayout.room, rest), room: chosenLayout.room };
}

/** The part of what stands below that is in sight, and how the rest is. */
export const inSight = (parts: Parts, first: number, offer: Offer | undefined, view: View): readonly Line[] => cutBelow(parts.below, parts.room, offer, view, first);
