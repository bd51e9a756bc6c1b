import { sep } from 'node:path';
import type { Change } from '../../../model/change.ts';
import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { appSockets } from '../../../settings/open-socket.ts';
import { runAs } from '../../../settings/run-as.ts';
import { shipped } from '../../../settings/service-files.ts';
import { mountOf, peerOf } from '../../../settings/socket-peer.ts';
import { blockEdit } from '../../../settings/user-block.ts';
import { effective, uwsgiOf } from '../../../settings/uwsgi.ts';
import { setOptions } from '../../../settings/uwsgi-edit.ts';
import { writtenPlaces } from '../../../settings/written-places.ts';

/**
 * `uid` and `gid` in the ini. uWSGI steps down *before* it binds when there is no chown-socket (measured), and could not
 * bind in a folder of root: so a socket's owner is written along, and the socket is bound as root.
 */
export const uidGid: Fix = {
  id: 'uid-gid',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const service = machine.services.find((s) => s.name === finding.detail['service']);
    const uwsgi = service && uwsgiOf(machine, service);
    if (!service || !uwsgi) return refuse(text('the service is not there any more', '服务已不存在'));
    const user = runAs(machine, [service]);
    const sockets = appSockets(machine, service);
    const [socket] = sockets;
    const peer = socket && peerOf(machine, service, mountOf(machine, service, socket.path));
    if (socket && !peer && !effective(uwsgi, 'chown-socket')) {
      return refuse(text('it was not seen who connects to the socket, and without its owner uWSGI could not open it as another user', '没有看到谁连接套接字；不指定所有者，uWSGI 换用户后就无法打开它'));
    }
    const owner = socket && peer ? [{ name: 'chown-socket', value: `${peer.uid}:${user.gid}`, comment: `owner is ${peer.program}: an owner may change the mode, the app may not` }] : [];
    const edits = setOptions(uwsgi, [{ name: 'uid', value: String(user.uid) }, { name: 'gid', value: String(user.gid) }, ...(effective(uwsgi, 'chown-socket') ? [] : owner)], effective(uwsgi, 'chmod-socket') ?? socket?.opens);
    if (isRefusal(edits)) return edits;
    const places = writtenPlaces(machine, [service]);
    const holdsSocket = (source: string): boolean => sockets.some((s) => mountOf(machine, service, s.path)?.source === source);
    const mounts = places.mounts.filter((m) => !holdsSocket(m.source) && (m.type === 'volume' || (m.source + sep).startsWith(machine.root + sep)));
    const image = shipped(machine, service);
    const folders = places.folders.filter((f) => !places.mounts.some((m) => m.target === f && holdsSocket(m.source)));
    const block: Change[] = image && folders.length > 0 ? [blockEdit(image, { named: false, user, folders, home: false, setUser: false })] : [];
    const owned: Change[] = service.image
      ? mounts.map((m) => ({ kind: 'own-mount', service: service.name, image: service.image ?? '', mount: { type: m.type === 'volume' ? 'volume' : 'bind', source: m.source }, uid: user.uid, gid: user.gid }))
      : [];
    return {
      changes: [...edits, ...block, ...owned],
      rebuild: service.build ? [service.name] : [],
      replace: [service.name],
      proofs: [{ kind: 'not-root', service: service.name, uid: user.uid }],
      along: [{ label: 'uWSGI', text: text(`starts as root, opens its sockets, and goes on as ${user.uid} for good`, `以 root 启动、打开套接字，之后一直以 ${user.uid} 运行`) }],
    };
  },
};
