import { dirname } from 'node:path';
import { quote } from '../files/shellwords.ts';
import { Stop } from '../model/errors.ts';
import { text } from '../model/text.ts';
import type { Files } from '../system/system.ts';

/** What is looked at is a folder: of a file its own one is meant. */
export const isNoFolder = (at: string): Stop => new Stop(text(`${at} is no folder, and harden-tui looks at folders.`, `${at} 不是目录，而 harden-tui 查看的是目录。`), [text(`The one it lies in: harden-tui ${quote([dirname(at)])}`, `它所在的目录：harden-tui ${quote([dirname(at)])}`)]);

/** A folder that can't be read at all has no findings, and that must never look like there were none to find. */
export async function mustBeReadable(files: Pick<Files, 'list'>, folder: string): Promise<void> {
  try {
    await files.list(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EACCES' && code !== 'EPERM') throw error;
    throw new Stop(text(`This user may not read the folder ${folder}, so nothing can be said about it.`, `当前用户无权读取目录 ${folder}，因此无从判断。`), [text('Run it as a user who may, or mend the mode of the folder.', '请用有权限的用户运行，或修正目录的权限。')]);
  }
}
