import { posix, sep } from 'node:path';
import type { SourceFile } from '../model/machine.ts';
import type { Process } from '../model/process.ts';
import { programOf } from '../settings/roles.ts';
import { supervisordPaths } from '../settings/supervisord-control.ts';
import { includedBy } from '../settings/supervisord.ts';
import { UNIT_FOLDERS } from '../settings/unit.ts';
import type { Files } from '../system/system.ts';
import { readOutside } from './files.ts';

const CONFIG = /\.(?:py|ini|conf|cfg|ya?ml)$/;

/** Absolute paths of configuration that a command line names (`-c /etc/x.py`, `--ini=/etc/x.ini`). */
const named = (argv: readonly string[]): readonly string[] => argv.map((w) => w.replace(/^--?[\w-]+=/, '')).filter((w) => w.startsWith('/') && CONFIG.test(w));

/** `conf.d/*.conf`, as supervisord's `[include]` has it: a pattern in the last part of the path alone. */
async function matching(files: Files, pattern: string): Promise<readonly string[]> {
  const folder = posix.dirname(pattern);
  const like = new RegExp(`^${posix.basename(pattern).replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')}$`);
  const list = await files.list(folder).catch(() => []);
  return list.filter((e) => like.test(e.name)).map((e) => `${folder}/${e.name}`);
}

async function included(files: Files, config: SourceFile, at: string): Promise<readonly string[]> {
  return (await Promise.all(includedBy(config).map((p) => matching(files, posix.resolve(posix.dirname(at), p))))).flat();
}

/**
 * Files outside the project that what runs here leads to (DECISIONS.md, "What is looked at"): units and their drop-ins,
 * supervisord's configuration with what it includes, configuration named on a command line. Keyed as `SourceFile.path`.
 */
export async function outsideFiles(files: Files, root: string, processes: readonly Process[]): Promise<ReadonlyMap<string, SourceFile>> {
  const found = new Map<string, SourceFile>();
  const take = async (path: string): Promise<SourceFile | undefined> => {
    if (path === root || path.startsWith(root + sep)) return readOutside(files, root, path);
    const one = await readOutside(files, root, path);
    if (one && one.path.startsWith('/')) found.set(one.path, one);
    return one;
  };
  const units = [...new Set(processes.flatMap((p) => (p.manager === undefined ? (p.unit ?? []) : [])))];
  await Promise.all([
    ...units.flatMap((unit) => {
      // An instance is read from its template: `app@one.service` from `app@.service`.
      const names = [unit, unit.replace(/@[^.]+\./, '@.')];
      return UNIT_FOLDERS.flatMap((folder) => names.flatMap((name) => [take(`${folder}/${name}`), ...[matching(files, `${folder}/${name}.d/*.conf`).then((all) => Promise.all(all.map(take)))]]));
    }),
    ...processes.filter((p) => programOf(p.argv) === 'supervisord').map(async (p) => {
      for (const path of supervisordPaths(p)) {
        const config = await take(path);
        if (!config) continue;
        await Promise.all((await included(files, config, path)).map(take));
        return;
      }
    }),
    ...processes.flatMap((p) => named(p.argv)).map(take),
  ]);
  return found;
}
