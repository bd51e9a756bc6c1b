import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { setOptions } from '../../../settings/uwsgi-edit.ts';
import { declaredUser } from '../../../settings/user.ts';
import { wanted } from '../wanted.ts';

/**
 * 660, owned by who connects, in the app's group. The owner of a file may change its mode: so the web server owns it and
 * an app that was broken into can't open it again. uWSGI must start as root to give it away, and steps down by itself.
 */
export const groupSocket: Fix = {
  id: 'group-socket',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const want = wanted(finding, machine);
    if (isRefusal(want)) return want;
    const { service, socket, peer, user } = want;
    const start = declaredUser(machine, service);
    if (start && !start.root) return refuse(text('uWSGI starts as another user here: it could not give the socket away', '这里的 uWSGI 不是以 root 启动，无法把套接字交给别人'));
    const changes = setOptions(socket.uwsgi, [
      { name: 'uid', value: String(user.uid) },
      { name: 'gid', value: String(user.gid) },
      { name: 'chown-socket', value: `${peer.uid}:${user.gid}`, comment: `owner is ${peer.program}: an owner may change the mode, the app may not` },
      { name: 'chmod-socket', value: '660' },
    ], socket.decides ?? socket.opens);
    if (isRefusal(changes)) return changes;
    return {
      changes,
      rebuild: service.build ? [service.name] : [],
      replace: [service.name],
      proofs: [{ kind: 'socket', service: service.name, path: socket.path, mode: 0o660, peer: peer.uid }],
      along: [
        { label: socket.path, text: text(`660, owner ${peer.uid} (${peer.program}), group ${user.gid} (the app)`, `660，所有者 ${peer.uid}（${peer.program}），组 ${user.gid}（应用）`) },
        { label: 'uWSGI', text: text(`starts as root and steps down to ${user.uid}`, `以 root 启动，然后降为 ${user.uid}`) },
      ],
    };
  },
};
