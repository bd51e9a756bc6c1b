import { line, sides, span, type Line } from './lines.ts';
import { kindOf } from './screens/index.ts';
import type { View } from './view.ts';
import { whichDocker } from './which-docker.ts';
import { shown, type Wizard } from './wizard.ts';

/** Row 1: where I am; on the right the project and which Docker. */
export function head(wizard: Wizard, view: View): Line {
  const { columns, glyphs } = view;
  const screen = shown(wizard);
  const crumb = kindOf(screen).crumb?.(screen, wizard, view);
  return sides(line(span('harden-tui', 'strong'), crumb ? ` > ${crumb}` : ''), whichDocker(wizard, view), columns, glyphs.more);
}
