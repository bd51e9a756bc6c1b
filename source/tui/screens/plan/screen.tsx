import type { ReactElement } from 'react';
import { Rows } from '../../parts/rows.tsx';
import type { Kind, ScreenProps } from '../screen.ts';
import { planContent } from './content.ts';
import { planKeys } from './keys.ts';
import type { PlanScreen } from './state.ts';

function Plan({ screen, wizard, view }: ScreenProps<PlanScreen>): ReactElement {
  return <Rows room={view.room} lines={planContent(screen, wizard, view)} />;
}

export const plan: Kind<PlanScreen> = { keys: planKeys, crumb: (_screen, _wizard, { words }) => words.plan.title, View: Plan };
