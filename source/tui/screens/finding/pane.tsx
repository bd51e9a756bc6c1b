import type { ReactElement } from 'react';
import { line, span } from '../../lines.ts';
import { Choice } from '../../parts/choice.tsx';
import { Panes } from '../../parts/panes.tsx';
import { Rows } from '../../parts/rows.tsx';
import type { Wizard } from '../../wizard.ts';
import type { FindingsScreen } from '../findings/state.ts';
import { between, findingView, hasFocus, wideList } from '../findings/wide.ts';
import { findingParts, inSight } from './content.ts';
import { offersOn, wayOf, type FindingScreen } from './state.ts';

/** One finding: what it is, where it comes from, the ways out, and what the highlighted one changes. */
export function FindingPane({ screen, wizard }: { readonly screen: FindingScreen; readonly wizard: Wizard }): ReactElement {
  const view = findingView(wizard);
  const parts = findingParts(screen, wizard, view);
  if (!parts) return <Rows lines={[]} room={view.room} />;
  const { words } = view;
  const offers = offersOn(screen, wizard);
  return (
    <>
      <Rows lines={parts.top} />
      {parts.options.length > 0
        ? <Choice options={parts.options} at={parts.at} pointer={view.glyphs.here} quiet={!hasFocus(wizard, 'finding')} />
        : <Rows lines={[line(span(` ${offers ? words.finding.noWays : words.finding.asking}`, 'faint'))]} />}
      <Rows lines={[[], ...inSight(parts, screen.top, wayOf(screen, wizard), view)]} />
    </>
  );
}

/** List and finding side by side, on a wide terminal. */
export function BothPanes({ list, screen, wizard }: { readonly list: FindingsScreen; readonly screen: FindingScreen; readonly wizard: Wizard }): ReactElement {
  const right = findingView(wizard).columns;
  return (
    <Panes left={wideList(list, wizard)} rule={between(wizard)} widths={{ left: wizard.size.columns - right - 3, right }}>
      <FindingPane screen={screen} wizard={wizard} />
    </Panes>
  );
}
