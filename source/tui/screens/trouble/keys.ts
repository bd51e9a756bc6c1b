import { lookAgain } from '../../again.ts';
import type { Binding } from '../../keys.ts';
import { goBack, quit } from '../common.ts';
import type { TroubleScreen } from './state.ts';

export const troubleKeys: readonly Binding<TroubleScreen>[] = [
  {
    keys: ['enter'], says: (words) => words.keys.again, place: 'deed',
    act: (_screen, wizard) => lookAgain(wizard, 'findings'),
  },
  { ...goBack<TroubleScreen>('page'), when: (_screen, wizard) => wizard.stack.length > 1 },
  quit('way'),
];
