import { join } from 'node:path';
import type { Files } from '../../system/system.ts';
import { isMachines } from './mounts.ts';
import { staged } from './stage.ts';
import type { FileFor } from './world.ts';

/**
 * What stands for a bind's source in a copy: a file of the project as it lies in the stage; another one that is only read,
 * itself; one that may be written, a copy. Sockets, devices and what is the machine's own: nothing.
 */
export function fileFor(files: Files, root: string, at: string, stage: string | undefined): FileFor {
  let made = 0;
  const known = new Map<string, Promise<string | 'folder' | undefined>>();
  const find = async (source: string, readOnly: boolean): Promise<string | 'folder' | undefined> => {
    if (isMachines(source)) return undefined;
    const there = stage === undefined ? undefined : staged(source, root, stage);
    const mine = there === undefined ? undefined : await files.stat(there).catch(() => undefined);
    if (mine?.kind === 'file' && there !== undefined) return there;
    const real = await files.realpath(source).catch(() => source);
    if (isMachines(real)) return undefined;
    const stat = await files.stat(real).catch(() => undefined);
    if (stat === undefined || stat.kind === 'directory') return 'folder';
    if (stat.kind !== 'file') return undefined;
    if (readOnly) return source;
    const copy = join(at, 'files', String(made++));
    await files.makeFolder(join(at, 'files'), 0o700);
    return files.copy(real, copy).then(() => copy, () => undefined);
  };
  return (mount) => {
    const key = `${mount.source}:${String(mount.readOnly)}`;
    const found = known.get(key) ?? find(mount.source, mount.readOnly);
    known.set(key, found);
    return found;
  };
}
