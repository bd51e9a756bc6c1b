import { isRefusal, type Fix } from '../../../model/risk.ts';
import { startsNobodyRoot } from '../../../settings/gunicorn-start.ts';
import { gunicornsOfFinding } from '../subject.ts';

/** `user=` in supervisord's program: supervisord stays root, gunicorn and its master are the user's from the start. */
export const supervisorUser: Fix = {
  id: 'supervisor-user',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const all = gunicornsOfFinding(finding, machine);
    return isRefusal(all) ? all : startsNobodyRoot(machine, all, 'supervisord');
  },
};
