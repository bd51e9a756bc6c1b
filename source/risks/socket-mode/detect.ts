import type { Finding, Subject } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import type { Service } from '../../model/service.ts';
import { list, same, text, type Text } from '../../model/text.ts';
import { chainOf } from '../../settings/chain.ts';
import { allAppSockets, isOpen, type AppSocket } from '../../settings/open-socket.ts';
import { wordsAt } from '../../settings/parsed.ts';
import { socketSeen } from '../../settings/said-seen.ts';
import { peerOfSocket, type Peer } from '../../settings/socket-peer.ts';
import { nameOf } from '../../settings/uwsgi.ts';
import { containerSubjects } from '../../settings/subjects.ts';

export const ID = 'socket-mode';

/** An open socket with the mode that it has, or is to have. */
interface Open {
  readonly service: Service;
  readonly socket: AppSocket;
  readonly mode: number;
}

const peerFor = (machine: Machine, { socket }: Open): Peer | undefined => peerOfSocket(machine, socket.uwsgi.program, socket.path);

function seenText(machine: Machine, open: Open): readonly Text[] {
  const { service, socket } = open;
  const { live } = socket;
  if (live?.mode === undefined) return [];
  const peer = peerFor(machine, open);
  const both = peer && peer.service !== service.name && !service.host ? text(` and ${peer.service}`, ` 和 ${peer.service}`) : text('', '');
  const lies = socketSeen(socket.path, live);
  const where = service.host ? text('on this machine', '本机') : text(`in ${service.name}`, service.name);
  return [text(`${lies.en}   ${where.en}${both.en}`, `${lies['zh-CN']}，位于 ${where['zh-CN']}${both['zh-CN']}`)];
}

function peerText(machine: Machine, all: readonly Open[]): readonly Text[] {
  const peers = all.flatMap((o) => { const peer = peerFor(machine, o); return peer ? [{ ...peer, host: o.service.host !== undefined }] : []; });
  const each = new Map(peers.map((p) => [`${p.program} ${p.service} ${p.uid}`, p]));
  return [...each.values()].map((p) => (p.host
    ? text(`${p.program} of this machine, uid ${p.uid}, and nobody else`, `本机的 ${p.program}（uid ${p.uid}）使用`)
    : text(`${p.program} in ${p.service}, uid ${p.uid}, and nobody else`, `${p.service} 中的 ${p.program}（uid ${p.uid}）使用`)));
}

/** Several programs of one supervisord may each have a finding: found again means the same socket. */
const aspectOf = ({ socket }: Open): { readonly aspect?: string } => (socket.uwsgi.program.starter === 'supervisord' || socket.uwsgi.emperor ? { aspect: socket.path } : {});

function finding(machine: Machine, all: readonly [Open, ...Open[]]): Finding {
  const [first] = all;
  const { service: { name }, socket, mode } = first;
  const at = (socket.decides ?? socket.opens).at;
  const services = [...new Map(all.map((o) => [o.service.name, o.service])).values()];
  const names = list(services.map((s) => s.name));
  const many = all.length > 1;
  const programs = [...new Set(all.flatMap((o) => peerFor(machine, o)?.program ?? []))];
  const visitor = programs.length === 1 ? same(programs[0]!) : text('the web server', 'Web 服务器');
  return {
    id: findingId(ID, at?.file ?? name, `${name}:${socket.path}`),
    risk: ID,
    severity: 'high',
    confidence: all.some((o) => isOpen(o.socket.live?.mode)) ? 'seen' : 'declared',
    title: many
      ? text(`${all.length} uWSGI sockets are open to every user (${mode.toString(8)})`, `${all.length} 个 uWSGI 套接字对所有用户开放（${mode.toString(8)}）`)
      : text(`uWSGI socket is open to every user (${mode.toString(8)})`, `uWSGI 套接字对所有用户开放（${mode.toString(8)}）`),
    short: text(many ? 'uWSGI sockets are open' : 'uWSGI socket is open', 'uWSGI 套接字对所有用户开放'),
    why: text(
      `Whoever may connect to ${many ? 'one of these sockets' : 'this socket'} is the ${names.en === 'app' ? 'app' : `${names.en} app`}: a request can name a file (UWSGI_FILE), and uWSGI loads it and runs it. Only ${visitor.en} has business there.`,
      `谁能连上${many ? '其中一个' : '这个'}套接字，谁就等于是 ${names['zh-CN']} 应用：请求里可以指定一个文件（UWSGI_FILE），uWSGI 会加载并执行它。只有 ${visitor['zh-CN']} 才需要连接它。`,
    ),
    subjects: services.flatMap((s): Subject[] => [
      { kind: 'service', name: s.name },
      ...all.filter((o) => o.service === s).map((o): Subject => ({ kind: 'socket', name: o.socket.path })),
      ...containerSubjects(machine, s),
    ]),
    places: at ? [at] : [],
    chain: all.flatMap((o) => [...chainOf(machine, o.service, at), { kind: 'socket', label: o.socket.path }]),
    seen: all.flatMap((o) => seenText(machine, o)),
    meant: peerText(machine, all),
    from: at ? [{ place: at, words: wordsAt(machine, at) }] : [],
    detail: { sockets: all.map((o) => ({ ...nameOf(o.socket.uwsgi), path: o.socket.path })) },
    ...aspectOf(first),
  };
}

/**
 * The mode as it lies there decides; where nothing runs, the option that wins. A mode nobody set is 755: closed to
 * strangers. One line that decides for several sockets, or for several services of one image, is one finding.
 */
export function detect(machine: Machine): readonly Finding[] {
  const byLine = new Map<string, [Open, ...Open[]]>();
  for (const socket of allAppSockets(machine)) {
    const mode = socket.live?.mode ?? socket.mode;
    if (mode === undefined || !isOpen(mode)) continue;
    const { service } = socket.uwsgi.program;
    const { at } = socket.decides ?? socket.opens;
    const open = { service, socket, mode };
    const key = at ? `${at.file}:${at.start}` : `${service.name}:${socket.path}`;
    const there = byLine.get(key);
    if (there) there.push(open);
    else byLine.set(key, [open]);
  }
  return [...byLine.values()].map((all) => finding(machine, all));
}
