import type { Binding } from '../../keys.ts';
import { clampTop, moved, movingKeys } from '../../scroll.ts';
import type { Line } from '../../lines.ts';
import { found, noSearch, searchEntry, searchKeys } from '../../search.ts';
import { put, turn } from '../../turn.ts';
import { viewOf } from '../../view.ts';
import type { Wizard } from '../../wizard.ts';
import { calls } from '../common.ts';
import type { Entry } from '../screen.ts';
import { interrupted } from '../../interrupt.ts';
import { wholeLog, type ApplyingScreen } from './state.ts';

const scrolling = movingKeys<ApplyingScreen>((screen, wizard, key) => {
  const { rows, top } = wholeLog(screen, wizard.applied, wizard);
  const room = viewOf(wizard).room - 1;
  const next = clampTop(moved(top, key, rows.length, room), rows.length, room);
  // Back at the end, it follows the end again.
  return { ...screen, at: undefined, top: next >= rows.length - room ? undefined : next };
}).map((binding) => ({ ...binding, when: (screen: ApplyingScreen) => screen.whole }));

/** A word in the whole log. */
const rowsOf = (_screen: ApplyingScreen, wizard: Wizard): readonly Line[] => wholeLog({}, wizard.applied, wizard).rows;
const searching = searchKeys<ApplyingScreen>(rowsOf).map((binding) => ({ ...binding, when: (screen: ApplyingScreen, wizard: Wizard) => screen.whole && (binding.when?.(screen, wizard) ?? true) }));
export const applyingEntry = (screen: ApplyingScreen, wizard: Wizard): Entry<ApplyingScreen> | undefined => searchEntry(screen, wizard, (next) => next, (next, to) => found(next, to, rowsOf, 'first'));

export const applyingKeys: readonly Binding<ApplyingScreen>[] = [
  { keys: ['b'], says: (words, screen) => (screen.whole ? words.keys.fold : words.keys.log), place: 'deed', act: (screen, wizard) => turn(put(wizard, { ...screen, whole: !screen.whole, top: undefined, at: undefined, search: noSearch })) },
  ...searching,
  calls(),
  {
    keys: ['ctrl-c'], says: (words) => words.keys.interrupt, place: 'deed',
    when: (_screen, wizard) => wizard.applied?.stopping === false && wizard.applied.phase !== 'taking-back',
    act: (_screen, wizard) => interrupted(wizard),
  },
  ...scrolling,
];
