import type { ReactElement } from 'react';
import { blank, cut, line, span } from '../../lines.ts';
import { Choice } from '../../parts/choice.tsx';
import { useTicking } from '../../parts/clock.ts';
import { isUnderWay } from '../../rehearsing.ts';
import { Rows } from '../../parts/rows.tsx';
import type { Kind, ScreenProps } from '../screen.ts';
import { breaks, broken, rehearsalContent } from './content.ts';
import { rehearsalEntry, rehearsalKeys } from './keys.ts';
import { logInSight } from './log.ts';
import { rehearsalOf, type RehearsalScreen } from './state.ts';
import { wayOptions } from './ways.ts';

function Rehearsal({ screen, wizard, view }: ScreenProps<RehearsalScreen>): ReactElement {
  const { words, room, glyphs } = view;
  const rehearsal = rehearsalOf(wizard);
  const ticking = useTicking(isUnderWay(rehearsal));
  if (screen.whole) {
    const { rows, top } = logInSight(screen, wizard);
    return <Rows room={room} lines={[line(span(` ${words.applying.log(rehearsal?.said.log.length ?? 0)}`, 'strong')), ...rows.slice(top, top + room - 1)]} />;
  }
  const result = breaks(wizard);
  if (!result) return <Rows room={room} lines={rehearsalContent(screen, wizard, view, ticking)} />;
  const options = wayOptions(wizard, view);
  const fits = room - options.reduce((sum, one) => sum + one.rows.length, 0) - 2;
  const above = cut(broken(result, wizard, view, fits), fits, (n) => line(span(`   ${words.common.moreLines(n)}`, 'faint')));
  return (
    <>
      <Rows lines={[...above, blank, line(span(` ${words.rehearsal.ways}`, 'strong'))]} />
      <Choice options={options} at={screen.here} pointer={glyphs.here} />
    </>
  );
}

export const rehearsal: Kind<RehearsalScreen> = {
  keys: rehearsalKeys,
  entry: rehearsalEntry,
  crumb: (_screen, _wizard, { words }) => words.rehearsal.title,
  View: Rehearsal,
};
