import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { confine } from '../../../settings/container-edits.ts';
import { serviceOf } from '../../../settings/container-finding.ts';
import { gainsRights } from '../../../settings/gains-rights.ts';

/** One option; the kernel then ignores setuid bits and capabilities of files, for every process of the container. */
export const forbidNewPrivileges: Fix = {
  id: 'forbid-new-privileges',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const service = serviceOf(machine, finding);
    if (!service) return refuse(text('it is not there any more', '它已经不存在了'));
    const needed = gainsRights(machine, service);
    if (needed) return refuse(needed);
    const made = confine(machine, service, { noNewPrivileges: true });
    if (isRefusal(made)) return made;
    return { ...made, proofs: [{ kind: 'no-new-privileges', service: service.name }] };
  },
};
