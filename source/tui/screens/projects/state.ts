import { projectsOf, type Project } from '../../../engine/projects.ts';
import type { Wizard } from '../../wizard.ts';

/** Several compose projects under one folder: which of them is it about? */
export interface ProjectsScreen {
  readonly name: 'projects';
  /** Index of the highlighted row; the last one is all of them. */
  readonly at: number;
}

export const projectsScreen: ProjectsScreen = { name: 'projects', at: 0 };

export const projectsIn = ({ looking: { machine } }: Wizard): readonly Project[] => (machine ? projectsOf(machine) : []);

/** A choice comes first only where there is one. */
export const isToChoose = (wizard: Wizard): boolean => projectsIn(wizard).length > 1;
