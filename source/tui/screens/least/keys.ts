import type { Binding } from '../../keys.ts';
import { back, turn } from '../../turn.ts';
import { calls, goBack, quit } from '../common.ts';
import type { LeastScreen } from './state.ts';

export const leastKeys: readonly Binding<LeastScreen>[] = [
  { keys: ['enter'], says: (words) => words.keys.back, place: 'deed', when: (_screen, wizard) => wizard.search?.over === true, act: (_screen, wizard) => turn(back(wizard)) },
  calls('page'),
  {
    keys: ['esc'], says: (words) => words.keys.stopRehearsal, place: 'way', when: (_screen, wizard) => wizard.search?.over === false && !wizard.search.stopping,
    act: (_screen, wizard) => turn({ ...wizard, search: { ...wizard.search!, stopping: true } }, { kind: 'interrupt' }),
  },
  quit(),
  { ...goBack<LeastScreen>(), when: (_screen, wizard) => wizard.search?.over !== false },
];
