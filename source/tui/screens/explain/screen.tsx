import type { ReactElement } from 'react';
import { TextPage } from '../../parts/page.tsx';
import { found, searchEntry } from '../../search.ts';
import { findingOf } from '../../wizard.ts';
import type { Kind, ScreenProps } from '../screen.ts';
import { explainKeys } from './keys.ts';
import { explainContent, type ExplainScreen } from './state.ts';

function Explain({ screen, wizard, view }: ScreenProps<ExplainScreen>): ReactElement {
  return <TextPage lines={explainContent(screen, wizard)} page={screen} room={view.room} more={view.words.common.moreLines} />;
}

export const explain: Kind<ExplainScreen> = {
  keys: explainKeys,
  entry: (screen, wizard) => searchEntry(screen, wizard, (next) => next, (next, to) => found(next, to, explainContent, 'first')),
  crumb: (screen, wizard) => findingOf(wizard, screen.finding)?.risk ?? '',
  View: Explain,
};
