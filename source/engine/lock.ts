import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { Stop } from '../model/errors.ts';
import { text } from '../model/text.ts';
import type { Files, Processes } from '../system/system.ts';

/** What a run is locked by: two of one project on one engine would undo each other's steps. */
export const lockOf = ({ daemon, root }: { readonly daemon?: string; readonly root: string }): string => `${daemon ?? ''}:${root}`;

const fileOf = (state: string, key: string): string => join(state, 'locks', createHash('sha256').update(key).digest('hex').slice(0, 24));
const pidOf = (owner: string): string => owner.split(':')[0] ?? '';

/** Pid of the process that changes a project right now, if one does. */
export async function holder(files: Files, processes: Processes, state: string, key: string): Promise<string | undefined> {
  const owner = (await files.read(fileOf(state, key)).catch(() => Buffer.alloc(0))).toString('utf8').trim();
  return owner !== '' && (await processes.lives(owner)) === true ? pidOf(owner) : undefined;
}

function taken(owner: string, at: string, known: boolean): Stop {
  const pid = pidOf(owner);
  return new Stop(text(`Another harden-tui (process ${pid}) is changing this project.`, `另一个 harden-tui（进程 ${pid}）正在修改这个项目。`), [
    text('Wait until it has ended, then try again.', '等它结束后再试。'),
    ...(known ? [] : [text(`It was started on another machine or in another container. Once it is gone: rm ${at}`, `它是在另一台机器或另一个容器里启动的。确认它已不在后：rm ${at}`)]),
  ]);
}

/** One run at a time for each daemon and project. A lock whose process is gone is taken over. */
export async function withLock<T>(files: Files, processes: Processes, state: string, key: string, work: () => Promise<T>): Promise<T> {
  const at = fileOf(state, key);
  await files.makeFolder(dirname(at), 0o700);
  const mine = await processes.me();
  if (!(await files.claim(at, mine))) {
    const owner = (await files.read(at).catch(() => Buffer.alloc(0))).toString('utf8').trim();
    // We hold it already, further out.
    if (owner === mine) return work();
    const lives = owner === '' ? false : await processes.lives(owner);
    if (lives !== false) throw taken(owner, at, lives === true);
    await files.remove(at);
    if (!(await files.claim(at, mine))) throw taken((await files.read(at).catch(() => Buffer.alloc(0))).toString('utf8').trim(), at, true);
  }
  try {
    return await work();
  } finally {
    await files.remove(at);
  }
}
