import type { ReactElement } from 'react';
import { useTicking } from '../../parts/clock.ts';
import { TextPage } from '../../parts/page.tsx';
import type { Kind, ScreenProps } from '../screen.ts';
import { runContent } from './content.ts';
import { runKeys } from './keys.ts';
import type { RunScreen } from './state.ts';

function PastRun({ screen, wizard, view }: ScreenProps<RunScreen>): ReactElement {
  const { frame } = useTicking(wizard.history?.verified.get(screen.run) === 'asked');
  return <TextPage lines={runContent(screen, wizard, view, frame)} page={screen} room={view.room} more={view.words.common.moreLines} />;
}

export const run: Kind<RunScreen> = { keys: runKeys, crumb: (screen, _wizard, { words }) => words.history.crumb(screen.run), View: PastRun };
