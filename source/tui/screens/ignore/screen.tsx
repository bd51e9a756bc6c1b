import type { ReactElement } from 'react';
import { Rows } from '../../parts/rows.tsx';
import type { Kind, ScreenProps } from '../screen.ts';
import { ignoreEntry } from './keys.ts';
import { ignoreContent, type IgnoreScreen } from './state.ts';

function Ignore({ screen, wizard, view }: ScreenProps<IgnoreScreen>): ReactElement {
  return <Rows room={view.room} lines={ignoreContent(screen, wizard, view)} />;
}

export const ignore: Kind<IgnoreScreen> = { keys: [], entry: ignoreEntry, crumb: (_screen, _wizard, { words }) => words.ignore.title, View: Ignore };
