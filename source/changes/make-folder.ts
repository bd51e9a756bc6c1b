import { join } from 'node:path';
import { text } from '../model/text.ts';
import { StepFailed, type Deed } from './deed.ts';
import { realOf } from './set-path.ts';

export interface FolderMade {
  /** It was not there before: then it is ours to take away. */
  readonly made: boolean;
  /** Else whose it was. */
  readonly before?: { readonly uid: number; readonly gid: number; readonly mode: number };
}

/** A run folder, or one for state; made in one call with its owner, so that nobody finds it half-made. */
export const makeFolder: Deed<'make-folder', FolderMade> = {
  tell: (change) => text(`folder ${change.path}, ${change.uid}:${change.gid} ${change.mode.toString(8)}`, `目录 ${change.path}，${change.uid}:${change.gid} ${change.mode.toString(8)}`),
  async prepare(change, { system }) {
    const stat = await system.files.stat(change.path);
    if (stat && stat.kind !== 'directory') throw new StepFailed(text(`${change.path} is there already and is no folder.`, `${change.path} 已经存在，而且不是目录。`));
    return stat ? { made: false, before: { uid: stat.uid, gid: stat.gid, mode: stat.mode } } : { made: true };
  },
  async run({ path, uid, gid, mode }, { made }, { system }) {
    if (!made) return system.files.set(await realOf(system.files, path), { uid, gid, mode });
    const { code, stderr } = await system.shell.run(['install', '-d', '-o', String(uid), '-g', String(gid), '-m', mode.toString(8), path]);
    if (code !== 0) throw new StepFailed(text(`The folder ${path} could not be made.`, `无法创建目录 ${path}。`), [stderr.trim()]);
  },
  async revert({ path }, { made, before }, { system }) {
    if (!(await system.files.stat(path))) return [];
    if (!made) {
      await system.files.set(await realOf(system.files, path), before ?? {});
      return [];
    }
    // A socket that a stopped program left behind is nobody's any more.
    for (const { name, kind } of await system.files.list(path)) if (kind === 'socket') await system.files.remove(join(path, name));
    if ((await system.files.list(path)).length > 0) return [text(`${path} was made by harden-tui and holds something now: it is left as it is.`, `${path} 由 harden-tui 创建，现在里面有内容：保持原样。`)];
    await system.files.remove(path);
    return [];
  },
  async still({ path }, _undo, { system }) {
    return (await system.files.stat(path)) ? [] : [{ held: 'drifted', file: path, what: text(`the folder ${path} is gone`, `目录 ${path} 已不存在`) }];
  },
};
