import { resolve } from 'node:path';
import type { Change } from '../model/change.ts';
import { text, type Text } from '../model/text.ts';
import type { Files } from '../system/system.ts';

/**
 * Why files of a way can't be made here: something has their name, mostly the empty folder that Docker makes where a file is
 * mounted that is not there (measured). Nothing of the project's that is read as text is meant: a fix edits that.
 */
export async function inTheWay(files: Pick<Files, 'stat' | 'list'>, root: string, changes: readonly Change[]): Promise<Text | undefined> {
  for (const change of changes) {
    if (change.kind !== 'create-file') continue;
    const at = resolve(root, change.path);
    const there = await files.stat(at);
    if (!there) continue;
    const empty = there.kind === 'directory' && (await files.list(at)).length === 0;
    return empty
      ? text(`${change.path} is there already, an empty folder, as Docker makes one where a mounted file is missing: remove it first`, `${change.path} 已经存在，是个空目录（挂载的文件不存在时 Docker 会建一个）：请先删除它`)
      : text(`${change.path} is there already: rename or remove it first`, `${change.path} 已经存在：请先改名或删除它`);
  }
  return undefined;
}
