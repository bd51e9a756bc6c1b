import type { ReactElement } from 'react';
import type { Rehearsal as Result } from '../../../model/rehearsal.ts';
import { blank, cut, line, span, type Line } from '../../lines.ts';
import type { View } from '../../view.ts';
import type { Wizard } from '../../wizard.ts';
import { Choice, type Option } from '../../parts/choice.tsx';
import { useTicking } from '../../parts/clock.ts';
import { isUnderWay } from '../../rehearsing.ts';
import { Rows } from '../../parts/rows.tsx';
import type { Kind, ScreenProps } from '../screen.ts';
import { breaks, broken, rehearsalContent } from './content.ts';
import { rehearsalEntry, rehearsalKeys } from './keys.ts';
import { logHead } from '../applying/state.ts';
import { logInSight } from './log.ts';
import { rehearsalOf, type RehearsalScreen } from './state.ts';
import { fullContent } from './full.ts';
import { wayOptions } from './said.ts';

/** What broke, over the ways on. Where both have no room in full, a price gives way before what it means does. */
function besideWays(result: Result, wizard: Wizard, view: View): readonly [readonly Option[], readonly Line[]] {
  const laid = (height: number) => {
    const options = wayOptions(wizard, view, height);
    const fits = view.room - options.reduce((sum, one) => sum + one.rows.length, 0) - 2;
    return { options, fits, above: broken(result, wizard, view, fits) };
  };
  const [full, short] = [laid(2), laid(1)];
  const { options, fits, above } = full.above.length <= full.fits ? full : short;
  return [options, cut(above, fits, (n) => line(span(`   ${view.words.common.moreLines(n)}`, 'faint')))];
}

function Rehearsal({ screen, wizard, view }: ScreenProps<RehearsalScreen>): ReactElement {
  const { words, room, glyphs } = view;
  const rehearsal = rehearsalOf(wizard);
  const ticking = useTicking(isUnderWay(rehearsal));
  if (screen.whole) {
    const { rows, top } = logInSight(screen, wizard);
    return <Rows room={room} lines={[logHead(rehearsal?.said.log.length ?? 0, rows.length, top, view), ...rows.slice(top, top + room - 1)]} />;
  }
  if (screen.full !== undefined) return <Rows room={room} lines={fullContent(screen, wizard)} />;
  const result = breaks(wizard);
  if (!result) return <Rows room={room} lines={rehearsalContent(screen, wizard, view, ticking)} />;
  const [options, above] = besideWays(result, wizard, view);
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
