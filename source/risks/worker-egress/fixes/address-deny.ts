import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { celeryPrograms } from '../../../settings/celery-programs.ts';
import { denyAllBut } from '../../../settings/egress-unit.ts';

export const addressDeny: Fix = {
  id: 'address-deny',
  safety: 'review',
  proven: false,
  propose(finding, machine) {
    const program = celeryPrograms(machine).find((p) => p.starter === 'systemd' && p.service.name === finding.detail['service'] && p.name === finding.detail['program']);
    if (!program) return refuse(text('only for a systemd unit', '只适用于 systemd unit'));
    const edits = denyAllBut(machine, program);
    if (isRefusal(edits)) return edits;
    return {
      changes: edits,
      rebuild: [],
      replace: [program.service.name],
      proofs: [{ kind: 'no-egress', service: program.service.name }],
      along: [{ label: 'DNS', text: text('a resolver on this machine still answers, one elsewhere does not', '本机的解析器仍然可用，别处的不行') }],
    };
  },
};
