import type { Machine } from '../model/machine.ts';
import { composeFile } from '../settings/compose-services.ts';
import { folderOf, within } from '../settings/parsed.ts';

/** What `env_file:` of every service names, relative to the root, and no path that leads out of it. */
export function namedEnvFiles(files: Machine['files']): readonly string[] {
  const compose = [...files.values()].filter((file) => /\.ya?ml$/.test(file.path) && file.text.includes('env_file'));
  const named = compose.flatMap(({ path }) => (composeFile(files, path)?.services ?? []).flatMap((s) => s.envFile.flatMap((f) => within(folderOf(path), f.value) ?? [])));
  return [...new Set(named)].filter((p) => p !== '');
}
