import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { withoutMacOptions } from '../../../settings/mac-options.ts';

/** Without the option the engine's own profile counts: `docker-default`, or a label of its own. */
export const defaultProfile: Fix = {
  id: 'default-profile',
  safety: 'review',
  // No machine of ours has AppArmor or SELinux: that the option goes was seen, that the profile holds was not.
  proven: false,
  propose(finding, machine) {
    const service = machine.services.find((s) => s.name === finding.detail['service']);
    if (!service) return refuse(text('no option of the project takes it away: the host itself has none', '项目里没有关掉它的选项，是本机本来就没有'));
    const edits = withoutMacOptions(machine, service);
    if (isRefusal(edits)) return edits;
    if (edits.length === 0) return refuse(text('the option stands in no compose file here: it was given to docker run', '选项不在这里的 compose 文件里：是在 docker run 时给的'));
    return { changes: edits, rebuild: [], replace: [service.name], proofs: [{ kind: 'confined', service: service.name }] };
  },
};
