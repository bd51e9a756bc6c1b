import type { ReactElement } from 'react';
import { Rows } from '../../parts/rows.tsx';
import { searchEntry } from '../../search.ts';
import { put } from '../../turn.ts';
import type { Kind, ScreenProps } from '../screen.ts';
import { findingsContent } from './content.ts';
import { withHighlighted } from './decide.ts';
import { findingsKeys } from './keys.ts';
import type { FindingsScreen } from './state.ts';

function Findings({ screen, wizard, view }: ScreenProps<FindingsScreen>): ReactElement {
  return <Rows room={view.room} lines={findingsContent(screen, wizard, view)} />;
}

export const findings: Kind<FindingsScreen> = {
  keys: findingsKeys,
  entry: (screen, wizard) => searchEntry(screen, wizard, (next) => next, (next, to) => withHighlighted(put(to, next))),
  View: Findings,
};
