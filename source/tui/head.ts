import { fit } from '../report/fit.ts';
import { line, lineWidth, sides, span, type Line } from './lines.ts';
import { kindOf } from './screens/index.ts';
import type { View } from './view.ts';
import { whichDocker } from './which-docker.ts';
import { width } from './width.ts';
import { shown, type Wizard } from './wizard.ts';

const BETWEEN = ' > ';

/** The name of the page stays, and what it is about gives way. */
function fitted(crumb: string, room: number, more: string): string {
  const at = crumb.lastIndexOf(BETWEEN);
  return at < 0 || width(crumb) <= room ? crumb : fit(crumb.slice(0, at), room - width(crumb.slice(at)), more) + crumb.slice(at);
}

/** Row 1: where I am; on the right the project and which Docker. */
export function head(wizard: Wizard, view: View): Line {
  const { columns, glyphs } = view;
  const screen = shown(wizard);
  const crumb = kindOf(screen).crumb?.(screen, wizard, view);
  const [name, right] = ['harden-tui', whichDocker(wizard, view)];
  const room = columns - lineWidth(right) - 1 - width(name + BETWEEN);
  return sides(line(span(name, 'strong'), crumb ? BETWEEN + fitted(crumb, room, glyphs.more) : ''), right, columns, glyphs.more);
}
