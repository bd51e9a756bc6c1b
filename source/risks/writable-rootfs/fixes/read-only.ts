import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { confine } from '../../../settings/container-edits.ts';
import { serviceOf } from '../../../settings/container-finding.ts';
import { tmpfsOf } from '../../../settings/tmpfs.ts';
import { evidence, found } from '../../../settings/trials.ts';
import { ID } from '../detect.ts';

/** `read_only: true`, with memory in the few places where a search by trials showed that it writes. */
export const readOnly: Fix = {
  id: 'read-only',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const service = serviceOf(machine, finding);
    if (!service) return refuse(text('it is not there any more', '它已经不存在了'));
    const least = found(machine, service, 'writable', ID);
    if (isRefusal(least)) return least;
    const made = confine(machine, service, { readOnly: true, tmpfs: least.needs.map(tmpfsOf) });
    if (isRefusal(made)) return made;
    const memory = least.needs.map((p) => ({ label: p.path, text: text('in memory: empty again at every start, and it counts as memory of the container', '放在内存里：每次启动都是空的，并计入容器的内存') }));
    return { ...made, proofs: [{ kind: 'read-only', service: service.name, writable: least.needs.map((p) => p.path) }], along: [...memory, ...evidence(least)] };
  },
};
