import { text } from '../model/text.ts';
import type { System } from '../system/system.ts';
import { staying, StepFailed, type Deed } from './deed.ts';

export interface AccountMade {
  /** It was not there before: then undo takes it away. */
  readonly made: boolean;
}

/** Read as the file has it: accounts of a directory service are somebody else's, and `useradd` would say so. */
async function isThere(system: System, name: string): Promise<boolean> {
  const accounts = (await system.files.read('/etc/passwd')).toString('utf8');
  return accounts.split('\n').some((line) => line.startsWith(`${name}:`));
}

export const useradd = ({ name, home }: { readonly name: string; readonly home?: string }): readonly string[] =>
  ['useradd', '--system', '--user-group', '--no-create-home', '--home-dir', home ?? '/nonexistent', '--shell', '/usr/sbin/nologin', name];

/** A stop returns before the last child has ended, and a supervisord that reads all again stops its programs one after the other. */
const [BRIEF_MS, LONG_MS, BEAT_MS] = [2_000, 15_000, 500];

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
  prepare: async (change, { system }) => ({ made: !(await isThere(system, change.name)) }),
  async run(change, { made }, { system }) {
    if (!made) return;
    const { code, stderr } = await system.shell.run(useradd(change));
    if (code !== 0) throw new StepFailed(text(`The account ${change.name} could not be made.`, `无法创建账号 ${change.name}。`), [stderr.trim()]);
  },
  async revert({ name }, { made }, { system }) {
    // What runs on until it is started again keeps it: `settle` asks once more.
    if (made) await gone(system, name, BRIEF_MS);
    return [];
  },
  async settle({ name }, { made }, { system }) {
    const why = made ? await gone(system, name, LONG_MS) : undefined;
    return why === undefined ? [] : [staying(text(`the account ${name}`, `账号 ${name}`), text(`The account ${name} is left: ${why}. Once nothing runs as it: userdel ${name}`, `账号 ${name} 还在：${why}。等没有进程使用它时：userdel ${name}`))];
  },
  async still({ name }, _undo, { system }) {
    return (await isThere(system, name)) ? [] : [{ held: 'drifted', what: text(`the account ${name} is gone`, `账号 ${name} 已不存在`) }];
  },
};
