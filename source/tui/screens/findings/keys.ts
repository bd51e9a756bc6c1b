import type { Binding } from '../../keys.ts';
import { moved, movingKeys } from '../../scroll.ts';
import { noSearch } from '../../search.ts';
import { note, open, openFresh, put, turn, type Turn } from '../../turn.ts';
import { viewOf } from '../../view.ts';
import { choicesOf, shown, type Wizard } from '../../wizard.ts';
import { calls, goBack, quit, report } from '../common.ts';
import { findingScreen } from '../finding/state.ts';
import { history } from '../history/open.ts';
import { planScreen } from '../plan/state.ts';
import { ignoring } from '../ignore/keys.ts';
import { nothingTop } from './nothing.ts';
import { askedFor, skip, take, undecided, withHighlighted } from './decide.ts';
import { GROUPS, highlight, highlighted, indexOf, listed, lowFindings, numbered, type FindingsScreen } from './state.ts';
import { isWide } from './is-wide.ts';

/** Rows that a page key moves by: the list's own part of the screen, roughly. */
const PAGE = 8;

/** After every move the ways out of the highlighted finding are asked for: the lower half speaks of them. */
const onHighlighted = (bindings: readonly Binding<FindingsScreen>[]): readonly Binding<FindingsScreen>[] =>
  bindings.map((binding) => ({
    ...binding,
    act: (screen, wizard, key) => {
      const { wizard: next, asks } = binding.act(screen, wizard, key);
      return withHighlighted(next, ...asks);
    },
  }));

/** Asks for the plan of what is chosen; without anything chosen says so. */
export function plan(wizard: Wizard): Turn {
  const choices = choicesOf(wizard);
  const screen = shown(wizard);
  if (screen.name === 'findings' && screen.taking.length > 0) return turn(note(wizard, viewOf(wizard).words.findings.asking));
  if (choices.length === 0) return turn(note(wizard, viewOf(wizard).words.findings.noneChosen));
  return turn(openFresh({ ...wizard, draft: { choices, tells: [] } }, planScreen), { kind: 'plan', choices, without: wizard.without });
}

const onOne = (screen: FindingsScreen, wizard: Wizard): boolean => highlighted(screen, wizard) !== undefined;

function enter(screen: FindingsScreen, wizard: Wizard): Turn {
  const row = highlighted(screen, wizard)!;
  const { wizard: next, asks } = askedFor(wizard, row);
  const there = findingScreen(row.id, row.members);
  const opened = open(put(next, highlight(screen, row)), there);
  const at = shown(opened);
  // As it was left, but for what is told with it now.
  return turn(at.name === 'finding' ? put(opened, { ...at, members: row.members }) : opened, ...asks);
}

/** With a word held every row has it: the next place is the next row. */
const around = (by: number): Binding<FindingsScreen>['act'] => (screen, wizard) => {
  const rows = listed(screen, wizard);
  return turn(put(wizard, highlight(screen, rows[(indexOf(screen, rows) + by + rows.length) % rows.length])));
};
const isFiltered = (screen: FindingsScreen, wizard: Wizard): boolean => screen.search.word !== '' && onOne(screen, wizard);

const isHeld = (screen: FindingsScreen): boolean => screen.search.word !== '';
const unfilter: Binding<FindingsScreen> = {
  keys: ['esc'], says: (words) => words.keys.unfilter, place: 'page',
  act: (screen, wizard) => withHighlighted(put(wizard, { ...screen, search: noSearch })),
};

export const findingsKeys: readonly Binding<FindingsScreen>[] = [
  { keys: ['enter'], says: (words) => words.keys.open, place: 'deed', when: onOne, act: enter },
  { keys: ['f'], says: (words) => words.keys.take, place: 'deed', when: onOne, act: take },
  { keys: ['s'], says: (words) => words.keys.skip, place: 'deed', when: onOne, act: (screen, wizard) => skip(screen, wizard, highlighted(screen, wizard)!) },
  ignoring<FindingsScreen>((screen, wizard) => highlighted(screen, wizard)),
  { keys: ['/'], says: (words) => words.keys.find, place: 'deed', act: (screen, wizard) => turn(put(wizard, { ...screen, search: { typing: true, word: '' } })) },
  {
    keys: ['p'], says: (words) => words.keys.plan, place: 'deed', when: onOne,
    act: (_screen, wizard) => plan(wizard),
  },
  { keys: ['tab'], says: (words) => words.keys.toFinding, place: 'deed', when: (screen, wizard) => isWide(wizard) && onOne(screen, wizard), act: enter },
  { keys: ['z'], says: (words) => words.keys.unmake, place: 'page', when: (_screen, wizard) => wizard.past.length > 0, act: (_screen, wizard) => undecided(wizard) },
  ...onHighlighted([
    { keys: ['n'], says: (words) => words.keys.next, place: 'page', when: isFiltered, act: around(1) },
    { keys: ['N'], says: (words) => words.keys.previous, place: 'page', when: isFiltered, act: around(-1) },
    {
      keys: ['v'], says: (words) => words.keys.group, place: 'page', when: onOne,
      act: (screen, wizard) => turn(put(wizard, { ...screen, at: highlighted(screen, wizard)?.id, group: GROUPS[(GROUPS.indexOf(screen.group) + 1) % GROUPS.length]! })),
    },
    ...movingKeys<FindingsScreen>((screen, wizard, key) => {
      const rows = listed(screen, wizard);
      if (rows.length === 0) return { ...screen, top: nothingTop(screen, wizard, viewOf(wizard), key) };
      return highlight(screen, rows[moved(indexOf(screen, rows), key, rows.length, PAGE)]);
    }, 'list'),
    {
      keys: ['l'], says: (words) => words.keys.low, place: 'page',
      when: (_screen, wizard) => lowFindings(numbered(wizard)).length > 0,
      act: (screen, wizard) => turn(put(wizard, { ...screen, low: !screen.low })),
    },
  ]),
  report('page'),
  calls('page'),
  history('page'),
  // A held filter is the first thing that esc takes away: where it leaves nothing, that is the way on.
  { ...unfilter, place: 'way', when: (screen, wizard) => isHeld(screen) && !onOne(screen, wizard) },
  { ...unfilter, when: (screen, wizard) => isHeld(screen) && onOne(screen, wizard) },
  goBack('page'),
  quit('way'),
];
