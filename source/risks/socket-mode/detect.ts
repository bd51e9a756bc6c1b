import type { Finding, Subject } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import type { Service } from '../../model/service.ts';
import { list, text, type Text } from '../../model/text.ts';
import { chainOf } from '../../settings/chain.ts';
import { appSockets, isOpen, type AppSocket } from '../../settings/open-socket.ts';
import { wordsAt } from '../../settings/parsed.ts';
import { containersOf } from '../../settings/service-files.ts';
import { mountOf, peerOf } from '../../settings/socket-peer.ts';

export const ID = 'socket-mode';

/** `srw-rw-rw-`, as `ls` writes it. */
export function letters(mode: number): string {
  const three = (bits: number): string => `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${bits & 1 ? 'x' : '-'}`;
  return `s${three(mode >> 6)}${three((mode >> 3) & 7)}${three(mode & 7)}`;
}

/** An open socket with the mode that it has, or is to have. */
interface Open {
  readonly service: Service;
  readonly socket: AppSocket;
  readonly mode: number;
}

function seenText(machine: Machine, { service, socket }: Open): readonly Text[] {
  const { live } = socket;
  if (live?.mode === undefined) return [];
  const peer = peerOf(machine, service, mountOf(machine, service, socket.path));
  const both = peer && peer.service !== service.name ? text(` and ${peer.service}`, ` 和 ${peer.service}`) : text('', '');
  const lies = `${socket.path}   ${letters(live.mode)} ${live.uid ?? '?'} ${live.gid ?? '?'}`;
  return [text(`${lies}   in ${service.name}${both.en}`, `${lies}   位于 ${service.name}${both['zh-CN']}`)];
}

function peerText(machine: Machine, all: readonly Open[]): readonly Text[] {
  const peers = all.flatMap(({ service, socket }) => peerOf(machine, service, mountOf(machine, service, socket.path)) ?? []);
  const each = new Map(peers.map((p) => [`${p.program} ${p.service} ${p.uid}`, p]));
  return [...each.values()].map((p) => text(`for ${p.program} in ${p.service}, uid ${p.uid}, and nobody else`, `只供 ${p.service} 中的 ${p.program}（uid ${p.uid}）使用`));
}

function finding(machine: Machine, all: readonly [Open, ...Open[]]): Finding {
  const [{ service: { name }, socket, mode }] = all;
  const at = (socket.decides ?? socket.opens).at;
  const services = [...new Map(all.map((o) => [o.service.name, o.service])).values()];
  const names = list(services.map((s) => s.name));
  const many = all.length > 1;
  return {
    id: findingId(ID, at.file, `${name}:${socket.path}`),
    risk: ID,
    severity: 'high',
    confidence: all.some((o) => isOpen(o.socket.live?.mode)) ? 'seen' : 'declared',
    title: many
      ? text(`${all.length} uWSGI sockets are open to every user (${mode.toString(8)})`, `${all.length} 个 uWSGI 套接字对所有用户开放（${mode.toString(8)}）`)
      : text(`uWSGI socket is open to every user (${mode.toString(8)})`, `uWSGI 套接字对所有用户开放（${mode.toString(8)}）`),
    why: text(
      `Whoever may connect to ${many ? 'one of these sockets' : 'this socket'} is the ${names.en} app: a request can name a file (UWSGI_FILE), and uWSGI loads it and runs it. Only the web server has business there.`,
      `谁能连上${many ? '其中一个' : '这个'}套接字，谁就等于是 ${names['zh-CN']} 应用：请求里可以指定一个文件（UWSGI_FILE），uWSGI 会加载并执行它。只有 Web 服务器才需要连接它。`,
    ),
    subjects: services.flatMap((s): Subject[] => [
      { kind: 'service', name: s.name },
      ...all.filter((o) => o.service === s).map((o): Subject => ({ kind: 'socket', name: o.socket.path })),
      ...containersOf(machine, s).map((c): Subject => ({ kind: 'container', name: c.name, id: c.id })),
    ]),
    places: [at],
    chain: all.flatMap((o) => [...chainOf(machine, o.service, at), { kind: 'socket', label: o.socket.path }]),
    seen: [...all.flatMap((o) => seenText(machine, o)), ...peerText(machine, all)],
    from: [{ place: at, words: wordsAt(machine, at) }],
    detail: { sockets: all.map((o) => ({ service: o.service.name, path: o.socket.path })) },
  };
}

/**
 * The mode as it lies there decides; where nothing runs, the option that wins. A mode nobody set is 755: closed to
 * strangers. One line that decides for several sockets, or for several services of one image, is one finding.
 */
export function detect(machine: Machine): readonly Finding[] {
  const byLine = new Map<string, [Open, ...Open[]]>();
  for (const service of machine.services) {
    for (const socket of appSockets(machine, service)) {
      const mode = socket.live?.mode ?? socket.mode;
      if (mode === undefined || !isOpen(mode)) continue;
      const { file, start } = (socket.decides ?? socket.opens).at;
      const open = { service, socket, mode };
      const there = byLine.get(`${file}:${start}`);
      if (there) there.push(open);
      else byLine.set(`${file}:${start}`, [open]);
    }
  }
  return [...byLine.values()].map((all) => finding(machine, all));
}
