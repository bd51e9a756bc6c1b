import type { ReactElement } from 'react';
import { Rows } from '../../parts/rows.tsx';
import type { Kind, ScreenProps } from '../screen.ts';
import { historyContent } from './content.ts';
import { historyKeys } from './keys.ts';
import type { HistoryScreen } from './state.ts';

function History({ screen, wizard, view }: ScreenProps<HistoryScreen>): ReactElement {
  return <Rows room={view.room} lines={historyContent(screen, wizard, view)} />;
}

export const history: Kind<HistoryScreen> = { keys: historyKeys, crumb: (_screen, _wizard, { words }) => words.history.title, View: History };
