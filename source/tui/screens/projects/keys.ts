import type { Binding } from '../../keys.ts';
import { moved, movingKeys } from '../../scroll.ts';
import { put, turn } from '../../turn.ts';
import { calls, goBack, quit } from '../common.ts';
import { toFindings } from '../findings/open.ts';
import { history } from '../history/open.ts';
import { withProject } from './open.ts';
import { projectsIn, type ProjectsScreen } from './state.ts';

/** Rows that a page key moves by. */
const PAGE = 10;

export const projectsKeys: readonly Binding<ProjectsScreen>[] = [
  {
    keys: ['enter'], says: (words) => words.keys.choose, place: 'deed',
    act: (screen, wizard) => toFindings(withProject(wizard, projectsIn(wizard)[screen.at]?.folder)),
  },
  {
    keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'], says: (words) => words.projects.highlight, place: 'deed',
    shows: (_screen, wizard) => `1-${Math.min(9, projectsIn(wizard).length + 1)}`, bare: true,
    act: (screen, wizard, key) => turn(put(wizard, { ...screen, at: Math.min(Number(key) - 1, projectsIn(wizard).length) })),
  },
  ...movingKeys<ProjectsScreen>((screen, wizard, key) => ({ ...screen, at: moved(screen.at, key, projectsIn(wizard).length + 1, PAGE) }), 'list'),
  calls('page'),
  history('page'),
  quit(),
  goBack(),
];
