import { sep } from 'node:path';
import type { Change } from '../../../model/change.ts';
import type { Machine } from '../../../model/machine.ts';
import { beside, isRefusal, refuse, type Fix, type Refusal } from '../../../model/risk.ts';
import { text, type Text } from '../../../model/text.ts';
import { setComposeUser } from '../../../settings/compose-user.ts';
import { editOf } from '../../../settings/edit.ts';
import { onlyRoot } from '../../../settings/only-root.ts';
import { neededFor } from '../../../settings/peer-to-be.ts';
import type { RunAs } from '../../../settings/run-as.ts';
import { shipped, type Shipped } from '../../../settings/service-files.ts';
import type { SocketMount } from '../../../settings/socket-peer.ts';
import { needsRootToStart } from '../../../settings/steps-down.ts';
import { blockEdit } from '../../../settings/user-block.ts';
import { ownUser } from '../../../settings/user.ts';
import { effective, uwsgiBindsOf } from '../../../settings/uwsgi.ts';
import { isAlone } from '../../../settings/uwsgi-account.ts';
import { setOptions } from '../../../settings/uwsgi-edit.ts';
import { whileRoot } from '../../../settings/while-root.ts';
import { writtenPlaces, type WrittenPlaces } from '../../../settings/written-places.ts';
import { servicesOf, wanted, type Wanted } from '../wanted.ts';

/** As whom uWSGI starts: its own number, in the web server's group. */
const userOf = ({ user, peer }: Wanted): RunAs | Refusal => (user.uidNumber === undefined
  ? refuse(text(`the app's user is the name ${user.uid}, and nothing runs here that would tell its number`, `应用的用户是名字 ${user.uid}，这里也没有运行的进程能看出它的编号`))
  : { uid: user.uidNumber, gid: peer.gid, groupOf: peer.program });

const folderOf = (w: Wanted): string => w.socket.path.split('/').slice(0, -1).join('/');

/** Why this uWSGI can't start as the app. */
function stuck(w: Wanted): Text | undefined {
  const { machine, service, socket, user } = w;
  const { program } = socket.uwsgi;
  if (user.kind === 'started') return text(`uWSGI starts as ${user.uid} already, and its own group would go; a folder of its own leaves it as it is`, `uWSGI 已经以 ${user.uid} 启动，这样会丢掉它自己的组；“专用目录”不动它`);
  if (program.starter === 'supervisord') return text('supervisord starts it, and needs root to start its programs as different users', 'uWSGI 由 supervisord 启动，而 supervisord 需要 root 才能让各个程序以不同用户运行');
  if (!isAlone(machine, socket.uwsgi)) return text('several uWSGIs run in this container, and one user would be all of theirs', '这个容器里运行着几个 uWSGI，它们会变成同一个用户');
  const root = needsRootToStart(machine, service) ?? onlyRoot(machine, service);
  if (root !== undefined) return text(`${root} needs root to start`, `${root} 需要以 root 身份启动`);
  if (effective(socket.uwsgi, 'chown-socket')) return text('chown-socket is set, and only root may do that: the first way fits here', '已设置 chown-socket，而这只有 root 能做：请用第一种办法');
  const low = uwsgiBindsOf(socket.uwsgi).find((bind) => bind.port > 0 && bind.port < 1024);
  if (low) return text(`it opens port ${low.port} as well, which the app's user may not do everywhere`, `它还要打开 ${low.port} 端口，而应用的用户不一定有权这样做`);
  return undefined;
}

/** The mount that the socket lies in, where it is the socket's alone and may be given away. */
function mountFor(w: Wanted): SocketMount | Refusal {
  const { mount, machine } = w;
  if (!mount) return refuse(text('the web server runs in the same container, and needs root to start', 'Web 服务器在同一个容器里，而它需要以 root 身份启动'));
  if (mount.target !== folderOf(w) || /^(\/var)?\/tmp(\/|$)/.test(mount.target)) return refuse(text('the socket shares its folder with other files: it would have to move first', '套接字与其他文件同在一个目录：需要先把它移走'));
  if (mount.type === 'bind' && mount.source.startsWith('/') && !(mount.source + sep).startsWith(machine.root + sep)) return refuse(text(`${mount.source} lies outside this project: it keeps its owner`, `${mount.source} 在本项目之外：属主不改`));
  return mount;
}

/** USER with that number and group, and what it writes; the socket's folder is made for it in the image, as a new volume begins with what lies there. */
function inImage(w: Wanted, image: Shipped, user: RunAs, places: WrittenPlaces): readonly Change[] | Refusal {
  const folder = folderOf(w);
  const own = ownUser(image);
  if (own && (own.open || own.raw.includes('$'))) return refuse(text(`USER ${own.raw} comes from a variable, so the value is decided elsewhere`, `USER ${own.raw} 来自变量，值在别处决定`));
  const made = `RUN mkdir -p ${folder} && chown ${user.uid}:${user.gid} ${folder}`;
  const folders = places.folders.filter((f) => f !== folder);
  const overruled = setComposeUser(w.machine, [w.service], user, { onlyIfThere: true });
  if (overruled && isRefusal(overruled)) return overruled;
  const block = blockEdit(image, { named: false, user, folders, files: places.files, more: places, home: places.home, setUser: true });
  return [{ ...block, edits: [...editOf(image.file, [whileRoot(image, [made], 40)]).edits, ...block.edits] }, ...(overruled ?? [])];
}

/** What the app wrote as root into its other volumes and folders. */
const handed = ({ machine, service, mount }: Wanted, { uid, gid }: RunAs, places: WrittenPlaces): readonly Change[] =>
  places.mounts.filter((m) => m.source !== mount?.source && (m.type === 'volume' || (m.source + sep).startsWith(machine.root + sep)))
    .map((m) => ({ kind: 'own-mount', service: service.name, image: service.image ?? '', mount: { type: m.type === 'volume' ? 'volume' : 'bind', source: m.source }, uid, gid }));

function changes(w: Wanted): readonly Change[] | Refusal {
  const reason = stuck(w);
  if (reason) return refuse(reason);
  const { machine, service, socket } = w;
  const mount = mountFor(w);
  if (isRefusal(mount)) return mount;
  const image = shipped(machine, service);
  if (!image) return refuse(text('there is no Dockerfile here to change', '这里没有可以修改的 Dockerfile'));
  const user = userOf(w);
  if (isRefusal(user)) return user;
  // A uWSGI that is not root ends where the ini names another group than it has.
  const group = effective(socket.uwsgi, 'gid') ? [{ name: 'gid', value: String(user.gid) }] : [];
  const options = setOptions(socket.uwsgi, [...group, { name: 'chmod-socket', value: '660' }], [socket.decides, socket.opens]);
  if (isRefusal(options)) return options;
  const places = writtenPlaces(machine, [service]);
  const built = inImage(w, image, user, places);
  if (isRefusal(built)) return built;
  const folder: Change = { kind: 'set-folder', service: service.name, image: service.image ?? '', mount: { type: mount.type, source: mount.source }, uid: user.uid, gid: user.gid, mode: 0o755, stale: socket.path.slice(mount.target.length + 1) };
  return [...options, ...built, folder, ...handed(w, user, places)];
}

/**
 * 660 without root at the start: uWSGI is started as the app's own number in the web server's group, and so is the socket
 * that it makes. It has to be allowed to make it, so the folder is the app's. In return an app that was broken into may
 * change the mode of what it owns.
 */
export const appSocket: Fix = {
  id: 'app-socket',
  safety: 'review',
  proven: true,
  propose(finding: Parameters<Fix['propose']>[0], machine: Machine) {
    if (finding.detail['kind'] === 'gunicorn') return beside(text('for gunicorn the first way does it: umask and the group', 'gunicorn 只能用第一种办法（umask 加用户组）'));
    const all = wanted(finding, machine);
    if (isRefusal(all)) return all;
    const services = servicesOf(all);
    if (services.some((s) => s.host)) return beside(text('it is for a uWSGI in a container; here a unit or supervisord says who starts it', '它用于容器里的 uWSGI；在这里由谁启动由 unit 或 supervisord 决定'));
    if (services.length > 1) return refuse(text('one line decides for several services here, and each would need a user of its own', '这里一行决定了几个服务，而它们各需要自己的用户'));
    const made = all.map(changes);
    const refused = made.find((m) => isRefusal(m));
    if (refused && isRefusal(refused)) return refused;
    const [first] = all;
    const number = first.user.uidNumber;
    const names = services.map((s) => s.name);
    const needs = neededFor(all.map((w) => w.peer));
    return {
      lesson: text(
        'The app owns the socket: no start as root, but whoever breaks into the app may open the socket again (chmod). Choose this where uWSGI must not start as root.',
        '套接字归应用所有：不必以 root 身份启动，但谁攻破了应用，谁就能再把权限放开（chmod）。uWSGI 不能以 root 身份启动时才选这个。',
      ),
      changes: made.flatMap((m) => (isRefusal(m) ? [] : m)),
      rebuild: names,
      replace: names,
      proofs: [
        ...all.map(({ service, socket, peer }) => ({ kind: 'socket' as const, service: service.name, path: socket.path, mode: 0o660, peer: peer.uid, peerGroup: peer.gid })),
        ...services.map((s) => ({ kind: 'not-root' as const, service: s.name, ...(number === undefined ? {} : { uid: number }) })),
      ],
      ...(needs.length > 0 ? { needs } : {}),
      settles: names.map((service) => ({ risk: 'uwsgi-root', service, because: text('uWSGI starts as the app, so there is no root to step down from', 'uWSGI 以应用的用户启动，不再需要从 root 降权') })),
      along: [
        ...new Map(all.map((w) => [folderOf(w), { label: folderOf(w), text: text(`will be ${number}'s: uWSGI makes its socket there`, `将归 ${number}：uWSGI 要在里面创建套接字`) }])).values(),
        { label: 'uWSGI', text: text(`starts as ${number}, in the group ${first.peer.gid} (${first.peer.program}); never root`, `以 ${number} 启动，组是 ${first.peer.gid}（${first.peer.program}）；全程不用 root`) },
        { label: 'docker exec', text: text(`will be ${number}; for apt or pip inside add  -u 0`, `将以 ${number} 运行；容器内要用 apt 或 pip 时加 -u 0`) },
      ],
    };
  },
};
