import type { Finding } from '../../model/finding.ts';
import type { Machine } from '../../model/machine.ts';
import { isRefusal, refuse, type Proposal, type Refusal } from '../../model/risk.ts';
import type { Change } from '../../model/change.ts';
import { text } from '../../model/text.ts';
import { mountRows } from '../../settings/handed-mounts.ts';
import { handedOver, servicesOf } from '../../settings/handed-over.ts';
import { handedWords } from '../../settings/host-state.ts';
import { socketsOf } from '../../settings/open-socket.ts';
import { neededFor, peerToBe, type PeerToBe } from '../../settings/peer-to-be.ts';
import { effective, uwsgiNamed, type Uwsgi, type UwsgiName } from '../../settings/uwsgi.ts';
import { accountMade, accountOf, cannotStepDown, isAlone, type Account } from '../../settings/uwsgi-account.ts';

export const GONE = text('the service is not there any more', '服务已不存在');

export const uwsgisIn = (finding: Finding, machine: Machine): readonly Uwsgi[] =>
  (finding.detail['uwsgis'] as readonly UwsgiName[]).flatMap((name) => uwsgiNamed(machine, name) ?? []);

/** Who is to own the sockets; undefined where there is none, or where the ini says so already. */
export function ownerOf(machine: Machine, uwsgi: Uwsgi): PeerToBe | Refusal | undefined {
  const sockets = socketsOf(machine, uwsgi);
  if (sockets.length === 0 || effective(uwsgi, 'chown-socket')) return undefined;
  const peers = sockets.map((s) => peerToBe(machine, uwsgi.program, s.path));
  const [peer] = peers;
  if (!peer || peers.includes(undefined)) {
    return refuse(text('it was not seen who connects to the socket, and without its owner uWSGI could not open it as another user: start what connects to it, then look again', '没有看到谁连接套接字；不指定属主，uWSGI 换用户后就无法打开它：请先启动连接它的程序，再看一次'));
  }
  if (peers.some((p) => p?.uid !== peer.uid)) {
    return refuse(text('different users connect to its sockets, and uWSGI gives all of them to one', '连接这些套接字的用户不同，而 uWSGI 只能把它们都交给同一个'));
  }
  return peer;
}

/** The account that one ini's uWSGIs get: what a first one gets, all of them get. */
export function accountFor(machine: Machine, all: readonly Uwsgi[]): Account | Refusal {
  const [first] = all;
  if (!first) return refuse(GONE);
  const user = accountOf(machine, first);
  if (isRefusal(user)) return user;
  if (user.kind === 'started') return refuse(text(`it is started as ${user.uid}: only root can become somebody else`, `它是以 ${user.uid} 启动的：只有 root 才能换成别的用户`));
  return all.flatMap((u) => cannotStepDown(machine, u.program.service) ?? [])[0] ?? user;
}

/** What both ways owe besides the lines they write: the account, what the app writes, and the look at what runs. */
export function proposal(machine: Machine, all: readonly Uwsgi[], user: Account, lines: readonly Change[]): Proposal | Refusal {
  const services = servicesOf(all.map((u) => u.program));
  const uid = Number(user.uid);
  const number = Number.isNaN(uid) ? {} : { uid };
  const handed = all.map((u) => handedOver(machine, u, user));
  const stuck = handed.find(isRefusal);
  if (stuck) return stuck;
  const owners = all.map((u) => ownerOf(machine, u)).filter((o): o is PeerToBe => o !== undefined && !isRefusal(o));
  const needs = neededFor(owners);
  const given = handed.flatMap((h) => (isRefusal(h) ? [] : h));
  return {
    changes: [...all.flatMap((u) => accountMade(u, user)), ...lines, ...given],
    rebuild: services.filter((s) => s.build).map((s) => s.name),
    replace: services.map((s) => s.name),
    ...(needs.length > 0 ? { needs } : {}),
    proofs: all.map((u) => ({ kind: 'not-root', service: u.program.service.name, ...number, ...(isAlone(machine, u) || u.program.service.host ? {} : { program: u.program.name }) })),
    along: [...mountRows(machine, services, given), ...handedWords(given, user.uid, all.map((u) => u.program)), { label: 'uWSGI', text: text(`starts as root, opens its sockets, and goes on as ${user.uid} for good`, `以 root 身份启动、打开套接字，之后一直以 ${user.uid} 运行`) }],
  };
}
