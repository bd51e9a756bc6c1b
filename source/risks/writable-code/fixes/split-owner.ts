import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { codeOwner } from '../../../settings/code-owner.ts';
import { splitOwner } from '../../../settings/code-split.ts';
import { editOf } from '../../../settings/edit.ts';

/** The code is root's, as COPY leaves it by itself; only what is written stays the app's. */
export const splitOwnerFix: Fix = {
  id: 'split-owner',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
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
        { label: 'code', text: text(`${owner.code.join(', ')}: root's, as COPY leaves it`, `${owner.code.join('、')}：归 root，COPY 本来就是这样`) },
      ],
    };
  },
};
