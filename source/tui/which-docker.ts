import { span, type Line } from './lines.ts';
import type { View } from './view.ts';
import { projectName, type Wizard } from './wizard.ts';

/** The right end of row 1: the project and which Docker. A remote one is reversed, on every screen. */
export function whichDocker(wizard: Wizard, { words }: View): Line {
  const { machine } = wizard.looking;
  const docker = machine?.docker;
  const { here, asked, absent, unasked } = words.common.docker;
  const which = docker?.remote ? span(words.common.docker.remote(docker.endpoint), 'alert')
    : span(docker ? here : wizard.given.noDocker ? unasked : !machine ? asked : machine.blind.some((b) => b.what === 'Docker') ? absent : unasked);
  return [span(`${projectName(wizard)}   `), which];
}
