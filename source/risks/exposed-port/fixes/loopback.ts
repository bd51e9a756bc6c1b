import { isRefusal, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { publishOn } from '../../../settings/published-on.ts';
import { calledFromOutside, entriesOf, namesOf, openPorts, proofsOf, remapOf, unmapped } from '../subject.ts';

const LOOPBACK = '127.0.0.1';

export const loopback: Fix = {
  id: 'loopback',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const all = openPorts(finding, machine);
    const stuck = unmapped(all) ?? calledFromOutside(machine, all);
    if (stuck) return stuck;
    const edits = publishOn(entriesOf(all), LOOPBACK);
    if (isRefusal(edits)) return edits;
    const ports = [...new Set(all.map((o) => o.reach.outside ?? o.reach.inside))];
    return {
      changes: edits,
      rebuild: [],
      replace: namesOf(all),
      remap: remapOf(all, LOOPBACK),
      proofs: proofsOf(all, 'loopback'),
      along: [{ label: text(ports.join(', '), ports.join('、')), text: text('from this machine as before; from another one through ssh -L', '本机照旧；其他机器用 ssh -L 转发') }],
    };
  },
};
