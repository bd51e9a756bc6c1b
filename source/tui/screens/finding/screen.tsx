import type { ReactElement } from 'react';
import { findingOf } from '../../wizard.ts';
import { isWide, listBelow } from '../findings/wide.ts';
import type { Kind, ScreenProps } from '../screen.ts';
import { headOf } from './content.ts';
import { findingKeys } from './keys.ts';
import { BothPanes, FindingPane } from './pane.tsx';
import type { FindingScreen } from './state.ts';

function Finding({ screen, wizard }: ScreenProps<FindingScreen>): ReactElement {
  const list = isWide(wizard) ? listBelow(wizard) : undefined;
  return list ? <BothPanes list={list} screen={screen} wizard={wizard} /> : <FindingPane screen={screen} wizard={wizard} />;
}

export const finding: Kind<FindingScreen> = {
  keys: findingKeys,
  crumb: (screen, wizard, view) => {
    const one = findingOf(wizard, screen.finding);
    return one ? headOf(one, wizard, view) : '';
  },
  View: Finding,
};
