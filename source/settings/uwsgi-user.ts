import { isRootUser } from '../files/dockerfile.ts';
import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { effective, uwsgiOf, type UwsgiOption } from './uwsgi.ts';

/** The `uid` that uWSGI steps down to, when it is told one that is not root. */
export function uwsgiUid(machine: Machine, service: Service): UwsgiOption | undefined {
  const uwsgi = uwsgiOf(machine, service);
  const uid = uwsgi && effective(uwsgi, 'uid');
  return uid && uid.value !== '' && !isRootUser(uid.value) ? uid : undefined;
}

/** A service that starts uWSGI itself and tells it to step down: no root container for long. */
export const startsUwsgiWithUid = (machine: Machine, service: Service): boolean => uwsgiUid(machine, service) !== undefined && uwsgiOf(machine, service)?.program === undefined;

/** A service that starts uWSGI itself: its user is uWSGI's to decide. */
export const startsUwsgi = (machine: Machine, service: Service): boolean => {
  const uwsgi = uwsgiOf(machine, service);
  return uwsgi !== undefined && uwsgi.program === undefined && uwsgi.ini !== undefined;
};
