import { isRootUser } from '../files/dockerfile.ts';
import type { Machine } from '../model/machine.ts';
import { refuse, type Refusal } from '../model/risk.ts';
import type { Service } from '../model/service.ts';
import { text } from '../model/text.ts';
import { programOf } from './roles.ts';
import { runAs } from './run-as.ts';
import { runningOf } from './service-files.ts';
import { declaredUser } from './user.ts';
import { effective, type Uwsgi } from './uwsgi.ts';

/** As whom a uWSGI serves, or is to serve. */
export interface Account {
  /** As the options write them: what they say already stays, root and what is missing gets a number. */
  readonly uid: string;
  readonly gid: string;
  /** The same as numbers; undefined where a name is all there is. */
  readonly uidNumber?: number;
  /** It is started as this user: it can neither step down nor give anything away. */
  readonly fixed: boolean;
}

const number = (value: string): number | undefined => (/^\d+$/.test(value) ? Number(value) : undefined);

/** Who it is now, when that is not root. */
const liveUid = (machine: Machine, service: Service): number | undefined =>
  runningOf(machine, service).flatMap((c) => c.processes).find((p) => programOf(p.argv) === 'uwsgi' && p.uid.effective !== 0)?.uid.effective;

function account(machine: Machine, service: Service, uid: string, gid: string, fixed: boolean): Account {
  const uidNumber = number(uid) ?? liveUid(machine, service);
  return { uid, gid, fixed, ...(uidNumber === undefined ? {} : { uidNumber }) };
}

/** The account of one uWSGI: the user it is started as, else its own `uid` and `gid`, else a number that is still free. */
export function accountOf(machine: Machine, service: Service, uwsgi: Uwsgi): Account | Refusal {
  const declared = declaredUser(machine, service);
  const start = declared && !declared.root ? declared.value : (uwsgi.program?.user ?? '');
  if (start !== '' && !isRootUser(start)) {
    const [uid = '', gid = ''] = start.split(':');
    return account(machine, service, uid, gid, true);
  }
  const [uid, gid] = ['uid', 'gid'].map((name) => effective(uwsgi, name)?.value ?? '').map((v) => (v === '' || isRootUser(v) ? undefined : v));
  if (uid === undefined) {
    const own = runAs(machine, [service]);
    return account(machine, service, String(own.uid), gid ?? String(own.gid), false);
  }
  if (gid === undefined && number(uid) === undefined) {
    return refuse(text(`uid is the name ${uid} and no gid is set: which group it has could not be read`, `uid 是名字 ${uid}，又没有写 gid：读不出它属于哪个组`));
  }
  return account(machine, service, uid, gid ?? uid, false);
}
