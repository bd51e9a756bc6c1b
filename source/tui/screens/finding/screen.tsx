import type { ReactElement } from 'react';
import { line, span } from '../../lines.ts';
import { Choice } from '../../parts/choice.tsx';
import { Rows } from '../../parts/rows.tsx';
import { findingOf, offersOf } from '../../wizard.ts';
import type { Kind, ScreenProps } from '../screen.ts';
import { findingParts, inSight } from './content.ts';
import { findingKeys } from './keys.ts';
import { wayOf, type FindingScreen } from './state.ts';

function Finding({ screen, wizard, view }: ScreenProps<FindingScreen>): ReactElement {
  const parts = findingParts(screen, wizard, view);
  if (!parts) return <Rows lines={[]} room={view.room} />;
  const { words } = view;
  const offers = offersOf(wizard, screen.finding);
  return (
    <>
      <Rows lines={parts.top} />
      {parts.options.length > 0
        ? <Choice options={parts.options} at={parts.at} pointer={view.glyphs.here} />
        : <Rows lines={[line(span(` ${offers ? words.finding.noWays : words.finding.asking}`, 'faint'))]} />}
      <Rows lines={[[], ...inSight(parts, screen.top, view, (wayOf(screen, wizard)?.diffs.length ?? 0) > 0)]} />
    </>
  );
}

export const finding: Kind<FindingScreen> = {
  keys: findingKeys,
  crumb: (screen, wizard, view) => {
    const one = findingOf(wizard, screen.finding);
    return one ? view.say(one.title) : '';
  },
  View: Finding,
};
