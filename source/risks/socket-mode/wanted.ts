import type { Finding } from '../../model/finding.ts';
import type { Machine } from '../../model/machine.ts';
import { isRefusal, refuse, type Refusal } from '../../model/risk.ts';
import type { Service } from '../../model/service.ts';
import { text } from '../../model/text.ts';
import { socketsOf, type AppSocket } from '../../settings/open-socket.ts';
import { peerToBe, type PeerToBe } from '../../settings/peer-to-be.ts';
import { mountOf, type SocketMount } from '../../settings/socket-peer.ts';
import { uwsgiNamed, type UwsgiName } from '../../settings/uwsgi.ts';
import { refuseSharedIni } from '../../settings/uwsgi-shared.ts';
import { accountOf, type Account } from '../../settings/uwsgi-account.ts';

/** What both ways need to know of one socket: who connects to it, and as whom the app runs. */
export interface Wanted {
  readonly machine: Machine;
  readonly service: Service;
  readonly socket: AppSocket;
  readonly mount?: SocketMount;
  readonly peer: PeerToBe;
  readonly user: Account;
}

interface Found extends UwsgiName {
  readonly path: string;
}

function one(machine: Machine, found: Found): Wanted | Refusal {
  const uwsgi = uwsgiNamed(machine, found);
  const socket = uwsgi && socketsOf(machine, uwsgi).find((s) => s.path === found.path);
  if (!uwsgi || !socket) return refuse(text('the socket is not there any more', '套接字已不存在'));
  const { program } = uwsgi;
  const mount = program.service.host ? undefined : mountOf(machine, program.service, socket.path);
  const peer = peerToBe(machine, program, socket.path);
  if (!peer) return refuse(text('it was not seen who connects to this socket, so a number for its owner would be a guess: start what connects to it, then look again', '没有看到谁连接这个套接字，属主的编号只能靠猜：请先启动连接它的程序，再看一次'));
  const user = accountOf(machine, uwsgi);
  return isRefusal(user) ? user : { machine, service: program.service, socket, ...(mount ? { mount } : {}), peer, user };
}

/** The sockets of a finding, the first one first; refused as a whole, for one line decides for all of them. */
export function wanted(finding: Finding, machine: Machine): readonly [Wanted, ...Wanted[]] | Refusal {
  const all = (finding.detail['sockets'] as readonly Found[]).map((found) => one(machine, found));
  const refused = all.find(isRefusal);
  const [first, ...rest] = all.filter((w): w is Wanted => !isRefusal(w));
  if (refused) return refused;
  if (!first) return refuse(text('the socket is not there any more', '套接字已不存在'));
  if (rest.some((w) => w.peer.uid !== first.peer.uid || w.peer.gid !== first.peer.gid)) {
    return refuse(text('one line decides for several sockets, and different users connect to them: give each its own uWSGI first', '一行决定了几个套接字，而连接它们的用户不同：请先各用各的 uWSGI'));
  }
  // The account and the mode are lines of its ini: a uWSGI that reads it and is not of this finding would get them, too.
  return refuseSharedIni(machine, [first, ...rest].map((w) => w.socket.uwsgi), ['uid', 'gid', 'chmod-socket']) ?? [first, ...rest];
}

/** Services of a finding, each once. */
export const servicesOf = (all: readonly Wanted[]): readonly Service[] => [...new Map(all.map((w) => [w.service.name, w.service])).values()];
