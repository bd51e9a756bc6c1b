import { line, sides, span, type Line } from './lines.ts';
import { kindOf } from './screens/index.ts';
import type { View } from './view.ts';
import { projectName, shown, type Wizard } from './wizard.ts';

/** Row 1: where I am; on the right the project and which Docker. A remote one is reversed, on every screen. */
export function head(wizard: Wizard, view: View): Line {
  const { words, columns, glyphs } = view;
  const screen = shown(wizard);
  const crumb = kindOf(screen).crumb?.(screen, wizard, view);
  const { machine } = wizard.looking;
  const docker = machine?.docker;
  const { here, asked, absent, unasked } = words.common.docker;
  const which = docker?.remote ? span(words.common.docker.remote(docker.endpoint), 'alert')
    : span(docker ? here : !machine ? asked : machine.blind.some((b) => b.what === 'Docker') ? absent : unasked);
  return sides(line(span('harden-tui', 'strong'), crumb ? ` > ${crumb}` : ''), [span(`${projectName(wizard)}   `), which], columns, glyphs.more);
}
