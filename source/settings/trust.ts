import { at, parseCompose, scalarsOf } from '../files/compose.ts';
import type { AppEditors, Machine } from '../model/machine.ts';

/**
 * The threat model in one word: is whoever can edit the app's files trusted with root of the machine? The project's own
 * `.harden-tui.yaml` says so (`trust: {app-editors: root}`), else what was answered once here. Undefined: nobody said it.
 */
export function appEditors(machine: Machine): AppEditors | undefined {
  const said = saidInProject(machine);
  return said ?? machine.appEditors;
}

/** What the project's own file says of it. */
export function saidInProject(machine: Machine): AppEditors | undefined {
  const config = machine.files.get('.harden-tui.yaml');
  const { root } = parseCompose(config?.text ?? '');
  const trust = root && at(root, 'trust');
  const values = scalarsOf(trust && at(trust, 'app-editors')).map((s) => s.value);
  return values.find((value): value is AppEditors => value === 'root' || value === 'app');
}

/** Until somebody says otherwise, they are trusted with the app alone. */
export const editorsAreRoot = (machine: Machine): boolean => appEditors(machine) === 'root';
