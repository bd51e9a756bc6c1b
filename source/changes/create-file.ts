import { basename, dirname, resolve } from 'node:path';
import { Stop } from '../model/errors.ts';
import { same, text } from '../model/text.ts';
import { fileNow, otherMode, written } from './as-left.ts';
import { checked } from './checked.ts';
import { dropHalves } from './halves.ts';
import type { System } from '../system/system.ts';
import { staying, type Deed } from './deed.ts';

export interface CreateUndo {
  /** Nothing to keep: the file was not there. */
  readonly absent: true;
  /** What was written, where that is not the plan's text: a password was made for it. */
  readonly text?: string;
  /** The topmost folder on the way that was not there either. */
  readonly folder?: string;
}

async function missingFolder(files: System['files'], root: string, path: string): Promise<string | undefined> {
  let missing: string | undefined;
  for (let folder = dirname(path); folder !== '.' && folder !== '/' && !(await files.stat(resolve(root, folder))); folder = dirname(folder)) missing = folder;
  return missing;
}

/** Whether a text names a new file, or a variable that such a file of variables brings. */
function names(said: string, { path, text: made }: { readonly path: string; readonly text: string }): boolean {
  if (said.includes(basename(path)) && basename(path) !== '.env') return true;
  return /^\.env/.test(basename(path)) && [...made.matchAll(/^(\w+)=/gm)].some(([, name = '']) => new RegExp(`\\$\\{?${name}\\b`).test(said));
}

export const createFile: Deed<'create-file', CreateUndo> = {
  tell: (change) => same(change.path),
  async prepare(change, { system, root, fill }) {
    if (await system.files.stat(resolve(root, change.path))) {
      throw new Stop(text(`${change.path} is there already, so it was not overwritten.`, `${change.path} 已经存在，因此没有覆盖。`), [text('Rename or remove it, then run harden-tui again.', '改名或删除它，然后重新运行 harden-tui。')]);
    }
    const made = fill?.(change.text) ?? change.text;
    const folder = await missingFolder(system.files, root, change.path);
    return { absent: true, ...(made === change.text ? {} : { text: made }), ...(folder === undefined ? {} : { folder }) };
  },
  async run(change, undo, { system, root }) {
    await checked(system, root, change.path, undefined, undo.text ?? change.text);
    const at = resolve(root, change.path);
    if (undo.folder !== undefined) await system.files.makeFolder(dirname(at), 0o755, await system.files.stat(resolve(root, dirname(undo.folder))));
    const folder = await system.files.stat(dirname(at));
    // The new file belongs to whom its folder belongs, also when we run as root.
    await system.files.write(at, Buffer.from(undo.text ?? change.text, 'utf8'), { mode: change.mode, ...(folder ? { uid: folder.uid, gid: folder.gid } : {}) });
  },
  async revert(change, undo, { system, root, stayed }) {
    const at = resolve(root, change.path);
    await dropHalves(system.files, at);
    // Without it what was left as it is would not start any more (measured: a missing file that compose mounts becomes a folder).
    const needed = stayed?.find((file) => names(file.text, change));
    if (needed) return [staying(same(change.path), text(`${change.path} stays, for ${needed.path} names it.`, `${change.path} 保留，因为 ${needed.path} 用到它。`))];
    const now = (await system.files.stat(at)) ? await system.files.read(at) : undefined;
    if (now && now.toString('utf8') !== (undo.text ?? change.text)) {
      return [staying(same(change.path), text(`${change.path} was made by harden-tui and edited since: it is left as it is.`, `${change.path} 由 harden-tui 创建，之后被改过：保持原样。`))];
    }
    await system.files.remove(at);
    // The folder that was made for it goes too, unless somebody put something there since.
    const { folder } = undo;
    for (let made = dirname(change.path); folder !== undefined && (made === folder || made.startsWith(`${folder}/`)); made = dirname(made)) {
      if (!(await system.files.stat(resolve(root, made)))) continue;
      if ((await system.files.list(resolve(root, made))).length > 0) break;
      await system.files.remove(resolve(root, made));
    }
    return [];
  },
  async still({ path, text: planned, mode }, undo, { system, root }) {
    const now = await fileNow(system.files, root, path);
    if (!('bytes' in now)) return [now];
    const at = { file: path, ...written(now.stat) };
    if (now.bytes.toString('utf8') !== (undo.text ?? planned)) return [{ held: 'drifted', what: text(`${path}, which the run made, was edited since`, `运行创建的 ${path} 之后被改过`), ...at }];
    return otherMode(path, now.stat, mode);
  },
};
