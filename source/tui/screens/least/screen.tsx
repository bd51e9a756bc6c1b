import type { ReactElement } from 'react';
import { useTicking } from '../../parts/clock.ts';
import { Rows } from '../../parts/rows.tsx';
import type { Kind, ScreenProps } from '../screen.ts';
import { leastKeys } from './keys.ts';
import { leastContent, type LeastScreen } from './state.ts';

function Least({ wizard, view }: ScreenProps<LeastScreen>): ReactElement {
  const ticking = useTicking(wizard.search?.over === false);
  return <Rows room={view.room} lines={leastContent(wizard, view, ticking)} />;
}

export const least: Kind<LeastScreen> = { keys: leastKeys, crumb: (_screen, _wizard, { words }) => words.least.title, View: Least };
