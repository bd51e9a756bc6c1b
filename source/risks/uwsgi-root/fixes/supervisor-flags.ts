import { isRefusal, refuse, type Fix, type Refusal } from '../../../model/risk.ts';
import type { Change } from '../../../model/change.ts';
import type { Machine } from '../../../model/machine.ts';
import { text } from '../../../model/text.ts';
import type { Uwsgi } from '../../../settings/uwsgi.ts';
import type { Account } from '../../../settings/uwsgi-account.ts';
import { setFlags } from '../../../settings/uwsgi-flags.ts';
import { accountFor, ownerOf, proposal, uwsgisIn } from '../wanted.ts';

function flags(machine: Machine, uwsgi: Uwsgi, user: Account): Change | Refusal {
  const owner = ownerOf(machine, uwsgi);
  if (owner && isRefusal(owner)) return owner;
  return setFlags(uwsgi, [{ name: 'uid', value: user.uid }, { name: 'gid', value: user.gid }, ...(owner ? [{ name: 'chown-socket' as const, value: `${owner.name ?? owner.uid}:${user.gid}` }] : [])]);
}

/** The user on the command line of supervisord's or systemd's own file: who may write the ini may not change it. */
export const supervisorFlags: Fix = {
  id: 'supervisor-flags',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const all = uwsgisIn(finding, machine);
    const user = accountFor(machine, all);
    if (isRefusal(user)) return user;
    if (all.some((u) => u.program.starter === 'shell')) return refuse(text('it was started by hand: no file here holds its command line', '它是手动启动的：没有文件保存它的命令行'));
    const made = all.map((u) => flags(machine, u, user));
    const refused = made.find(isRefusal);
    if (refused) return refused;
    return proposal(machine, all, user, made.flatMap((m) => (isRefusal(m) ? [] : [m])));
  },
};
