import type { Finding, Subject } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import type { Service } from '../../model/service.ts';
import { text, type Text } from '../../model/text.ts';
import { chainOf } from '../../settings/chain.ts';
import { appSockets, isOpen, type AppSocket } from '../../settings/open-socket.ts';
import { wordsAt } from '../../settings/parsed.ts';
import { containersOf } from '../../settings/service-files.ts';
import { mountOf, peerOf } from '../../settings/socket-peer.ts';

export const ID = 'socket-mode';

/** `srw-rw-rw-`, as `ls` writes it. */
function letters(mode: number): string {
  const three = (bits: number): string => `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${bits & 1 ? 'x' : '-'}`;
  return `s${three(mode >> 6)}${three((mode >> 3) & 7)}${three(mode & 7)}`;
}

function seenText(machine: Machine, service: Service, socket: AppSocket): readonly Text[] {
  const { live } = socket;
  const peer = peerOf(machine, service, mountOf(machine, service, socket.path));
  const lies = live?.mode === undefined ? [] : [text(`${socket.path}   ${letters(live.mode)} ${live.uid ?? '?'} ${live.gid ?? '?'}   in ${service.name}${peer ? ` and ${peer.service}` : ''}`, `${socket.path}   ${letters(live.mode)} ${live.uid ?? '?'} ${live.gid ?? '?'}   位于 ${service.name}${peer ? ` 和 ${peer.service}` : ''}`)];
  return peer ? [...lies, text(`for ${peer.program} in ${peer.service}, uid ${peer.uid}, and nobody else`, `只供 ${peer.service} 中的 ${peer.program}（uid ${peer.uid}）使用`)] : lies;
}

function finding(machine: Machine, service: Service, socket: AppSocket, mode: number): Finding {
  const at = (socket.decides ?? socket.opens).at;
  const { name } = service;
  return {
    id: findingId(ID, at.file, `${name}:${socket.path}`),
    risk: ID,
    severity: 'high',
    confidence: isOpen(socket.live?.mode) ? 'seen' : 'declared',
    title: text(`uWSGI socket is open to every user (${mode.toString(8)})`, `uWSGI 套接字对所有用户开放（${mode.toString(8)}）`),
    why: text(
      `Whoever may connect to this socket is the ${name} app: a request can name a file (UWSGI_FILE), and uWSGI loads it and runs it. Only the web server has business there.`,
      `谁能连上这个套接字，谁就等于是 ${name} 应用：请求里可以指定一个文件（UWSGI_FILE），uWSGI 会加载并执行它。只有 Web 服务器才需要连接它。`,
    ),
    subjects: [{ kind: 'service', name }, { kind: 'socket', name: socket.path }, ...containersOf(machine, service).map((c): Subject => ({ kind: 'container', name: c.name, id: c.id }))],
    places: [at],
    chain: [...chainOf(machine, service, at), { kind: 'socket', label: socket.path }],
    seen: seenText(machine, service, socket),
    from: [{ place: at, words: wordsAt(machine, at) }],
    detail: { service: name, path: socket.path },
  };
}

/** The mode as it lies there decides; where nothing runs, the option that wins. A mode nobody set is 755: closed to strangers. */
export function detect(machine: Machine): readonly Finding[] {
  return machine.services.flatMap((service) => appSockets(machine, service).flatMap((socket) => {
    const mode = socket.live?.mode ?? socket.mode;
    return mode !== undefined && isOpen(mode) ? [finding(machine, service, socket, mode)] : [];
  }));
}
