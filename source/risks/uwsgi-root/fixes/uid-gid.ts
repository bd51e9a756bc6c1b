import type { Change } from '../../../model/change.ts';
import type { Machine } from '../../../model/machine.ts';
import { isRefusal, refuse, type Fix, type Refusal } from '../../../model/risk.ts';
import type { Service } from '../../../model/service.ts';
import { text } from '../../../model/text.ts';
import { handedOver } from '../../../settings/handed-over.ts';
import { appSockets, type AppSocket } from '../../../settings/open-socket.ts';
import { mountOf, peerOf, type Peer } from '../../../settings/socket-peer.ts';
import { effective, uwsgiOf } from '../../../settings/uwsgi.ts';
import { accountOf, cannotStepDown, type Account } from '../../../settings/uwsgi-account.ts';
import { setOptions } from '../../../settings/uwsgi-edit.ts';

/** Who is to own the sockets; undefined where there is none, or where the ini says so already. */
function ownerOf(machine: Machine, service: Service, sockets: readonly AppSocket[]): Peer | Refusal | undefined {
  if (sockets.length === 0 || sockets.some((s) => effective(s.uwsgi, 'chown-socket'))) return undefined;
  const peers = sockets.map((s) => peerOf(machine, service, mountOf(machine, service, s.path)));
  const [peer] = peers;
  if (!peer || peers.includes(undefined)) {
    return refuse(text('it was not seen who connects to the socket, and without its owner uWSGI could not open it as another user', '没有看到谁连接套接字；不指定所有者，uWSGI 换用户后就无法打开它'));
  }
  if (peers.some((p) => p?.uid !== peer.uid)) {
    return refuse(text('different users connect to its sockets, and uWSGI gives all of them to one', '连接这些套接字的用户不同，而 uWSGI 只能把它们都交给同一个'));
  }
  return peer;
}

/** Two lines in the ini, and the socket's owner with them. */
function options(machine: Machine, service: Service, sockets: readonly AppSocket[], user: Account): readonly Change[] | Refusal {
  const uwsgi = uwsgiOf(machine, service);
  if (!uwsgi) return refuse(text('the service is not there any more', '服务已不存在'));
  const owner = ownerOf(machine, service, sockets);
  if (owner && isRefusal(owner)) return owner;
  const chown = owner ? [{ name: 'chown-socket', value: `${owner.uid}:${user.gid}`, comment: `owner is ${owner.program}: an owner may change the mode, the app may not` }] : [];
  return setOptions(uwsgi, [{ name: 'uid', value: user.uid }, { name: 'gid', value: user.gid }, ...chown], [effective(uwsgi, 'chown-socket'), effective(uwsgi, 'chmod-socket'), sockets[0]?.opens]);
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
    const names = finding.detail['services'] as readonly string[];
    const services = machine.services.filter((s) => names.includes(s.name));
    const [first] = services;
    const uwsgi = first && uwsgiOf(machine, first);
    if (!first || !uwsgi) return refuse(text('the service is not there any more', '服务已不存在'));
    // One ini, one user: what a first service gets, all of them get.
    const user = accountOf(machine, first, uwsgi);
    if (isRefusal(user)) return user;
    if (user.kind === 'started') return refuse(text(`it is started as ${user.uid}: only root can become somebody else`, `它是以 ${user.uid} 启动的：只有 root 才能换成别的用户`));
    const short = services.flatMap((s) => cannotStepDown(machine, s) ?? [])[0];
    if (short) return short;
    const changes: Change[] = [];
    for (const service of services) {
      const sockets = appSockets(machine, service);
      const made = options(machine, service, sockets, user);
      if (isRefusal(made)) return made;
      changes.push(...made, ...handedOver(machine, service, user));
    }
    return {
      changes,
      rebuild: services.filter((s) => s.build).map((s) => s.name),
      replace: services.map((s) => s.name),
      proofs: services.map((s) => ({ kind: 'not-root', service: s.name, uid: Number(user.uid) })),
      along: [{ label: 'uWSGI', text: text(`starts as root, opens its sockets, and goes on as ${user.uid} for good`, `以 root 启动、打开套接字，之后一直以 ${user.uid} 运行`) }],
    };
  },
};
