import type { Change } from '../../model/change.ts';
import type { Finding } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import { isRefusal, refuse, type Proposal, type Refusal } from '../../model/risk.ts';
import { text, type Text } from '../../model/text.ts';
import { chainOf } from '../../settings/chain.ts';
import { setInConfig, setOnCommandLine } from '../../settings/gunicorn-edit.ts';
import { otherReaders } from '../../settings/gunicorn-shared.ts';
import { gunicornSockets, setUmask, type GunicornSocket } from '../../settings/gunicorn-socket.ts';
import { told } from '../../settings/gunicorn-settings.ts';
import { decidesItself, identity, rootWorkers } from '../../settings/gunicorn-user.ts';
import { liveGunicorn, type Gunicorn } from '../../settings/gunicorn.ts';
import { isOpen } from '../../settings/open-socket.ts';
import { wordsAt } from '../../settings/parsed.ts';
import { rolesIn } from '../../settings/roles.ts';
import { socketSeen } from '../../settings/said-seen.ts';
import { peerOfSocket, type Peer } from '../../settings/socket-peer.ts';
import { serviceValue } from '../../settings/unit-service.ts';
import { declaredUser } from '../../settings/user.ts';
import { ID } from './detect.ts';
import { containerSubjects } from '../../settings/subjects.ts';

function finding(machine: Machine, socket: GunicornSocket, mode: number): Finding {
  const { live, path, gunicorn: { program } } = socket;
  const { service } = program;
  const at = socket.decides ?? socket.opens;
  const where: Text = service.host ? text('on this machine', '本机') : text(`in ${service.name}`, service.name);
  const lies = socketSeen(path, live ?? {});
  return {
    id: findingId(ID, at?.file ?? service.name, `${service.name}:${path}`),
    risk: ID,
    severity: 'high',
    confidence: live?.mode === undefined ? 'declared' : 'seen',
    title: text(`gunicorn socket is open to every user (${mode.toString(8)})`, `gunicorn 套接字对所有用户开放（${mode.toString(8)}）`),
    short: text(`gunicorn socket is open (${mode.toString(8)})`, `gunicorn 套接字对所有用户开放（${mode.toString(8)}）`),
    why: text(
      `Whoever may connect to this socket speaks to ${program.name} past the web server, and past whatever it checks there. Only the web server has business there.`,
      `谁能连上这个套接字，谁就能绕过 Web 服务器和它的检查，直接访问 ${program.name}。只有 Web 服务器才需要连接它。`,
    ),
    subjects: [{ kind: 'service', name: service.name }, { kind: 'socket', name: path }, ...containerSubjects(machine, service)],
    places: at ? [at] : [],
    chain: [...chainOf(machine, service, at), { kind: 'socket', label: path }],
    seen: live?.mode === undefined ? [] : [text(`${lies.en}   ${where.en}`, `${lies['zh-CN']}，位于 ${where['zh-CN']}`)],
    from: at ? [{ place: at, words: wordsAt(machine, at), ...(socket.decides ? {} : { note: text('no umask: the socket is 777', '没有 umask：套接字就是 777') }) }] : [],
    detail: { kind: 'gunicorn', service: service.name, program: program.name, path },
    // Several programs of one supervisord may each have a socket: found again means the same one.
    ...(program.starter === 'supervisord' ? { aspect: path } : {}),
  };
}

/** gunicorn's unix sockets: 0777 unless a umask says otherwise. */
export function detectGunicorn(machine: Machine): readonly Finding[] {
  return machine.services.flatMap((service) => gunicornSockets(machine, service).flatMap((socket) => {
    const mode = socket.live?.mode ?? socket.mode;
    return isOpen(mode) ? [finding(machine, socket, mode)] : [];
  }));
}

interface Now {
  /** The workers are root, or would be. */
  readonly root: boolean;
  /** The master is root and gives the socket to the workers' user and group when it opens it. */
  readonly gives: boolean;
  readonly gid?: number;
  /** Its group by name, where the unit says so and nothing runs. */
  readonly group?: string;
}

/** Who gunicorn and its workers are now, by number where it can be told. */
function identityNow(machine: Machine, g: Gunicorn): Now {
  const { masters, workers } = liveGunicorn(g);
  const [worker] = workers;
  if (worker) {
    // Processes of a container without a known master count as before.
    const root = decidesItself(machine, g) ? rootWorkers(machine, g)?.why === 'user' : rolesIn(g.program.live).root.length > 0;
    return { root, gives: masters.some((m) => m.uid.effective === 0), gid: worker.gid.effective };
  }
  const { starts, group } = identity(machine, g);
  const first = g.program.live.processes[0];
  const user = declaredUser(machine, g.program.service);
  const { unit } = g.program;
  const written = group?.value ?? (unit ? serviceValue(unit, 'Group') : starts?.value.split(':')[1]);
  const gid = first?.gid.effective ?? (written === undefined ? undefined : Number(written));
  const starting = starts?.root ?? user?.root ?? true;
  return { root: decidesItself(machine, g) ? rootWorkers(machine, g)?.why === 'user' : starting, gives: starting, ...(gid === undefined || Number.isNaN(gid) ? {} : { gid }), ...(written === undefined ? {} : { group: written }) };
}

/** A root master whose workers have another group: the web server's takes its place, and the socket goes to it. */
function sharedGroup(machine: Machine, g: Gunicorn, peer: Peer): readonly Change[] | Refusal {
  const group = peer.name ?? String(peer.gid);
  // A file that another gunicorn loads, too, is overruled by a flag of this one's own.
  if (g.config && !told(machine, g, 'group')?.flag && otherReaders(machine, [g]).length === 0) {
    const set = setInConfig(g, [['group', group]]);
    return isRefusal(set) ? set : [set];
  }
  return setOnCommandLine(machine, g, [['group', group]]);
}

/**
 * umask 0117: 660. A gunicorn that is not root can't give its socket away, so the web server reaches it through the group:
 * the user that the app gets is made a member of it, or the root master gives the socket to it.
 */
export function closeGunicorn(finding: Finding, machine: Machine): Proposal | Refusal {
  const { service: name, program, path } = finding.detail;
  const service = machine.services.find((s) => s.name === name);
  const socket = service && gunicornSockets(machine, service).find((s) => s.path === path && s.gunicorn.program.name === program);
  if (!service || !socket) return refuse(text('the socket is not there any more', '套接字已不存在'));
  const g = socket.gunicorn;
  const peer = peerOfSocket(machine, g.program, socket.path);
  if (!peer) return refuse(text('it was not seen who connects to this socket, so a number for its group would be a guess: start what connects to it, then look again', '没有看到谁连接这个套接字，用户组的编号只能靠猜：请先启动连接它的程序，再看一次'));
  const now = identityNow(machine, g);
  const other = !now.root && now.gid !== peer.gid && (now.gid !== undefined || peer.name === undefined || now.group !== peer.name);
  if (other && !now.gives) {
    return refuse(text(`gunicorn runs with group ${now.gid ?? now.group ?? '?'}, and ${peer.program} with ${peer.gid}: give them one group first`, `gunicorn 的组是 ${now.gid ?? now.group ?? '?'}，${peer.program} 的组是 ${peer.gid}：请先让它们同组`));
  }
  const edit = setUmask(machine, socket);
  if (isRefusal(edit)) return edit;
  const group = other ? sharedGroup(machine, g, peer) : [];
  if (isRefusal(group)) return group;
  const root = decidesItself(machine, g) ? 'gunicorn-root-workers' : 'root-container';
  return {
    // gunicorn can't give a socket to another owner (no chown-socket): what the README says of uWSGI's is not true of it.
    title: text(`660, the group of ${peer.program}`, `660，组是 ${peer.program} 的`),
    price: text('the app owns it: broken into, it could open it again (chmod)', '属主是应用，一旦被攻破，它可以再把权限放开（chmod）'),
    lesson: text(
      `The app owns the socket, ${peer.program} reaches it through the group ${peer.name ?? peer.gid}, and everybody else is refused. gunicorn cannot give its socket to another owner.`,
      `套接字的属主是应用，${peer.program} 通过组 ${peer.name ?? peer.gid} 连接，其他人一律被拒。gunicorn 没法把套接字交给别的属主。`,
    ),
    changes: [edit, ...group],
    rebuild: service.build ? [service.name] : [],
    replace: [service.name],
    ...(now.root ? { needs: [{ risk: root, service: service.name, because: text(`${peer.program} reaches the socket through the group of the app's new user`, `${peer.program} 通过应用新用户的组访问套接字`) }] } : {}),
    proofs: [{ kind: 'socket', service: service.name, path: socket.path, mode: 0o660, peer: peer.uid }],
    along: [{ label: socket.path, text: text(`660, group ${peer.name ?? peer.gid} (${peer.program})`, `660，组 ${peer.name ?? peer.gid}（${peer.program}）`) }],
  };
}
