import { at, parseCompose, scalarsOf } from '../files/compose.ts';

/** Folders that `.harden-tui.yaml` leaves out (`exclude: [test/fixtures]`), relative to the root, without a last slash. */
export function excludedBy(config: string): readonly string[] {
  const { root } = parseCompose(config);
  const list = root && at(root, 'exclude');
  return scalarsOf(list).map((s) => s.value.replace(/^\.\//, '').replace(/\/+$/, '')).filter((p) => p !== '' && !p.startsWith('..'));
}
