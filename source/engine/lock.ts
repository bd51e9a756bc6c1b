import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Stop } from '../model/errors.ts';
import { text } from '../model/text.ts';
import type { Files, Processes } from '../system/system.ts';

/** One run at a time for each daemon and project. A lock whose process is gone is taken over. */
export async function withLock<T>(files: Files, processes: Processes, state: string, key: string, work: () => Promise<T>): Promise<T> {
  const folder = join(state, 'locks');
  const at = join(folder, createHash('sha256').update(key).digest('hex').slice(0, 24));
  await files.makeFolder(folder, 0o700);
  const mine = String(process.pid);
  if (!(await files.claim(at, mine))) {
    const owner = (await files.read(at)).toString('utf8').trim();
    const alive = (await processes.list()).some((p) => String(p.pid) === owner);
    if (alive && owner !== mine) {
      throw new Stop(text(`Another harden-tui (process ${owner}) is changing this project.`, `另一个 harden-tui（进程 ${owner}）正在修改这个项目。`), [text('Wait until it has ended, then try again.', '等它结束后再试。')]);
    }
    await files.remove(at);
    await files.claim(at, mine);
  }
  try {
    return await work();
  } finally {
    await files.remove(at);
  }
}
