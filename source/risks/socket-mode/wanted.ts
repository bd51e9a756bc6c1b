import type { Finding } from '../../model/finding.ts';
import type { Machine } from '../../model/machine.ts';
import { refuse, type Refusal } from '../../model/risk.ts';
import type { Service } from '../../model/service.ts';
import { text } from '../../model/text.ts';
import { appSockets, type AppSocket } from '../../settings/open-socket.ts';
import { runAs, type RunAs } from '../../settings/run-as.ts';
import { mountOf, peerOf, type Peer, type SocketMount } from '../../settings/socket-peer.ts';
import { effective } from '../../settings/uwsgi.ts';

/** What both ways need to know: the socket, who connects to it, and as whom the app runs. */
export interface Wanted {
  readonly service: Service;
  readonly socket: AppSocket;
  readonly mount?: SocketMount;
  readonly peer: Peer;
  readonly user: RunAs;
}

export function wanted(finding: Finding, machine: Machine): Wanted | Refusal {
  const service = machine.services.find((s) => s.name === finding.detail['service']);
  const socket = service && appSockets(machine, service).find((s) => s.path === finding.detail['path']);
  if (!service || !socket) return refuse(text('the socket is not there any more', '套接字已不存在'));
  const mount = mountOf(machine, service, socket.path);
  const peer = peerOf(machine, service, mount);
  if (!peer) return refuse(text('it was not seen who connects to this socket, so a number for its owner would be a guess', '没有看到谁连接这个套接字，所有者的编号只能靠猜'));
  const [uid, gid] = ['uid', 'gid'].map((n) => effective(socket.uwsgi, n)?.value);
  const own = runAs(machine, [service]);
  const number = (v: string | undefined): number | undefined => (v !== undefined && /^\d+$/.test(v) && Number(v) !== 0 ? Number(v) : undefined);
  return { service, socket, ...(mount ? { mount } : {}), peer, user: { uid: number(uid) ?? own.uid, gid: number(gid) ?? number(uid) ?? own.gid } };
}
