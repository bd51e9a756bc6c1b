import { text } from '../model/text.ts';
import type { System } from '../system/system.ts';
import { staying, StepFailed, type Deed } from './deed.ts';

export interface AccountMade {
  /** It was not there before: then undo takes it away. */
  readonly made: boolean;
  /** Set where the number that useradd would take is in use already, by a process that has no account here. */
  readonly uid?: number;
}

/** Read as the file has it: accounts of a directory service are somebody else's, and `useradd` would say so. */
async function isThere(system: System, name: string): Promise<boolean> {
  const accounts = (await system.files.read('/etc/passwd')).toString('utf8');
  return accounts.split('\n').some((line) => line.startsWith(`${name}:`));
}

/** Numbers of accounts and groups, by the third field of their lines. */
const numbers = async (system: System, file: string): Promise<readonly number[]> =>
  (await system.files.read(file).catch(() => Buffer.from(''))).toString('utf8').split('\n').flatMap((line) => { const id = /^[^:]*:[^:]*:(\d+):/.exec(line)?.[1]; return id === undefined ? [] : [Number(id)]; });

/** Where useradd looks for a system account: from the top down (SYS_UID_MAX and SYS_UID_MIN of login.defs(5), as distributions have them). */
const [HIGHEST, LOWEST] = [999, 101];

/**
 * A number in a container is that number on the machine: an account that gets the 999 of a container's redis shares its
 * files and may signal it. useradd knows the file alone, so where its choice is somebody already another one is made.
 */
async function unusedNumber(system: System): Promise<number | undefined> {
  const taken = new Set([...(await numbers(system, '/etc/passwd')), ...(await numbers(system, '/etc/group'))]);
  const running = new Set((await system.processes.list()).flatMap(({ status }) => [...status.matchAll(/^[UG]id:\t(.*)$/gm)].flatMap(([, ids]) => ids!.split('\t').map(Number))));
  const free = Array.from({ length: HIGHEST - LOWEST + 1 }, (_, i) => HIGHEST - i).filter((n) => !taken.has(n));
  const [first] = free;
  return first === undefined || !running.has(first) ? undefined : free.find((n) => !running.has(n));
}

export const useradd = ({ name, home }: { readonly name: string; readonly home?: string }, uid?: number): readonly string[] =>
  ['useradd', '--system', ...(uid === undefined ? [] : ['--uid', String(uid)]), '--user-group', '--no-create-home', '--home-dir', home ?? '/nonexistent', '--shell', '/usr/sbin/nologin', name];

/** A stop returns before the last child has ended, and a supervisord that reads all again stops its programs one after the other. */
const [LONG_MS, BEAT_MS] = [15_000, 500];

/** Why the account is still there; undefined when it is gone. Asked again as long as a process runs as it. */
async function gone(system: System, name: string, patience: number): Promise<string | undefined> {
  for (let waited = 0; ; waited += BEAT_MS) {
    if (!(await isThere(system, name))) return undefined;
    const { code, stderr } = await system.shell.run(['userdel', name], { env: { LC_ALL: 'C' } });
    if (code === 0) return undefined;
    if (!stderr.includes('currently used by process') || waited >= patience) return stderr.trim();
    await system.pause(BEAT_MS);
  }
}

/** A system account for one service. */
export const makeAccount: Deed<'make-account', AccountMade> = {
  tell: (change) => text(`account ${change.name}`, `账号 ${change.name}`),
  async prepare(change, { system }) {
    if (await isThere(system, change.name)) return { made: false };
    const uid = await unusedNumber(system);
    return { made: true, ...(uid === undefined ? {} : { uid }) };
  },
  async run(change, { made, uid }, { system }) {
    if (!made) return;
    const { code, stderr } = await system.shell.run(useradd(change, uid));
    if (code !== 0) throw new StepFailed(text(`The account ${change.name} could not be made.`, `无法创建账号 ${change.name}。`), [stderr.trim()]);
  },
  // Only when nothing runs as it any more, which is when all of it was started again: at the end, in `settle`.
  revert: async () => [],
  async settle({ name }, undo, { system, handed }) {
    const why = undo.made ? await gone(system, name, handed ? 0 : LONG_MS) : undefined;
    if (why === undefined) return [];
    const what = text(`account ${name}`, `账号 ${name}`);
    const pid = /currently used by process (\d+)/.exec(why)?.[1];
    return [staying(what, pid === undefined
      ? text(`The account ${name} could not be removed: ${why}.`, `账号 ${name} 未能删除：${why}。`)
      : text(`The account ${name} stays as long as process ${pid} runs as it.`, `进程 ${pid} 还在用账号 ${name}，所以账号留着。`))];
  },
  async still({ name }, _undo, { system }) {
    return (await isThere(system, name)) ? [] : [{ held: 'drifted', what: text(`the account ${name} is gone`, `账号 ${name} 已不存在`) }];
  },
};
