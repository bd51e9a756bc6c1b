import { at, parseCompose, scalarsOf } from '../files/compose.ts';
import type { Machine } from '../model/machine.ts';

/**
 * The threat model in one word: is whoever can edit the app's files trusted with root of the machine? `.harden-tui.yaml`
 * says so (`trust: {app-editors: root}`); otherwise they are trusted with the app alone.
 */
export function editorsAreRoot(machine: Machine): boolean {
  const config = machine.files.get('.harden-tui.yaml');
  const { root } = parseCompose(config?.text ?? '');
  const trust = root && at(root, 'trust');
  const said = trust && at(trust, 'app-editors');
  return scalarsOf(said).some((s) => s.value === 'root');
}
