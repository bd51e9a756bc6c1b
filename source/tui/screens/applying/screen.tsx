import type { ReactElement } from 'react';
import { useTicking } from '../../parts/clock.ts';
import { Rows } from '../../parts/rows.tsx';
import type { Kind, ScreenProps } from '../screen.ts';
import { applyingContent } from './content.ts';
import { applyingEntry, applyingKeys } from './keys.ts';
import type { ApplyingScreen } from './state.ts';

function Applying({ screen, wizard, view }: ScreenProps<ApplyingScreen>): ReactElement {
  const ticking = useTicking(true);
  return <Rows room={view.room} lines={applyingContent(screen, wizard, view, ticking)} />;
}

export const applying: Kind<ApplyingScreen> = { keys: applyingKeys, entry: applyingEntry, crumb: (_screen, _wizard, { words }) => words.applying.title, View: Applying };
