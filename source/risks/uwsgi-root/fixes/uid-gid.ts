import type { Change } from '../../../model/change.ts';
import type { Machine } from '../../../model/machine.ts';
import { isRefusal, refuse, type Fix, type Refusal } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { socketsOf } from '../../../settings/open-socket.ts';
import { effective, type Uwsgi } from '../../../settings/uwsgi.ts';
import type { Account } from '../../../settings/uwsgi-account.ts';
import { setOptions } from '../../../settings/uwsgi-edit.ts';
import { accountFor, ownerOf, proposal, uwsgisIn } from '../wanted.ts';

/** Two lines in the ini, and the socket's owner with them. */
function options(machine: Machine, uwsgi: Uwsgi, user: Account): readonly Change[] | Refusal {
  const owner = ownerOf(machine, uwsgi);
  if (owner && isRefusal(owner)) return owner;
  const chown = owner ? [{ name: 'chown-socket', value: `${owner.name ?? owner.uid}:${user.gid}`, comment: `owner is ${owner.program}: an owner may change the mode, the app may not` }] : [];
  return setOptions(uwsgi, [{ name: 'uid', value: user.uid }, { name: 'gid', value: user.gid }, ...chown], [effective(uwsgi, 'chown-socket'), effective(uwsgi, 'chmod-socket'), socketsOf(machine, uwsgi)[0]?.opens]);
}

/**
 * `uid` and `gid` in the ini. uWSGI steps down *before* it binds when there is no chown-socket (measured), and could not
 * bind in a folder of root: so a socket's owner is written along, and the socket is bound as root.
 */
export const uidGid: Fix = {
  id: 'uid-gid',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const all = uwsgisIn(finding, machine);
    const user = accountFor(machine, all);
    if (isRefusal(user)) return user;
    if (all.some((u) => !u.ini)) return refuse(text('it reads no ini that was found here: its command line is the place', '它没有读取这里找得到的 ini：应写在命令行上'));
    const changes: Change[] = [];
    for (const uwsgi of all) {
      const made = options(machine, uwsgi, user);
      if (isRefusal(made)) return made;
      changes.push(...made);
    }
    return proposal(machine, all, user, changes);
  },
};
