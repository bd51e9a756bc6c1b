import { isRootUser } from '../files/dockerfile.ts';
import type { Change } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import { refuse, type Refusal } from '../model/risk.ts';
import type { Service } from '../model/service.ts';
import { text } from '../model/text.ts';
import { confined } from './confined.ts';
import { appAccount, makeAccount } from './host-account.ts';
import { programOf } from './roles.ts';
import { runAs } from './run-as.ts';
import { startsAs } from './starts-as.ts';
import { declaredUser } from './user.ts';
import { effective, isNumber, uwsgisOf, type Uwsgi } from './uwsgi.ts';
import { uidOf } from './uwsgi-user.ts';

/** As whom a uWSGI serves, or is to serve. */
export interface Account {
  /** As the options write them: what they say already stays, root and what is missing gets a number, on this machine a name. */
  readonly uid: string;
  readonly gid: string;
  /** The same as numbers; undefined where a name is all there is. */
  readonly uidNumber?: number;
  /**
   * started: it is this user from the start, and can neither step down nor give anything away · said: its options name
   * this user · new: it is root now, so what it writes has to change hands with it.
   */
  readonly kind: 'started' | 'said' | 'new';
}

const number = (value: string): number | undefined => (/^\d+$/.test(value) ? Number(value) : undefined);

/** Who it is now, when that is not root. */
const liveUid = (uwsgi: Uwsgi): number | undefined =>
  uwsgi.program.live.processes.find((p) => programOf(p.argv) === 'uwsgi' && p.uid.effective !== 0)?.uid.effective;

function account(uwsgi: Uwsgi, uid: string, gid: string, kind: Account['kind']): Account {
  const uidNumber = number(uid) ?? liveUid(uwsgi);
  return { uid, gid, kind, ...(uidNumber === undefined ? {} : { uidNumber }) };
}

const somebody = (user: string | undefined): string | undefined => (user === undefined || user === '' || isRootUser(user) ? undefined : user);

/** The user it is started as, where that is not root: by the files, or for a pulled image by the image itself. */
export function startedAs(machine: Machine, uwsgi: Uwsgi): string | undefined {
  const { program } = uwsgi;
  const { service } = program;
  if (service.host) {
    // What runs under a shell and steps down was root before: its options say so.
    if (program.starter === 'shell' && uidOf(uwsgi)) return undefined;
    const start = startsAs(machine, program);
    return start?.root === false ? somebody(start.value) : undefined;
  }
  const declared = declaredUser(machine, service);
  const own = program.supervisor?.user;
  const pulled = service.build ? undefined : machine.images.find((i) => i.tags.includes(service.image ?? ''))?.user;
  return somebody(declared?.root === false ? declared.value : declared?.value ? own : (own ?? pulled));
}

/** A number for each uWSGI of a service: the service's own for the first, then what is free above all services. */
function fresh(machine: Machine, uwsgi: Uwsgi): { readonly uid: string; readonly gid: string } {
  const { program } = uwsgi;
  if (program.service.host) {
    const { name } = appAccount(machine, program, program.name.replace(/\.service$/, ''));
    return { uid: name, gid: name };
  }
  const own = runAs(machine, [program.service]);
  return { uid: String(own.uid), gid: String(own.gid) };
}

/** The account of one uWSGI: the user it is started as, else its own `uid` and `gid`, else one that is still free. */
export function accountOf(machine: Machine, uwsgi: Uwsgi): Account | Refusal {
  const start = startedAs(machine, uwsgi);
  if (start !== undefined) {
    const [uid = '', gid = ''] = start.split(':');
    return account(uwsgi, uid, gid, 'started');
  }
  const [uid, gid] = ['uid', 'gid'].map((name) => somebody(effective(uwsgi, name)?.value));
  if (uid === undefined) {
    // A number that lost to the name root (`effective`) is who was meant.
    const meant = uwsgi.options.find((o) => o.name === 'uid' && isNumber(o.value))?.value;
    const own = fresh(machine, uwsgi);
    return account(uwsgi, meant ?? own.uid, gid ?? meant ?? own.gid, 'new');
  }
  if (gid === undefined && number(uid) === undefined && !uwsgi.program.service.host) {
    return refuse(text(`uid is the name ${uid} and no gid is set: which group it has could not be read`, `uid 是名字 ${uid}，又没有写 gid：读不出它属于哪个组`));
  }
  return account(uwsgi, uid, gid ?? uid, 'said');
}

/** What makes the account on this machine; a number in a container needs none. */
export const accountMade = (uwsgi: Uwsgi, { uid, kind }: Account): readonly Change[] =>
  kind === 'new' && uwsgi.program.service.host && number(uid) === undefined ? makeAccount(uwsgi.program.service, { name: uid }) : [];

/** With `cap_drop: [ALL]` uWSGI ends in setgid() or chown(), "Operation not permitted", unless these are given back (measured). */
export function cannotStepDown(machine: Machine, service: Service): Refusal | undefined {
  if (service.host) return undefined;
  const { dropsAll, adds } = confined(machine, service);
  const needed = ['CHOWN', 'SETUID', 'SETGID'].filter((c) => dropsAll && !adds.has(c));
  return needed.length === 0 ? undefined : refuse(text(`${service.name} drops all capabilities; to step down uWSGI needs ${needed.join(', ')} back`, `${service.name} 移除了全部 capability；uWSGI 降权需要 ${needed.join('、')}`));
}

/** True for the only uWSGI of its service: what the service writes is what it writes. */
export const isAlone = (machine: Machine, uwsgi: Uwsgi): boolean => uwsgisOf(machine, uwsgi.program.service).length === 1 && uwsgi.program.starter !== 'supervisord';
