import { isRefusal, type Fix } from '../../../model/risk.ts';
import { startsNobodyRoot } from '../../../settings/gunicorn-start.ts';
import { gunicornsOfFinding } from '../subject.ts';

/** `User=` and `Group=` in the unit: the master is nobody's root either. */
export const systemdUser: Fix = {
  id: 'systemd-user',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const all = gunicornsOfFinding(finding, machine);
    return isRefusal(all) ? all : startsNobodyRoot(machine, all, 'systemd');
  },
};
