import type { Change } from '../../../model/change.ts';
import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { editOf } from '../../../settings/edit.ts';
import { shipped } from '../../../settings/service-files.ts';
import { atEnd } from '../../../settings/user-block.ts';
import { effective } from '../../../settings/uwsgi.ts';
import { setOptions } from '../../../settings/uwsgi-edit.ts';
import { wanted } from '../wanted.ts';

/**
 * The socket's folder gets mode 2750, the app's user and the web server's group: its name is hidden too, and the setgid
 * bit hands the group on to the socket. uWSGI steps down before it binds, so the folder has to be the app's.
 */
export const privateDirectory: Fix = {
  id: 'private-directory',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const want = wanted(finding, machine);
    if (isRefusal(want)) return want;
    const { service, socket, peer, user, mount } = want;
    const folder = socket.path.split('/').slice(0, -1).join('/');
    if (/^(\/var)?\/tmp(\/|$)/.test(socket.path) || !mount || mount.target !== folder) {
      return refuse(text('the socket shares its folder with other files: it would have to move first', '套接字与其他文件同在一个文件夹：需要先把它移走'));
    }
    const image = shipped(machine, service);
    if (!image || !service.image) return refuse(text('there is no Dockerfile here to change', '这里没有可以修改的 Dockerfile'));
    if (effective(socket.uwsgi, 'chown-socket')) return refuse(text('chown-socket is set: the first way fits here', '已设置 chown-socket：请用第一种办法'));
    const options = setOptions(socket.uwsgi, [{ name: 'uid', value: String(user.uid) }, { name: 'gid', value: String(user.gid) }, { name: 'chmod-socket', value: '660' }], socket.decides ?? socket.opens);
    if (isRefusal(options)) return options;
    // For a new volume: it takes owner and mode from the image's folder.
    const lines = [`RUN mkdir -p ${folder} && chown ${user.uid}:${peer.gid} ${folder} && chmod 2750 ${folder}`];
    const own: Change = {
      kind: 'set-folder', service: service.name, image: service.image, mount: { type: mount.type, source: mount.source },
      uid: user.uid, gid: peer.gid, mode: 0o2750, stale: socket.path.slice(folder.length + 1),
    };
    return {
      changes: [...options, editOf(image.file, [atEnd(image, lines, 40)]), own],
      rebuild: [service.name],
      replace: [service.name],
      proofs: [{ kind: 'socket', service: service.name, path: socket.path, mode: 0o660, peer: peer.uid }],
      along: [{ label: folder, text: text(`2750, owner ${user.uid} (the app), group ${peer.gid} (${peer.program})`, `2750，所有者 ${user.uid}（应用），组 ${peer.gid}（${peer.program}）`) }],
    };
  },
};
