import { resolve } from 'node:path';
import type { Trace } from '../model/held.ts';
import { text } from '../model/text.ts';
import type { Files, Stat } from '../system/system.ts';

const MAX_BYTES = 4 * 1024 * 1024;

export interface FileNow {
  readonly bytes: Buffer;
  readonly stat: Stat;
}

export const written = (stat: Stat): Pick<Trace, 'when'> => (stat.written ? { when: { is: 'written', at: stat.written.toISOString() } } : {});

/** A file that a run wrote, as it lies there now; or why it can't be held against what was written. A pipe that took its place is not opened. */
export async function fileNow(files: Files, root: string, path: string): Promise<FileNow | Trace> {
  try {
    const real = await files.realpath(resolve(root, path));
    const stat = await files.stat(real);
    if (stat?.kind === 'file' && stat.size <= MAX_BYTES) return { bytes: await files.read(real), stat };
    return { held: 'drifted', file: path, what: text(`${path} is no file of that kind any more`, `${path} 已不是原来那样的文件`), ...(stat ? written(stat) : {}) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { held: 'drifted', file: path, what: text(`${path} is gone`, `${path} 已不存在`) };
    return { held: 'cannot-tell', file: path, what: text(`${path} could not be read (${code ?? String(error)})`, `无法读取 ${path}（${code ?? String(error)}）`) };
  }
}

/** The mode that a run gave a file, when it gave one. */
export function otherMode(path: string, { mode }: Stat, wanted: number | undefined): readonly Trace[] {
  const [now, then] = [mode, wanted ?? mode].map((m) => (m & 0o777).toString(8));
  return now === then ? [] : [{ held: 'drifted', file: path, what: text(`${path} has mode ${now} now; the run gave it ${then}`, `${path} 现在的权限是 ${now}，运行给的是 ${then}`) }];
}
