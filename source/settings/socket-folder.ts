import type { Change } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import { isRefusal, refuse, type Refusal } from '../model/risk.ts';
import { text, type Text } from '../model/text.ts';
import { posix } from 'node:path';
import { editOf } from './edit.ts';
import { setInConfig, setOnCommandLine } from './gunicorn-edit.ts';
import { otherReaders } from './gunicorn-shared.ts';
import { identity } from './gunicorn-user.ts';
import { told } from './gunicorn-settings.ts';
import type { Gunicorn } from './gunicorn.ts';
import { numbersOf } from './may-write.ts';
import type { Shipped } from './service-files.ts';
import { peerOfSocket } from './socket-peer.ts';
import { asRoot, atEnd } from './user-block.ts';

/**
 * A folder in the image for a new socket, and a mode with which only the web server beside it gets in: a root master gives
 * the socket to its workers' group, so that becomes the web server's; one that is somebody from the start makes it in a
 * folder with that group.
 */
export function socketFolder(machine: Machine, g: Gunicorn, image: Shipped, path: string): { readonly changes: readonly Change[]; readonly says: Text } | Refusal {
  const peer = peerOfSocket(machine, g.program, path);
  if (!peer) return refuse(text('it was not seen as whom the web server runs, so a group for the socket would be a guess', '没有看到 Web 服务器以哪个用户运行，套接字的用户组只能靠猜'));
  const { starts, user } = identity(machine, g);
  const folder = posix.dirname(path);
  const group = String(peer.gid);
  const set = (name: 'group' | 'umask', value: string): readonly Change[] | Refusal => {
    const there = told(machine, g, name);
    if (g.config && !there?.flag && otherReaders(machine, [g]).length === 0) {
      const edit = setInConfig(g, [[name, value]]);
      return isRefusal(edit) ? edit : [edit];
    }
    return setOnCommandLine(machine, g, [[name, name === 'umask' ? value.replace('0o', '0') : value]]);
  };
  const umask = set('umask', '0o117');
  if (isRefusal(umask)) return umask;
  const says = text(`660, group ${group} (${peer.program}); no port is open any more`, `660，组 ${group}（${peer.program}）；不再打开任何端口`);
  if (starts?.root) {
    if (user === undefined) return refuse(text('its workers are root: give them a user first, the socket then goes to the web server\'s group', '它的工作进程是 root：先给它们一个用户，套接字才能交给 Web 服务器的组'));
    const shared = set('group', group);
    if (isRefusal(shared)) return shared;
    return { changes: [...umask, ...shared, editOf(image.file, [atEnd(image, asRoot(image, [`RUN mkdir -p ${folder}`]), 55)])], says };
  }
  const { uid } = numbersOf(image, starts?.value ?? '');
  if (uid === undefined || uid <= 0) return refuse(text('the number of its user is known only to the build', '它的用户编号只有构建时才知道'));
  // The folder's own group goes over to what is made in it.
  return { changes: [...umask, editOf(image.file, [atEnd(image, asRoot(image, [`RUN mkdir -p ${folder} && chown ${uid}:${group} ${folder} && chmod 2750 ${folder}`]), 55)])], says };
}
