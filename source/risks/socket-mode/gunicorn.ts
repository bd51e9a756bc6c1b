import type { Finding, Subject } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import { isRefusal, refuse, type Proposal, type Refusal } from '../../model/risk.ts';
import { text } from '../../model/text.ts';
import { chainOf } from '../../settings/chain.ts';
import { gunicornSockets, setUmask } from '../../settings/gunicorn-socket.ts';
import { isOpen } from '../../settings/open-socket.ts';
import { wordsAt } from '../../settings/parsed.ts';
import { rolesIn } from '../../settings/roles.ts';
import { containersOf, runningOf } from '../../settings/service-files.ts';
import { mountOf, peerOf } from '../../settings/socket-peer.ts';
import { declaredUser, isSeen } from '../../settings/user.ts';
import { ID, letters } from './detect.ts';

/** gunicorn's unix sockets: 0777 unless a umask says otherwise. */
export function detectGunicorn(machine: Machine): readonly Finding[] {
  return machine.services.flatMap((service) => gunicornSockets(machine, service).flatMap((socket): readonly Finding[] => {
    const mode = socket.live?.mode ?? socket.mode;
    if (!isOpen(mode)) return [];
    const at = socket.decides ?? socket.opens;
    const { name } = service;
    const { live } = socket;
    return [{
      id: findingId(ID, at.file, `${name}:${socket.path}`),
      risk: ID,
      severity: 'high',
      confidence: live?.mode === undefined ? 'declared' : 'seen',
      title: text(`gunicorn socket is open to every user (${mode.toString(8)})`, `gunicorn 套接字对所有用户开放（${mode.toString(8)}）`),
      why: text(
        `Whoever may connect to this socket speaks to ${name} past the web server, and past whatever it checks there. Only the web server has business there.`,
        `谁能连上这个套接字，谁就能绕过 Web 服务器和它的检查，直接访问 ${name}。只有 Web 服务器才需要连接它。`,
      ),
      subjects: [{ kind: 'service', name }, { kind: 'socket', name: socket.path }, ...containersOf(machine, service).map((c): Subject => ({ kind: 'container', name: c.name, id: c.id }))],
      places: [at],
      chain: [...chainOf(machine, service, at), { kind: 'socket', label: socket.path }],
      seen: live?.mode === undefined ? [] : [text(`${socket.path}   ${letters(live.mode)} ${live.uid ?? '?'} ${live.gid ?? '?'}   in ${name}`, `${socket.path}   ${letters(live.mode)} ${live.uid ?? '?'} ${live.gid ?? '?'}   位于 ${name}`)],
      from: [{ place: at, words: wordsAt(machine, at), ...(socket.decides ? {} : { note: text('no umask: the socket is 777', '没有 umask：套接字就是 777') }) }],
      detail: { program: 'gunicorn', service: name, path: socket.path },
    }];
  }));
}

/** Who gunicorn runs as now, by number where it can be told. */
function group(machine: Machine, name: string): { root: boolean; gid?: number } | undefined {
  const service = machine.services.find((s) => s.name === name);
  if (!service) return undefined;
  if (isSeen(machine, service)) {
    const [c] = runningOf(machine, service);
    const gid = c?.processes[0]?.gid.effective;
    return { root: c !== undefined && rolesIn(c).root.length > 0, ...(gid === undefined ? {} : { gid }) };
  }
  const user = declaredUser(machine, service);
  const gid = Number(user?.value.split(':')[1]);
  return { root: user?.root ?? true, ...(Number.isNaN(gid) ? {} : { gid }) };
}

/**
 * umask 0117: 660. gunicorn can't give its socket away unless it stays root, so the web server reaches it through the
 * group, and the user that the app gets is made a member of it.
 */
export function closeGunicorn(finding: Finding, machine: Machine): Proposal | Refusal {
  const service = machine.services.find((s) => s.name === finding.detail['service']);
  const socket = service && gunicornSockets(machine, service).find((s) => s.path === finding.detail['path']);
  if (!service || !socket) return refuse(text('the socket is not there any more', '套接字已不存在'));
  const peer = peerOf(machine, service, mountOf(machine, service, socket.path));
  if (!peer) return refuse(text('it was not seen who connects to this socket, so a number for its group would be a guess', '没有看到谁连接这个套接字，用户组的编号只能靠猜'));
  const now = group(machine, service.name);
  if (now && !now.root && now.gid !== peer.gid) {
    return refuse(text(`gunicorn runs with group ${now.gid ?? '?'}, and ${peer.program} with ${peer.gid}: give them one group first`, `gunicorn 的组是 ${now.gid ?? '?'}，${peer.program} 的组是 ${peer.gid}：请先让它们同组`));
  }
  const edit = setUmask(machine, service, socket);
  if (isRefusal(edit)) return edit;
  return {
    changes: [edit],
    rebuild: service.build ? [service.name] : [],
    replace: [service.name],
    ...(now?.root ? { needs: [{ risk: 'root-container', service: service.name, because: text(`${peer.program} reaches the socket through the group of the app's new user`, `${peer.program} 通过应用新用户的组访问套接字`) }] } : {}),
    proofs: [{ kind: 'socket', service: service.name, path: socket.path, mode: 0o660, peer: peer.uid }],
    along: [{ label: socket.path, text: text(`660, group ${peer.gid} (${peer.program})`, `660，组 ${peer.gid}（${peer.program}）`) }],
  };
}
