import type { Change } from '../../../model/change.ts';
import { isRefusal, refuse, type Fix, type Refusal } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { editOf } from '../../../settings/edit.ts';
import { handedOver } from '../../../settings/handed-over.ts';
import { neededFor } from '../../../settings/peer-to-be.ts';
import { shipped } from '../../../settings/service-files.ts';
import { whileRoot } from '../../../settings/while-root.ts';
import { effective } from '../../../settings/uwsgi.ts';
import { cannotStepDown } from '../../../settings/uwsgi-account.ts';
import { setOptions } from '../../../settings/uwsgi-edit.ts';
import { servicesOf, wanted, type Wanted } from '../wanted.ts';

const folderOf = (w: Wanted): string => w.socket.path.split('/').slice(0, -1).join('/');

/** A folder that is the sockets' alone: a mount's own, or, within one container, one below /run. */
const isOwn = (w: Wanted): boolean => (w.mount ? w.mount.target === folderOf(w) : /^\/(?:var\/)?run\/[^/]+$/.test(folderOf(w)));

/** Lines that make the folder in the image: a new volume takes owner and mode from there. */
function inImage(w: Wanted, uid: number): Change | Refusal {
  const image = shipped(w.machine, w.service);
  if (!image) return refuse(text('there is no Dockerfile here to change', '这里没有可以修改的 Dockerfile'));
  const folder = folderOf(w);
  const made = `RUN mkdir -p ${folder} && chown ${uid}:${w.peer.gid} ${folder} && chmod 2750 ${folder}`;
  return editOf(image.file, [whileRoot(image, [made], 40)]);
}

function changes(w: Wanted): readonly Change[] | Refusal {
  const { service, socket, user, peer, mount } = w;
  if (/^(\/var)?\/tmp(\/|$)/.test(socket.path) || !isOwn(w)) {
    return refuse(text('the socket shares its folder with other files: it would have to move first', '套接字与其他文件同在一个目录：需要先把它移走'));
  }
  if (effective(socket.uwsgi, 'chown-socket')) return refuse(text('chown-socket is set: the first way fits here', '已设置 chown-socket：请用第一种办法'));
  const uid = user.uidNumber;
  if (uid === undefined) return refuse(text(`the app's user is the name ${user.uid}, and nothing runs here that would tell its number`, `应用的用户是名字 ${user.uid}，这里也没有运行的进程能看出它的编号`));
  const account = user.kind === 'started' ? [] : [{ name: 'uid', value: user.uid }, { name: 'gid', value: user.gid }];
  const short = user.kind === 'started' ? undefined : cannotStepDown(w.machine, service);
  if (short) return short;
  const options = setOptions(socket.uwsgi, [...account, { name: 'chmod-socket', value: '660' }], [socket.decides, socket.opens]);
  if (isRefusal(options)) return options;
  const image = inImage(w, uid);
  if (isRefusal(image)) return image;
  const own: readonly Change[] = mount
    ? [{ kind: 'set-folder', service: service.name, image: service.image ?? '', mount: { type: mount.type, source: mount.source }, uid, gid: peer.gid, mode: 0o2750, stale: socket.path.slice(mount.target.length + 1) }]
    : [];
  const handed = user.kind === 'new' ? handedOver(w.machine, socket.uwsgi, user) : [];
  return isRefusal(handed) ? handed : [...options, image, ...own, ...handed];
}

/**
 * The socket's folder gets mode 2750, the app's user and the web server's group: its name is hidden too, and the setgid
 * bit hands the group on to the socket. uWSGI steps down before it binds, so the folder has to be the app's.
 */
export const privateDirectory: Fix = {
  id: 'private-directory',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    if (finding.detail['kind'] === 'gunicorn') return refuse(text('for gunicorn the first way does it: umask and the group', 'gunicorn 只能用第一种办法（umask 加用户组）'));
    const all = wanted(finding, machine);
    if (isRefusal(all)) return all;
    const made = all.map(changes);
    const refused = made.find((m) => isRefusal(m));
    if (refused && isRefusal(refused)) return refused;
    const services = servicesOf(all);
    const needs = neededFor(all.map((w) => w.peer));
    const folders = [...new Map(all.map((w) => [folderOf(w), w])).entries()];
    return {
      // Against an app that was broken into it is less than the first way, and no more than the second.
      lesson: text(
        'The folder keeps everybody else out and hides the socket. Folder and socket are the app\'s own: whoever breaks into the app may open them again (chmod).',
        '挡住外人的是目录，连套接字的名字都看不到。但目录和套接字都归应用所有：谁攻破了应用，谁就能再把权限放开（chmod）。',
      ),
      changes: made.flatMap((m) => (isRefusal(m) ? [] : m)),
      rebuild: services.map((s) => s.name),
      replace: services.map((s) => s.name),
      ...(needs.length > 0 ? { needs } : {}),
      proofs: all.map(({ service, socket, peer }) => ({ kind: 'socket', service: service.name, path: socket.path, mode: 0o660, peer: peer.uid, peerGroup: peer.gid })),
      price: text(`2750 on ${folders.map(([folder]) => folder).join(', ')} as well: the name is hidden too`, `${folders.map(([folder]) => folder).join('、')} 也设为 2750：连名字都看不到`),
      along: [
        ...folders.map(([folder, { user, peer }]) => ({ label: folder, text: text(`2750, owner ${user.uid} (the app), group ${peer.gid} (${peer.program})`, `2750，属主 ${user.uid}（应用），组 ${peer.gid}（${peer.program}）`) })),
      ],
    };
  },
};
