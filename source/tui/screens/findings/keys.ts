import type { Binding } from '../../keys.ts';
import { moved, movingKeys } from '../../scroll.ts';
import { noSearch } from '../../search.ts';
import { note, open, openFresh, put, turn, type Turn } from '../../turn.ts';
import { viewOf } from '../../view.ts';
import { choicesOf, shown, type Wizard } from '../../wizard.ts';
import { calls, goBack, quit } from '../common.ts';
import { findingScreen } from '../finding/state.ts';
import { planScreen } from '../plan/state.ts';
import { asked, skip, take, withHighlighted } from './decide.ts';
import { highlighted, indexOf, listed, lowFindings, type FindingsScreen } from './state.ts';

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
  return turn(openFresh({ ...wizard, draft: { choices, tells: [] } }, planScreen), { kind: 'plan', choices });
}

const onOne = (screen: FindingsScreen, wizard: Wizard): boolean => highlighted(screen, wizard) !== undefined;

export const findingsKeys: readonly Binding<FindingsScreen>[] = [
  {
    keys: ['enter'], says: (words) => words.keys.open, place: 'deed', when: onOne,
    act: (screen, wizard) => {
      const finding = highlighted(screen, wizard)!;
      const { wizard: next, asks } = asked(wizard, finding.id);
      return turn(open(next, findingScreen(finding.id)), ...asks);
    },
  },
  { keys: ['f'], says: (words) => words.keys.take, place: 'deed', when: onOne, act: take },
  { keys: ['s'], says: (words) => words.keys.skip, place: 'deed', when: onOne, act: (screen, wizard) => skip(screen, wizard, highlighted(screen, wizard)!.id) },
  { keys: ['/'], says: (words) => words.keys.find, place: 'deed', act: (screen, wizard) => turn(put(wizard, { ...screen, search: { typing: true, word: '' } })) },
  {
    keys: ['p'], says: (words) => words.keys.plan, place: 'deed', when: onOne,
    act: (_screen, wizard) => plan(wizard),
  },
  ...onHighlighted([
    ...movingKeys<FindingsScreen>((screen, wizard, key) => {
      const rows = listed(screen, wizard);
      return { ...screen, at: rows[moved(indexOf(screen, rows), key, rows.length, PAGE)]?.id };
    }),
    {
      keys: ['l'], says: (words) => words.keys.low, place: 'page',
      when: (_screen, wizard) => lowFindings(wizard.looking.findings).length > 0,
      act: (screen, wizard) => turn(put(wizard, { ...screen, low: !screen.low })),
    },
  ]),
  calls('page'),
  {
    keys: ['esc'], says: (words) => words.keys.back, place: 'page',
    // A held filter is the first thing that esc takes away.
    act: (screen, wizard, key) => (screen.search.word === '' ? goBack<FindingsScreen>().act(screen, wizard, key) : withHighlighted(put(wizard, { ...screen, search: noSearch }))),
  },
  quit('way'),
];
