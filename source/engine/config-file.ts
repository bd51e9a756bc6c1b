import { join } from 'node:path';
import { Stop } from '../model/errors.ts';
import type { Machine } from '../model/machine.ts';
import { text } from '../model/text.ts';
import { hashOf } from '../inspect/files.ts';
import type { Files } from '../system/system.ts';
import { CONFIG } from './suppress.ts';

const LOOK_AGAIN = text('Look again, then decide on what it says now.', '请重新查看，再根据现在的内容决定。');

/**
 * Writes the project's own settings, only where they still are what was shown; `after` undefined takes away the file that
 * was made for it. The machine comes back with the file as it is then.
 */
export async function writeConfig(files: Files, machine: Machine, before: string | undefined, after: string | undefined): Promise<Machine> {
  const at = join(machine.root, CONFIG);
  const there = await files.stat(at);
  if (there && there.kind !== 'file') throw new Stop(text(`${CONFIG} is not a plain file, so nothing was written.`, `${CONFIG} 不是普通文件，因此没有写入。`), [text('Write the entry where it leads to, by hand.', '请手动写到它指向的地方。')]);
  const now = there ? (await files.read(at)).toString('utf8') : undefined;
  if (now !== before) throw new Stop(text(`${CONFIG} was changed since it was read, so nothing was written.`, `${CONFIG} 在读取之后被改过，因此没有写入。`), [LOOK_AGAIN]);
  try {
    if (after === undefined) {
      if (there) await files.remove(at);
    } else {
      const folder = there ? undefined : await files.stat(machine.root);
      // Under sudo a new file belongs to whom the folder belongs to.
      await files.write(at, Buffer.from(after, 'utf8'), folder ? { mode: 0o644, uid: folder.uid, gid: folder.gid } : {});
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EACCES' && code !== 'EPERM' && code !== 'EROFS') throw error;
    throw new Stop(text(`${CONFIG} can't be written here (${code}).`, `无法写入 ${CONFIG}（${code}）。`), [text('Write it as a user who may, or skip the finding with s.', '请用有权限的用户写入，或按 s 跳过。')]);
  }
  const others = new Map([...machine.files].filter(([path]) => path !== CONFIG));
  const stat = after === undefined ? undefined : await files.stat(at);
  if (after !== undefined && stat) others.set(CONFIG, { path: CONFIG, text: after, hash: hashOf(Buffer.from(after, 'utf8')), mode: stat.mode, uid: stat.uid, gid: stat.gid });
  return { ...machine, files: others };
}
