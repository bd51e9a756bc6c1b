import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { containerSetting } from '../../../settings/container.ts';
import { confine } from '../../../settings/container-edits.ts';
import { serviceOf } from '../../../settings/container-finding.ts';
import { evidence, found, triedAsRoot } from '../../../settings/trials.ts';
import { ID } from '../detect.ts';

/** All dropped, and given back what a search by trials showed to be needed. */
export const minimalCapabilities: Fix = {
  id: 'minimal-capabilities',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const service = serviceOf(machine, finding);
    if (!service) return refuse(text('it is not there any more', '它已经不存在了'));
    const own = containerSetting(machine, service, 'capAdd').value;
    if (own.includes('ALL')) return refuse(text('cap_add gives it ALL by name: take that out first, or say which it needs', 'cap_add 明确给了它 ALL：先去掉，或写明需要哪些'));
    const least = found(machine, service, 'capabilities', ID);
    if (isRefusal(least)) return least;
    const made = confine(machine, service, { dropAll: true, capAdd: least.needs });
    if (isRefusal(made)) return made;
    const allowed = [...new Set([...own, ...least.needs])];
    const stays = own.length > 0 ? [{ label: 'cap_add', text: text(`${own.join(', ')} was given by name and stays`, `${own.join('、')} 是明确给的，保留`) }] : [];
    return { ...made, proofs: [{ kind: 'capabilities', service: service.name, allowed }], along: [...triedAsRoot(machine, service), ...evidence(least), ...stays] };
  },
};
