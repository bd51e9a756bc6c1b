import { blank, line, paragraph, textOf, type Line } from '../../lines.ts';
import { viewOf, type View } from '../../view.ts';
import { shown, type Wizard } from '../../wizard.ts';
import { countLine, headLine } from './content.ts';
import { isWide } from './is-wide.ts';
import type { FindingsScreen } from './state.ts';
import { table } from './table.ts';

const LIST = 52;

const listView = (wizard: Wizard): View => ({ ...viewOf(wizard), columns: LIST });

/** What the finding has of the screen: all of it, or what the list leaves. */
export const findingView = (wizard: Wizard): View => {
  const view = viewOf(wizard);
  return isWide(wizard) ? { ...view, columns: view.columns - LIST - 3 } : view;
};

/** The list that a finding was opened from. */
export const listBelow = (wizard: Wizard): FindingsScreen | undefined => wizard.stack.findLast((screen): screen is FindingsScreen => screen.name === 'findings');

/** The list beside a finding: what the highlighted one means stands there and not below. */
export function wideList(screen: FindingsScreen, wizard: Wizard): readonly Line[] {
  const view = listView(wizard);
  const head = paragraph(headLine(screen, wizard, view), view.columns - 1);
  const count = paragraph(textOf(countLine(screen, wizard, view)).trimStart(), view.columns - 1);
  // A sentence of the last key takes the last row of the screen, and one of these.
  const noticed = wizard.notice !== undefined || screen.search.typing ? 1 : 0;
  const room = view.room - head.length - count.length - 3 - noticed;
  const rows = table(screen, wizard, view, room);
  return [...head, blank, ...rows, ...Array.from({ length: Math.max(0, room + 1 - rows.length) }, () => blank), blank, ...count];
}

export const hasFocus = (wizard: Wizard, pane: 'findings' | 'finding'): boolean => shown(wizard).name === pane;

/** The rule between the panes. */
export const between = (wizard: Wizard): readonly Line[] => {
  const { room, glyphs } = viewOf(wizard);
  return Array.from({ length: room }, () => line(` ${glyphs.pane} `));
};
