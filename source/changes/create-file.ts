import { dirname, join } from 'node:path';
import { Stop } from '../model/errors.ts';
import { same, text } from '../model/text.ts';
import type { Deed } from './deed.ts';

export interface CreateUndo {
  /** Nothing to keep: the file was not there. */
  readonly absent: true;
}

export const createFile: Deed<'create-file', CreateUndo> = {
  tell: (change) => same(change.path),
  async prepare(change, { system, root }) {
    if (await system.files.stat(join(root, change.path))) {
      throw new Stop(text(`${change.path} is there already, so it was not overwritten.`, `${change.path} 已经存在，因此没有覆盖。`), [text('Rename or remove it, then run harden-tui again.', '改名或删除它，然后重新运行 harden-tui。')]);
    }
    return { absent: true };
  },
  async run(change, _undo, { system, root }) {
    const at = join(root, change.path);
    const folder = await system.files.stat(dirname(at));
    // The new file belongs to whom its folder belongs, also when we run as root.
    await system.files.write(at, Buffer.from(change.text, 'utf8'), { mode: change.mode, ...(folder ? { uid: folder.uid, gid: folder.gid } : {}) });
  },
  async revert(change, _undo, { system, root }) {
    const at = join(root, change.path);
    const now = (await system.files.stat(at)) ? await system.files.read(at) : undefined;
    if (now && now.toString('utf8') !== change.text) {
      return [text(`${change.path} was made by harden-tui and edited since: it is left as it is.`, `${change.path} 由 harden-tui 创建，之后被改过：保持原样。`)];
    }
    await system.files.remove(at);
    return [];
  },
};
