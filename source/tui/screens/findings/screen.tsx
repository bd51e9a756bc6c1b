import type { ReactElement } from 'react';
import { Rows } from '../../parts/rows.tsx';
import { searchEntry } from '../../search.ts';
import { keptOf, put } from '../../turn.ts';
import { BothPanes } from '../finding/pane.tsx';
import { findingScreen } from '../finding/state.ts';
import type { Kind, ScreenProps } from '../screen.ts';
import { findingsContent } from './content.ts';
import { withHighlighted } from './decide.ts';
import { findingsKeys } from './keys.ts';
import { highlighted, type FindingsScreen } from './state.ts';
import { isWide } from './is-wide.ts';

function Findings({ screen, wizard, view }: ScreenProps<FindingsScreen>): ReactElement {
  const finding = isWide(wizard) ? highlighted(screen, wizard) : undefined;
  if (finding) return <BothPanes list={screen} screen={{ ...keptOf(wizard, findingScreen(finding.id)), members: finding.members }} wizard={wizard} />;
  return <Rows room={view.room} lines={findingsContent(screen, wizard, view)} />;
}

export const findings: Kind<FindingsScreen> = {
  keys: findingsKeys,
  entry: (screen, wizard) => searchEntry(screen, wizard, (next) => next, (next, to) => withHighlighted(put(to, next)), (words) => words.keys.find),
  View: Findings,
};
