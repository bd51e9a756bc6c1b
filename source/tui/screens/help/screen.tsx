import type { ReactElement } from 'react';
import { TextPage } from '../../parts/page.tsx';
import type { Kind, ScreenProps } from '../screen.ts';
import { helpKeys } from './keys.ts';
import { helpContent, type HelpScreen } from './state.ts';

function Help({ screen, view }: ScreenProps<HelpScreen>): ReactElement {
  return <TextPage lines={helpContent(screen, view)} page={screen} room={view.room} more={view.words.common.moreLines} />;
}

export const help: Kind<HelpScreen> = { keys: helpKeys, crumb: (_screen, _wizard, { words }) => words.keys.title, View: Help };
