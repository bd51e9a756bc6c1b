import type { ReactElement } from 'react';
import { Rows } from '../../parts/rows.tsx';
import type { Kind, ScreenProps } from '../screen.ts';
import { projectsContent } from './content.ts';
import { projectsKeys } from './keys.ts';
import type { ProjectsScreen } from './state.ts';

function Projects({ screen, wizard, view }: ScreenProps<ProjectsScreen>): ReactElement {
  return <Rows room={view.room} lines={projectsContent(screen, wizard, view)} />;
}

export const projects: Kind<ProjectsScreen> = { keys: projectsKeys, crumb: (_screen, _wizard, { words }) => words.projects.title, View: Projects };
