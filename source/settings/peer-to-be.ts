import type { Machine } from '../model/machine.ts';
import type { Proposal } from '../model/risk.ts';
import { text } from '../model/text.ts';
import { accountFor } from './nginx-account.ts';
import { nginxes, upstreamSockets, type Nginx } from './nginx-main.ts';
import type { Program } from './program.ts';
import { mountOf, peerOfSocket, shares, type Peer } from './socket-peer.ts';

/** Who connects to a socket, or will: `becomes` names the service whose nginx has root workers now, and this account once they step down. */
export interface PeerToBe extends Peer {
  readonly becomes?: string;
}

const ROOT = /^(?:root|0)$/;

/** Its configuration, or a part of it that lies in another file, hands on to that socket. */
const reaches = (machine: Machine, nginx: Nginx, path: string): boolean =>
  upstreamSockets(nginx).includes(path) || [...machine.files.values()].some((f) => /nginx|sites-|conf\.d|\.conf$/.test(f.path) && new RegExp(`unix:${path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w./-])`).test(f.text));

/**
 * Who is seen at the socket, or is named as a user; else the nginx that hands on to it: where nothing says a user it is its build's
 * own account, and where its workers are root it is who they become when that is mended, which goes along.
 */
export function peerToBe(machine: Machine, program: Program, path: string): PeerToBe | undefined {
  const now = peerOfSocket(machine, program, path);
  if (now || program.service.host) return now;
  const mount = mountOf(machine, program.service, path);
  const near = nginxes(machine).filter(({ service: s }) => s && !s.host && (s.name === program.service.name || (mount !== undefined && shares(machine, s, mount))));
  for (const nginx of near) {
    const { service, user, startsAsRoot } = nginx;
    const root = user !== undefined && ROOT.test(user.name);
    if (!service || startsAsRoot === false || (user && !root) || !reaches(machine, nginx, path)) continue;
    const uid = accountFor(machine, nginx)?.uid;
    if (uid !== undefined) return { uid, gid: uid, service: service.name, program: 'nginx', ...(root ? { becomes: service.name } : {}) };
  }
  return undefined;
}

/** The other finding that has to be mended with it, for each nginx whose account is one that it has only then. */
export const neededFor = (peers: readonly (PeerToBe | undefined)[]): NonNullable<Proposal['needs']> =>
  [...new Set(peers.flatMap((p) => p?.becomes ?? []))].map((service) => ({
    risk: 'nginx-root-workers', service, fix: 'worker-user',
    because: text('nginx\'s workers, which connect to the socket, are root now: their own account is to own it', '连接这个套接字的 nginx 工作进程现在是 root：它应当归工作进程自己的账号所有'),
  }));
