import type { ReactElement } from 'react';
import { TextPage } from '../../parts/page.tsx';
import type { Kind, ScreenProps } from '../screen.ts';
import { doneContent } from './content.ts';
import { doneKeys } from './keys.ts';
import type { DoneScreen } from './state.ts';

function Done({ screen, wizard, view }: ScreenProps<DoneScreen>): ReactElement {
  return <TextPage lines={doneContent(wizard, view)} page={screen} room={view.room} more={view.words.common.moreLines} />;
}

export const done: Kind<DoneScreen> = { keys: doneKeys, crumb: (_screen, _wizard, { words }) => words.done.title, View: Done };
