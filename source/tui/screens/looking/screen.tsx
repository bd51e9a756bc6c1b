import type { ReactElement } from 'react';
import { useTicking } from '../../parts/clock.ts';
import { TextPage } from '../../parts/page.tsx';
import type { Kind, ScreenProps } from '../screen.ts';
import { lookingContent } from './content.ts';
import { lookingKeys } from './keys.ts';
import type { LookingScreen } from './state.ts';

function Looking({ screen, wizard, view }: ScreenProps<LookingScreen>): ReactElement {
  const { frame } = useTicking(wizard.looking.machine === undefined);
  return <TextPage lines={lookingContent(screen, wizard, view, frame)} page={screen} room={view.room} more={view.words.common.moreLines} />;
}

export const looking: Kind<LookingScreen> = { keys: lookingKeys, View: Looking };
