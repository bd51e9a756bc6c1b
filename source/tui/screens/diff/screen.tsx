import type { ReactElement } from 'react';
import { TextPage } from '../../parts/page.tsx';
import { found, searchEntry } from '../../search.ts';
import { rowOf } from '../findings/rows.ts';
import type { Kind, ScreenProps } from '../screen.ts';
import { diffKeys } from './keys.ts';
import { diffContent, type DiffScreen } from './state.ts';

function Diff({ screen, wizard, view }: ScreenProps<DiffScreen>): ReactElement {
  return <TextPage lines={diffContent(screen, wizard)} page={screen} room={view.room} />;
}

export const diff: Kind<DiffScreen> = {
  keys: diffKeys,
  entry: (screen, wizard) => searchEntry(screen, wizard, (next) => next, (next, to) => found(next, to, diffContent, 'first')),
  crumb: ({ of }, wizard, { words, say }) => {
    const one = of.kind === 'way' ? rowOf(wizard, of.finding, of.members) : undefined;
    return `${one ? say(one.title) : words.plan.title} > ${words.finding.diffTitle}`;
  },
  View: Diff,
};
