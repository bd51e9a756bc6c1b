import type { Binding } from '../../keys.ts';
import { back, note, openFresh, put, turn } from '../../turn.ts';
import { viewOf } from '../../view.ts';
import { wheelKeys } from '../../scroll.ts';
import { newSearch } from '../../trials.ts';
import { findingOf, type Wizard } from '../../wizard.ts';
import { calls, goBack, quit } from '../common.ts';
import { diffScreen } from '../diff/state.ts';
import { explainScreen } from '../explain/state.ts';
import { alike, choose, isTakable, onward, skipped, spread, undecided } from '../findings/decide.ts';
import { isWide } from '../findings/is-wide.ts';
import { findingView } from '../findings/wide.ts';
import { ignoring } from '../ignore/keys.ts';
import { leastScreen } from '../least/state.ts';
import { findingParts } from './content.ts';
import { canTry, highlight, offersOn, rowOn, soughtOn, wayAt, wayOf, type FindingScreen } from './state.ts';

/** Others like it that its row does not hold already. */
const more = (screen: FindingScreen, wizard: Wizard): readonly string[] => alike(wizard, screen.finding).filter((id) => !screen.members?.includes(id));

const has = (screen: FindingScreen, wizard: Parameters<typeof wayOf>[1]): boolean => wayOf(screen, wizard) !== undefined;

/** Page keys move what stands below the ways; its end stays in sight. */
const page = (by: (room: number) => number): Binding<FindingScreen>['act'] => (screen, wizard) => {
  const parts = findingParts(screen, wizard, findingView(wizard));
  if (!parts) return turn(wizard);
  const last = Math.max(0, parts.below.length - parts.room);
  return turn(put(wizard, { ...screen, top: Math.max(0, Math.min(last, Math.min(screen.top, last) + by(parts.room))) }));
};

export const findingKeys: readonly Binding<FindingScreen>[] = [
  {
    keys: ['enter'], says: (words) => words.keys.choose, place: 'deed', when: has,
    act: (screen, wizard) => {
      const offer = wayOf(screen, wizard)!;
      const { words } = viewOf(wizard);
      // A way by hand can be read, not chosen: nothing would be done, and nothing may look done.
      if (offer.safety === 'by-hand') return turn(openFresh(wizard, explainScreen(screen.finding, offer.fix, screen.members)));
      if (offer.refused) return turn(note(wizard, words.finding.refusedAbove));
      const { wizard: next, asks } = choose(wizard, rowOn(screen, wizard)!, offer.fix);
      return onward(next, ...asks);
    },
  },
  {
    keys: ['A'], says: (words, screen, wizard) => words.keys.alike(more(screen, wizard).length + (screen.members?.length ?? 1)), place: 'deed',
    when: (screen, wizard) => {
      const offer = wayOf(screen, wizard);
      return offer !== undefined && isTakable(offer) && wizard.decisions.get(screen.finding)?.kind !== 'ignore' && more(screen, wizard).length > 0;
    },
    act: (screen, wizard) => spread(wizard, screen.finding, wayOf(screen, wizard)!.fix),
  },
  {
    keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'], says: (words) => words.keys.way, place: 'deed', bare: true, when: (screen, wizard) => (offersOn(screen, wizard)?.length ?? 0) > 1,
    shows: (screen, wizard) => `1-${offersOn(screen, wizard)?.length ?? 1}`,
    act: (screen, wizard, key) => {
      const way = Number(key) - 1;
      return turn(way < (offersOn(screen, wizard)?.length ?? 0) ? put(wizard, highlight(screen, wizard, way)) : wizard);
    },
  },
  { keys: ['up', 'k'], says: (words) => words.keys.up, place: 'page', act: (screen, wizard) => turn(put(wizard, highlight(screen, wizard, wayAt(screen, wizard) - 1))) },
  { keys: ['down', 'j'], says: (words) => words.keys.down, place: 'page', act: (screen, wizard) => turn(put(wizard, highlight(screen, wizard, wayAt(screen, wizard) + 1))) },
  { keys: ['home', 'g'], says: (words) => words.keys.top, place: 'page', act: (screen, wizard) => turn(put(wizard, highlight(screen, wizard, 0))) },
  { keys: ['end', 'G'], says: (words) => words.keys.bottom, place: 'page', act: (screen, wizard) => turn(put(wizard, highlight(screen, wizard, -1))) },
  { keys: ['pageup', 'ctrl-b'], says: (words) => words.keys.textUp, place: 'page', act: page((room) => 1 - room) },
  { keys: ['pagedown', 'ctrl-f', 'space'], says: (words) => words.keys.textDown, place: 'page', act: page((room) => room - 1) },
  wheelKeys((screen, wizard, key) => page(() => (key === 'wheelup' ? -3 : 3))(screen, wizard, key)),
  {
    keys: ['d'], says: (words) => words.keys.diff, place: 'deed', when: (screen, wizard) => (wayOf(screen, wizard)?.diffs.length ?? 0) > 0,
    act: (screen, wizard) => turn(openFresh(wizard, diffScreen({ kind: 'way', finding: screen.finding, members: screen.members, fix: wayOf(screen, wizard)!.fix }))),
  },
  {
    keys: ['t'], says: (words) => words.least.trialKey, place: 'deed', when: canTry,
    act: (screen, wizard) => {
      const sought = soughtOn(screen, wizard);
      return turn(openFresh({ ...wizard, search: newSearch(screen.finding, sought) }, leastScreen), { kind: 'least', finding: screen.finding, sought });
    },
  },
  { keys: ['e'], says: (words) => words.keys.explain, place: 'deed', act: (screen, wizard) => turn(openFresh(wizard, explainScreen(screen.finding, undefined, screen.members))) },
  {
    keys: ['o'], says: (words) => words.keys.editShort, place: 'deed',
    when: (screen, wizard) => wizard.given.can.edit && findingOf(wizard, screen.finding)?.places[0] !== undefined,
    act: (screen, wizard) => {
      const place = findingOf(wizard, screen.finding)!.places[0]!;
      return turn(wizard, { kind: 'edit', file: place.file, line: place.line });
    },
  },
  {
    keys: ['s'], says: (words) => words.keys.skip, place: 'deed',
    act: (screen, wizard) => {
      const { wizard: next, asks } = skipped(wizard, screen.finding, screen.members ?? [screen.finding]);
      return onward(next, ...asks);
    },
  },
  ignoring<FindingScreen>((screen, wizard) => rowOn(screen, wizard)),
  { keys: ['tab'], says: (words) => words.keys.toList, place: 'deed', when: (_screen, wizard) => isWide(wizard), act: (_screen, wizard) => turn(back(wizard)) },
  { keys: ['z'], says: (words) => words.keys.unmake, place: 'page', when: (_screen, wizard) => wizard.past.length > 0, act: (_screen, wizard) => undecided(wizard) },
  calls('page'),
  quit(),
  { ...goBack(), act: (_screen, wizard) => turn(back(wizard)) },
];
