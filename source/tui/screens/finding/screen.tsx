import type { ReactElement } from 'react';
import { isWide } from '../findings/is-wide.ts';
import { listBelow } from '../findings/wide.ts';
import type { Kind, ScreenProps } from '../screen.ts';
import { findingKeys } from './keys.ts';
import { BothPanes, FindingPane } from './pane.tsx';
import { rowOn, type FindingScreen } from './state.ts';
import { headOf } from './top.ts';

function Finding({ screen, wizard }: ScreenProps<FindingScreen>): ReactElement {
  const list = isWide(wizard) ? listBelow(wizard) : undefined;
  return list ? <BothPanes list={list} screen={screen} wizard={wizard} /> : <FindingPane screen={screen} wizard={wizard} />;
}

export const finding: Kind<FindingScreen> = {
  keys: findingKeys,
  crumb: (screen, wizard, view) => {
    const one = rowOn(screen, wizard);
    return one ? headOf(one, wizard, view) : '';
  },
  View: Finding,
};
