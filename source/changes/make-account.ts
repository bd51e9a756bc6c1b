import { text } from '../model/text.ts';
import type { System } from '../system/system.ts';
import { StepFailed, type Deed } from './deed.ts';

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
    if (!made || !(await isThere(system, name))) return [];
    const { code, stderr } = await system.shell.run(['userdel', name]);
    return code === 0 ? [] : [text(`The account ${name} is left: ${stderr.trim()}. Once nothing runs as it: userdel ${name}`, `账号 ${name} 还在：${stderr.trim()}。等没有进程使用它时：userdel ${name}`)];
  },
  async still({ name }, _undo, { system }) {
    return (await isThere(system, name)) ? [] : [{ held: 'drifted', what: text(`the account ${name} is gone`, `账号 ${name} 已不存在`) }];
  },
};
