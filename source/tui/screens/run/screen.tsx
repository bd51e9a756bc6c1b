import type { ReactElement } from 'react';
import { TextPage } from '../../parts/page.tsx';
import type { Kind, ScreenProps } from '../screen.ts';
import { runContent } from './content.ts';
import { runKeys } from './keys.ts';
import type { RunScreen } from './state.ts';

function PastRun({ screen, wizard, view }: ScreenProps<RunScreen>): ReactElement {
  return <TextPage lines={runContent(screen, wizard, view)} page={screen} room={view.room} more={view.words.common.moreLines} />;
}

export const run: Kind<RunScreen> = { keys: runKeys, crumb: (screen, _wizard, { words }) => words.history.crumb(screen.run), View: PastRun };
