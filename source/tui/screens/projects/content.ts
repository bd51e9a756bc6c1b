import { findingsOf, type Project } from '../../../engine/projects.ts';
import { blank, line, paragraph, sides, span, type Line } from '../../lines.ts';
import { windowAround } from '../../scroll.ts';
import type { View } from '../../view.ts';
import type { Wizard } from '../../wizard.ts';
import { cell, squeeze, width } from '../../width.ts';
import { mainFindings } from '../findings/state.ts';
import { projectsIn, type ProjectsScreen } from './state.ts';

interface Choice {
  readonly name: string;
  readonly folder: string;
  readonly says: string;
}

function choices(wizard: Wizard, { words }: View): readonly Choice[] {
  const { machine, all = [] } = wizard.looking;
  const projects = projectsIn(wizard);
  const of = ({ folder, name, services, running }: Project): Choice => ({
    name, folder: folder === '' ? './' : `${folder}/`, says: words.projects.counts(services, running, machine ? mainFindings(findingsOf(folder, machine, all)).length : 0),
  });
  return [...projects.map(of), { name: words.projects.all, folder: '', says: words.projects.allSays(mainFindings(all).length) }];
}

/** Each with the folder of its compose file, what of it runs and how much was found there. */
export function projectsContent(screen: ProjectsScreen, wizard: Wizard, view: View): readonly Line[] {
  const { words, glyphs, columns, room } = view;
  const all = choices(wizard, view);
  const number = String(all.length).length;
  const name = Math.min(30, Math.max(...all.map((one) => width(one.name)))) + 2;
  const says = Math.max(...all.map((one) => width(one.says)));
  const folder = columns - 4 - number - 1 - name - says - 2;
  const head = [blank, ...paragraph(words.projects.ask(all.length - 1), columns - 1, 'strong'), blank];
  const foot = [blank, ...paragraph(words.projects.text, columns - 1)];
  const { from, to } = windowAround(screen.at, all.length, Math.max(3, room - head.length - foot.length - 1));
  return [
    ...head,
    ...all.slice(from, to).map((one, i) => {
      const here = from + i === screen.at;
      return sides(line(
        ` ${here ? glyphs.here : ' '.repeat(width(glyphs.here))} `, `${String(from + i + 1).padStart(number)} `,
        span(cell(one.name, name, glyphs.more), here ? 'here' : undefined), span(squeeze(one.folder, folder, glyphs.more), 'path'),
      ), [span(one.says)], columns - 1, glyphs.more);
    }),
    ...(to - from < all.length ? [line(span(` ${words.history.inSight(from + 1, to, all.length)}`, 'faint'))] : []),
    ...foot,
  ];
}
