import type { ReactElement } from 'react';
import { Rows } from '../../parts/rows.tsx';
import type { Kind, ScreenProps } from '../screen.ts';
import { troubleKeys } from './keys.ts';
import { troubleContent, type TroubleScreen } from './state.ts';

function Trouble({ screen, view }: ScreenProps<TroubleScreen>): ReactElement {
  return <Rows room={view.room} lines={troubleContent(screen, view)} />;
}

export const trouble: Kind<TroubleScreen> = { keys: troubleKeys, crumb: (_screen, _wizard, { words }) => words.trouble.title, View: Trouble };
