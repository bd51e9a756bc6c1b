import { findingsOf } from '../../../engine/projects.ts';
import type { Finding } from '../../../model/finding.ts';
import type { Machine } from '../../../model/machine.ts';
import { openFresh, turn, type Turn } from '../../turn.ts';
import type { Wizard } from '../../wizard.ts';
import { isToChoose, projectsIn, projectsScreen } from './state.ts';

/** What was seen, and of its findings those of the chosen project; behind them what is not this project's, where it was looked at. One that is there no more is chosen anew. */
export function seen(wizard: Wizard, machine: Machine, findings: readonly Finding[]): Wizard {
  const foreign = [...(wizard.looking.beyond?.values() ?? [])].flatMap((known) => (known === 'asked' ? [] : known));
  const looking = { ...wizard.looking, machine, findings: [...findings, ...foreign], all: findings };
  const next = { ...wizard, looking };
  const folder = wizard.project?.folder;
  if (folder === undefined) return next;
  return projectsIn(next).some((one) => one.folder === folder) ? { ...next, looking: { ...looking, findings: [...findingsOf(folder, machine, findings), ...foreign] } } : { ...next, project: undefined };
}

/** Goes on with one of them, or, without a folder, with all. */
export function withProject(wizard: Wizard, folder: string | undefined): Wizard {
  const { machine, all = [] } = wizard.looking;
  const chosen = { ...wizard, project: folder === undefined ? {} : { folder }, draft: undefined, rehearsal: undefined };
  return machine ? seen(chosen, machine, all) : chosen;
}

/** The choice, where there is one; `otherwise` where there is none, or where it was made. */
export function toProjects(wizard: Wizard, otherwise: (wizard: Wizard) => Turn, again = false): Turn {
  if (!isToChoose(wizard) || (wizard.project !== undefined && !again)) return otherwise(wizard);
  const before = projectsIn(wizard).findIndex((one) => one.folder === wizard.project?.folder);
  return turn(openFresh(wizard, { ...projectsScreen, at: before >= 0 ? before : wizard.project ? projectsIn(wizard).length : 0 }));
}
