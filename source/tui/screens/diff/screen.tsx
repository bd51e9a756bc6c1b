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
    // From where it was opened, so that esc leads to what it names.
    const under = wizard.stack.at(-2)?.name === 'rehearsal' ? words.rehearsal.title : words.plan.title;
    return `${one ? say(one.title) : under} > ${words.finding.diffTitle}`;
  },
  View: Diff,
};
