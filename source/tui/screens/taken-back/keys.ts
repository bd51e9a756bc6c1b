import { lookAgain } from '../../again.ts';
import type { Binding } from '../../keys.ts';
import { clampTop, moved, movingKeys } from '../../scroll.ts';
import type { Line } from '../../lines.ts';
import { found, noSearch, searchEntry, searchKeys } from '../../search.ts';
import { put, turn, type Turn } from '../../turn.ts';
import { viewOf } from '../../view.ts';
import type { Wizard } from '../../wizard.ts';
import { wholeLog } from '../applying/state.ts';
import { calls, leave, quit, report } from '../common.ts';
import type { Entry } from '../screen.ts';
import { blamed, waysOn, type TakenBackScreen } from './state.ts';

function goOn(screen: TakenBackScreen, wizard: Wizard): Turn {
  const run = wizard.applied;
  if (!run?.result) return turn(wizard);
  switch (waysOn(wizard)[screen.way]) {
    case 'again': return lookAgain(wizard, 'plan');
    case 'without': {
      const out = blamed(run, run.result);
      return lookAgain({ ...wizard, decisions: new Map([...wizard.decisions].filter(([id]) => !out.includes(id))) }, 'plan');
    }
    default: return leave(wizard);
  }
}

const around = (at: number, count: number): number => (count === 0 ? 0 : (at + count) % count);

const scrolling = movingKeys<TakenBackScreen>((screen, wizard, key) => {
  if (!screen.whole) return { ...screen, way: key === 'up' || key === 'k' ? around(screen.way - 1, waysOn(wizard).length) : key === 'down' || key === 'j' ? around(screen.way + 1, waysOn(wizard).length) : screen.way };
  const { rows, top } = wholeLog({ top: screen.top }, wizard.applied, wizard);
  const room = viewOf(wizard).room - 1;
  return { ...screen, at: undefined, top: clampTop(moved(top, key, rows.length, room), rows.length, room) };
});

/** A word in the whole log. */
const rowsOf = (_screen: TakenBackScreen, wizard: Wizard): readonly Line[] => wholeLog({}, wizard.applied, wizard).rows;
const searching = searchKeys<TakenBackScreen>(rowsOf).map((binding) => ({ ...binding, when: (screen: TakenBackScreen, wizard: Wizard) => screen.whole && (binding.when?.(screen, wizard) ?? true) }));
export const takenBackEntry = (screen: TakenBackScreen, wizard: Wizard): Entry<TakenBackScreen> | undefined => searchEntry(screen, wizard, (next) => next, (next, to) => found(next, to, rowsOf, 'first'));

export const takenBackKeys: readonly Binding<TakenBackScreen>[] = [
  { keys: ['enter'], says: (words) => words.keys.choose, place: 'deed', when: (screen) => !screen.whole, act: goOn },
  {
    keys: ['1', '2', '3', '4'], says: (words) => words.keys.way, place: 'deed', bare: true, shows: (_screen, wizard) => `1-${waysOn(wizard).length}`,
    when: (screen) => !screen.whole,
    act: (screen, wizard, key) => turn(Number(key) <= waysOn(wizard).length ? put(wizard, { ...screen, way: Number(key) - 1 }) : wizard),
  },
  { keys: ['b'], says: (words, screen) => (screen.whole ? words.keys.fold : words.keys.logs), place: 'deed', act: (screen, wizard) => turn(put(wizard, { ...screen, whole: !screen.whole, top: undefined, at: undefined, search: noSearch })) },
  ...searching,
  report(),
  calls('page'),
  ...scrolling,
  quit('way'),
];
