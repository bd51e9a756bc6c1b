import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { withPassword } from '../../../settings/supervisord-close.ts';
import { doorOf, speakers } from '../wanted.ts';

/** A login on every way in. The file has the hash alone; the password lies beside it, for its owner to read. */
export const password: Fix = {
  id: 'password',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const door = doorOf(finding, machine);
    if (isRefusal(door)) return door;
    if (door.password) return refuse(text('it has a password; what is missing is a way that nobody can listen to', '已经有密码；缺的是别人听不到的通道'));
    const speaking = door.kind === 'inet' ? speakers(machine, door) : [];
    if (speaking.length > 0) return refuse(text(`${speaking.join(', ')} speaks to port ${door.port ?? ''} without a password`, `${speaking.join('、')} 不带密码就连端口 ${door.port ?? ''}`));
    const made = withPassword(machine, door);
    if (isRefusal(made)) return made;
    const { service, kind, port, path } = door;
    return {
      changes: made.changes,
      rebuild: service.build ? [service.name] : [],
      replace: [service.name],
      proofs: [{ kind: 'asks-login', service: service.name, ...(kind === 'inet' && port !== undefined ? { port } : { path: path ?? '', door: door.file.path }) }],
      along: [
        { label: made.file, text: text('holds the password, 0600', '里面是密码，权限 0600') },
        { label: 'supervisorctl', text: text('needs it from now on, for root and in scripts, too: supervisorctl -u admin', '以后都要登录，root 用、脚本里用也一样：supervisorctl -u admin') },
      ],
    };
  },
};
