import type { ReactElement } from 'react';
import { lookAgain } from '../../again.ts';
import type { Binding } from '../../keys.ts';
import { Rows } from '../../parts/rows.tsx';
import { goBack, quit } from '../common.ts';
import type { Kind, ScreenProps } from '../screen.ts';
import { troubleContent, type TroubleScreen } from './state.ts';

function Trouble({ screen, view }: ScreenProps<TroubleScreen>): ReactElement {
  return <Rows room={view.room} lines={troubleContent(screen, view)} />;
}

const keys: readonly Binding<TroubleScreen>[] = [
  {
    keys: ['enter'], says: (words) => words.keys.again, place: 'deed',
    act: (_screen, wizard) => lookAgain(wizard, 'findings'),
  },
  { ...goBack<TroubleScreen>('page'), when: (_screen, wizard) => wizard.stack.length > 1 },
  quit('way'),
];

export const trouble: Kind<TroubleScreen> = { keys, crumb: (_screen, _wizard, { words }) => words.trouble.title, View: Trouble };
