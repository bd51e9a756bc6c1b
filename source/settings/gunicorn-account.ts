import { isRootUser } from '../files/dockerfile.ts';
import type { Change } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import { accounts } from './accounts.ts';
import { gunicornSockets } from './gunicorn-socket.ts';
import type { Gunicorn } from './gunicorn.ts';
import { identity } from './gunicorn-user.ts';
import { gunicornFiles } from './gunicorn-files.ts';
import { handedTo } from './handed-over.ts';
import { isRefusal, type Refusal } from '../model/risk.ts';
import { appAccount, makeAccount } from './host-account.ts';
import { handedHere } from './host-state.ts';
import { runAs } from './run-as.ts';
import { shipped } from './service-files.ts';
import { peerOfSocket } from './socket-peer.ts';

/** As whom a gunicorn's workers are to run, as its settings write it. */
export interface WorkerAccount {
  readonly user: string;
  readonly group: string;
  /** It is root now, so what the app writes has to change hands with it. */
  readonly fresh: boolean;
  /** Whose group that is, where it is the web server's: it reaches the app's socket through it. */
  readonly groupOf?: string;
}

/** For the proof: an account that is new can be told from every other. What was said before, another fix may change with it. */
export const becomes = ({ user, fresh }: WorkerAccount): { readonly user?: string } => (fresh ? { user } : {});

const meant = (value: string | undefined): string | undefined => (value === undefined || isRootUser(value) ? undefined : value);

/** The group of a user that is named and nothing more: the one that was made with it, which has its name. */
function groupOf(machine: Machine, g: Gunicorn, user: string): string {
  const image = shipped(machine, g.program.service);
  const known = image && accounts(image).find((a) => a.name === user || String(a.uid) === user);
  return known?.gid === undefined ? user : String(known.gid);
}

/**
 * What is said already stays. Else a number of the app's own in a container (gunicorn takes numbers, and another image
 * may have other names), and on a machine an account of the app's own: the owner of its code could rewrite it.
 */
export function workerAccount(machine: Machine, g: Gunicorn): WorkerAccount {
  const { user, group } = identity(machine, g);
  const [u, gr] = [meant(user?.value), meant(group?.value)];
  if (u !== undefined) return { user: u, group: gr ?? groupOf(machine, g, u), fresh: false };
  const { service } = g.program;
  if (service.host) {
    const { name } = hostAccount(machine, g);
    const peer = gr === undefined ? gunicornSockets(machine, service).filter((s) => s.gunicorn.program.name === g.program.name).flatMap((s) => peerOfSocket(machine, g.program, s.path) ?? [])[0] : undefined;
    return { user: name, group: gr ?? peer?.name ?? peer?.gid.toString() ?? name, fresh: true, ...(peer ? { groupOf: peer.program } : {}) };
  }
  const own = runAs(machine, [service]);
  return { user: String(own.uid), group: gr ?? String(own.gid), fresh: true, ...(own.groupOf && gr === undefined ? { groupOf: own.groupOf } : {}) };
}

export const hostAccount = (machine: Machine, { program }: Gunicorn): { readonly name: string } => appAccount(machine, program, (program.unit?.name ?? program.name).replace(/@?\.service$/, ''));

/** The account made where it is missing, and what root wrote handed over to it: but for what a root master opens itself. */
export function brings(machine: Machine, g: Gunicorn, account: WorkerAccount): readonly Change[] | Refusal {
  const { service } = g.program;
  if (!account.fresh) return [];
  if (service.host) {
    const handed = handedHere(machine, g.program, { uid: account.user, gid: account.user }, gunicornFiles(machine, g));
    return isRefusal(handed) ? handed : [...makeAccount(service, { name: account.user }), ...handed];
  }
  return handedTo(machine, g.program, { uid: Number(account.user), gid: /^\d+$/.test(account.group) ? Number(account.group) : Number(account.user) }, gunicornFiles(machine, g));
}
