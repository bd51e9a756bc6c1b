import { isRootUser } from '../files/dockerfile.ts';
import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { effective, isOn, uwsgiOf, type Uwsgi, type UwsgiOption } from './uwsgi.ts';

/** `$(NAME)` that nobody here fills in: it may be anybody. */
const isOpen = (value: string): boolean => value.includes('$(') || value.includes('%(');

/** The `uid` that a uWSGI steps down to, when it is told one that is not root. */
export function uidOf(uwsgi: Uwsgi): UwsgiOption | undefined {
  const uid = effective(uwsgi, 'uid');
  return uid && uid.value !== '' && !isRootUser(uid.value) && !isOpen(uid.value) ? uid : undefined;
}

/** Its `uid` is a variable that nobody here gives a value. */
export const uidIsOpen = (uwsgi: Uwsgi): boolean => isOpen(effective(uwsgi, 'uid')?.value ?? '');

/** An emperor's vassal in tyrant mode is whoever its file belongs to, whatever it says itself. */
export const tyrantOwner = ({ emperor, ini }: Uwsgi): number | undefined => (emperor && ini && isOn(emperor, 'emperor-tyrant') ? ini.file.uid : undefined);

/** It only watches over vassals and runs no app of its own. */
export const isEmperor = (uwsgi: Uwsgi): boolean => uwsgi.options.some((o) => o.name === 'emperor') && !uwsgi.options.some((o) => /^(?:module|wsgi-file|file|mount|wsgi|paste|pyrun|psgi|rack)$/.test(o.name));

/** The `uid` that the uWSGI of a service steps down to. */
export function uwsgiUid(machine: Machine, service: Service): UwsgiOption | undefined {
  const uwsgi = uwsgiOf(machine, service);
  return uwsgi && uidOf(uwsgi);
}

/** A service that starts uWSGI itself and tells it to step down: no root container for long. */
export const startsUwsgiWithUid = (machine: Machine, service: Service): boolean => uwsgiUid(machine, service) !== undefined && uwsgiOf(machine, service)?.program.starter === 'container';

/** A service that starts uWSGI itself: its user is uWSGI's to decide. */
export const startsUwsgi = (machine: Machine, service: Service): boolean => {
  const uwsgi = uwsgiOf(machine, service);
  return uwsgi !== undefined && uwsgi.program.starter === 'container' && uwsgi.ini !== undefined;
};
