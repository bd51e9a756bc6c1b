import { isRootUser } from '../files/dockerfile.ts';
import type { Machine } from '../model/machine.ts';
import { refuse, type Refusal } from '../model/risk.ts';
import type { Service } from '../model/service.ts';
import { text } from '../model/text.ts';
import { confined } from './confined.ts';
import { programOf } from './roles.ts';
import { runAs } from './run-as.ts';
import { runningOf } from './service-files.ts';
import { declaredUser } from './user.ts';
import { effective, isNumber, type Uwsgi } from './uwsgi.ts';

/** As whom a uWSGI serves, or is to serve. */
export interface Account {
  /** As the options write them: what they say already stays, root and what is missing gets a number. */
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
const liveUid = (machine: Machine, service: Service): number | undefined =>
  runningOf(machine, service).flatMap((c) => c.processes).find((p) => programOf(p.argv) === 'uwsgi' && p.uid.effective !== 0)?.uid.effective;

function account(machine: Machine, service: Service, uid: string, gid: string, kind: Account['kind']): Account {
  const uidNumber = number(uid) ?? liveUid(machine, service);
  return { uid, gid, kind, ...(uidNumber === undefined ? {} : { uidNumber }) };
}

/** The user it is started as, where that is not root: by the files, or for a pulled image by the image itself. */
function startedAs(machine: Machine, service: Service, uwsgi: Uwsgi): string | undefined {
  const declared = declaredUser(machine, service);
  const pulled = service.build ? undefined : machine.images.find((i) => i.tags.includes(service.image ?? ''))?.user;
  const user = declared?.root === false ? declared.value : declared?.value ? uwsgi.program?.user : (uwsgi.program?.user ?? pulled);
  return user === undefined || user === '' || isRootUser(user) ? undefined : user;
}

/** The account of one uWSGI: the user it is started as, else its own `uid` and `gid`, else a number that is still free. */
export function accountOf(machine: Machine, service: Service, uwsgi: Uwsgi): Account | Refusal {
  const start = startedAs(machine, service, uwsgi);
  if (start !== undefined) {
    const [uid = '', gid = ''] = start.split(':');
    return account(machine, service, uid, gid, 'started');
  }
  const [uid, gid] = ['uid', 'gid'].map((name) => effective(uwsgi, name)?.value ?? '').map((v) => (v === '' || isRootUser(v) ? undefined : v));
  if (uid === undefined) {
    // A number that lost to the name root (`effective`) is who was meant.
    const meant = uwsgi.options.find((o) => o.name === 'uid' && isNumber(o.value))?.value;
    const own = runAs(machine, [service]);
    return account(machine, service, meant ?? String(own.uid), gid ?? meant ?? String(own.gid), 'new');
  }
  if (gid === undefined && number(uid) === undefined) {
    return refuse(text(`uid is the name ${uid} and no gid is set: which group it has could not be read`, `uid 是名字 ${uid}，又没有写 gid：读不出它属于哪个组`));
  }
  return account(machine, service, uid, gid ?? uid, 'said');
}

/** With `cap_drop: [ALL]` uWSGI ends in setgid() or chown(), "Operation not permitted", unless these are given back (measured). */
export function cannotStepDown(machine: Machine, service: Service): Refusal | undefined {
  const { dropsAll, adds } = confined(machine, service);
  const needed = ['CHOWN', 'SETUID', 'SETGID'].filter((c) => dropsAll && !adds.has(c));
  return needed.length === 0 ? undefined : refuse(text(`${service.name} drops all capabilities; to step down uWSGI needs ${needed.join(', ')} back`, `${service.name} 移除了全部 capability；uWSGI 降权需要 ${needed.join('、')}`));
}
