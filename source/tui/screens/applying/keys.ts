import type { Binding } from '../../keys.ts';
import { clampTop, moved, movingKeys } from '../../scroll.ts';
import { put, turn } from '../../turn.ts';
import { viewOf } from '../../view.ts';
import { calls } from '../common.ts';
import { interrupted } from '../../interrupt.ts';
import { wholeLog, type ApplyingScreen } from './state.ts';

const scrolling = movingKeys<ApplyingScreen>((screen, wizard, key) => {
  const { rows, top } = wholeLog(screen, wizard.applied, wizard);
  const room = viewOf(wizard).room - 1;
  const next = clampTop(moved(top, key, rows.length, room), rows.length, room);
  // Back at the end, it follows the end again.
  return { ...screen, top: next >= rows.length - room ? undefined : next };
}).map((binding) => ({ ...binding, when: (screen: ApplyingScreen) => screen.whole }));

export const applyingKeys: readonly Binding<ApplyingScreen>[] = [
  { keys: ['b'], says: (words, screen) => (screen.whole ? words.keys.fold : words.keys.log), place: 'deed', act: (screen, wizard) => turn(put(wizard, { ...screen, whole: !screen.whole, top: undefined })) },
  calls(),
  {
    keys: ['ctrl-c'], says: (words) => words.keys.interrupt, place: 'deed',
    when: (_screen, wizard) => wizard.applied?.stopping === false && wizard.applied.phase !== 'taking-back',
    act: (_screen, wizard) => interrupted(wizard),
  },
  ...scrolling,
];
