import { text } from '../../model/text.ts';
import type { System } from '../../system/system.ts';
import { movedSocket } from '../../settings/open-socket.ts';
import { socketNow } from '../../settings/supervisord-doors.ts';
import { containersOf, liveIn, type Witness } from './witness.ts';

/** uid of a stranger: nobody, who owns nothing here. */
const STRANGER = 65534;
const CONNECT = 'import socket, sys; socket.socket(socket.AF_UNIX).connect(sys.argv[1])';

/** Connects for real as another uid; undefined where the image has no Python to do it with. */
async function connects(system: System, container: string, path: string, uid: number, gid: number): Promise<boolean | undefined> {
  const answer = await system.docker?.ask({ kind: 'exec', container, user: `${uid}:${gid}`, argv: ['python3', '-c', CONNECT, path] });
  if (!answer) return undefined;
  if (answer.code === 0) return true;
  return answer.stderr.includes('PermissionError') ? false : undefined;
}

/** The socket's mode as it lies there, a stranger's real connect refused, the peer's let in. */
export const socket: Witness<'socket'> = async (proof, machine, system) => {
  const [live] = liveIn(machine, proof.service);
  const path = proof.door === undefined ? movedSocket(machine, proof.service, proof.path) : socketNow(machine, proof.door, proof.path);
  const [container] = containersOf(machine, proof.service);
  const seen = live?.sockets.find((s) => s.path === path);
  if (seen?.mode === undefined) return { outcome: 'cannot-tell', text: text(`${path} could not be seen`, `看不到 ${path}`) };
  // As the plan has it, and as chown takes it: three bare numbers beside each other told nobody which is whose.
  const said = text(`${seen.mode.toString(8)}, ${seen.uid}:${seen.gid}`, `权限 ${seen.mode.toString(8)}，属主 ${seen.uid}，组 ${seen.gid}`);
  if ((seen.mode & 0o002) !== 0) return { outcome: 'left', text: text(`${path} is ${said.en}; everybody may connect`, `${path}：${said['zh-CN']}；任何人都能连接`) };
  const as = (uid: number, gid = uid): Promise<boolean | undefined> => (container ? connects(system, container.id, path, uid, gid) : system.net.connectsAs(path, uid));
  const [stranger, peer] = await Promise.all([
    as(STRANGER),
    proof.peer === undefined ? undefined : as(proof.peer, proof.peerGroup),
  ]);
  if (stranger === true) return { outcome: 'left', text: text(`${said.en}; but a stranger still gets in`, `${said['zh-CN']}；而陌生用户也能连接`) };
  if (peer === false) return { outcome: 'left', text: text(`${said.en}; and uid ${proof.peer} may not connect any more`, `${said['zh-CN']}；而 uid ${proof.peer} 也连不上了`) };
  const refused = stranger === false ? text('; stranger refused', '；陌生用户被拒绝') : text('', '');
  const served = peer === true ? text(`${refused.en === '' ? ';' : ','} ${proof.peer} gets in`, `${refused.en === '' ? '；' : '，'}${proof.peer} 可以连接`) : text('', '');
  return { outcome: 'gone', text: text(`${said.en}${refused.en}${served.en}`, `${said['zh-CN']}${refused['zh-CN']}${served['zh-CN']}`) };
};
