import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { unpublish } from '../../../settings/published-on.ts';
import { calledFromOutside, entriesOf, isDoor, namesOf, openPorts, proofsOf, remapOf, unmapped } from '../subject.ts';

export const internalOnly: Fix = {
  id: 'internal-only',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    if (isDoor(finding)) return refuse(text('it is the way in: without it nobody could reach the app at all', '它是入口，去掉它就没有人能访问应用了'));
    const all = openPorts(finding, machine);
    const stuck = unmapped(all) ?? calledFromOutside(machine, all);
    if (stuck) return stuck;
    const edits = unpublish(entriesOf(all));
    if (isRefusal(edits)) return edits;
    return {
      changes: edits,
      rebuild: [],
      replace: namesOf(all),
      remap: remapOf(all, null),
      proofs: proofsOf(all, 'no'),
      along: [...new Set(all.map((o) => `${o.service.compose?.service ?? o.service.name}:${o.reach.inside}`))].map((name) => ({ label: name, text: text('stays for the services beside it; not for tools on this machine', '身边的服务照常可用；本机上的工具不行') })),
    };
  },
};
