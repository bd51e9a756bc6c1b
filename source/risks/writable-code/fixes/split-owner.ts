import type { Finding } from '../../../model/finding.ts';
import type { Machine } from '../../../model/machine.ts';
import { isRefusal, refuse, type Fix, type Proposal, type Refusal } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { codeOwner } from '../../../settings/code-owner.ts';
import { splitOwner } from '../../../settings/code-split.ts';
import { editOf } from '../../../settings/edit.ts';
import { hostCode, splitHere } from '../../../settings/host-code.ts';

/** On the machine the owners themselves are changed, from the folder it works in downwards. */
function onHost(finding: Finding, machine: Machine): Proposal | Refusal {
  const one = hostCode(machine).find((c) => c.program.name === finding.detail['program'] && (finding.detail['services'] as readonly string[]).includes(c.program.service.name));
  if (!one) return refuse(text('the code is not its user\'s any more', '代码已不归该用户'));
  const split = splitHere(machine, one);
  if (isRefusal(split)) return split;
  const owner = split.owner === 0 ? text('root\'s', 'root') : text(`uid ${split.owner}'s, who owns the rest of it`, `uid ${split.owner}（其余代码的属主）`);
  return {
    changes: split.changes,
    rebuild: [],
    replace: [],
    proofs: [{ kind: 'not-writable', service: one.program.service.name, paths: [one.folder, ...one.files.slice(0, 3)] }],
    along: [
      ...split.kept.map((path) => ({ label: path, text: text(`stays uid ${one.who.uid}'s: it is written`, `仍归 uid ${one.who.uid}：这里会被写入`) })),
      { label: one.folder, text: text(`${owner.en}; group ${one.who.gid} reads it. Who deploys as uid ${one.who.uid} can't any more`, `归${owner['zh-CN']}；组 ${one.who.gid} 可读。以 uid ${one.who.uid} 部署的做法不再可行`) },
    ],
  };
}

/** The code is root's, as COPY leaves it by itself; only what is written stays the app's. */
export const splitOwnerFix: Fix = {
  id: 'split-owner',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    if (finding.detail['host']) return onHost(finding, machine);
    const names = finding.detail['services'] as readonly string[];
    const services = machine.services.filter((s) => names.includes(s.name));
    const [first] = services;
    const owner = first && codeOwner(machine, first);
    if (!owner) return refuse(text('the code is not its user\'s any more', '代码已不归该用户'));
    const split = splitOwner(machine, services, owner);
    if (isRefusal(split)) return split;
    return {
      changes: [editOf(owner.image.file, split.edits)],
      rebuild: names,
      replace: names,
      proofs: names.map((service) => ({ kind: 'not-writable', service, paths: owner.code })),
      along: [
        ...split.state.map((folder) => ({ label: folder, text: text(`stays ${owner.user}'s: it is written`, `仍归 ${owner.user}：这里会被写入`) })),
        { label: text('code', '代码'), text: text(`${owner.code.join(', ')}: root's, as COPY leaves it`, `${owner.code.join('、')}：归 root，COPY 本来就是这样`) },
      ],
    };
  },
};
