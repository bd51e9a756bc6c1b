import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { System } from '../system/system.ts';

/** How the folder of a demo is called, below the machine's own temporary one. */
export const DEMO_FOLDER = 'harden-tui-demo-';
/** In it, beside the copy: the process that takes it away when it ends (`processes.me`). */
export const MADE_BY = 'made-by';

const DAY_MS = 24 * 3_600_000;
const NAME = new RegExp(`^${DEMO_FOLDER}[0-9a-f]{16}$`);

/** Demos whose process was killed: nobody takes them away any more. Another user's are none of ours. */
export async function demosLeft({ files, processes, uid, now }: Pick<System, 'files' | 'processes' | 'uid' | 'now'>): Promise<readonly string[]> {
  const at = tmpdir();
  const names = (await files.list(at).catch(() => [])).filter((e) => e.kind === 'directory' && NAME.test(e.name));
  const found = await Promise.all(names.map(async ({ name }): Promise<readonly string[]> => {
    const folder = join(at, name);
    const stat = await files.stat(folder).catch(() => undefined);
    if (!stat || stat.uid !== uid) return [];
    const by = (await files.read(join(folder, MADE_BY)).catch(() => undefined))?.toString('utf8');
    const lives = by === undefined ? undefined : await processes.lives(by);
    // One of an older version says nothing; on another machine's disk nobody can tell.
    const left = lives === undefined ? stat.written !== undefined && now().getTime() - stat.written.getTime() > DAY_MS : !lives;
    return left ? [folder] : [];
  }));
  return found.flat();
}
