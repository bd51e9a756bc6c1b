import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { stepDown as entrypoint } from '../../../settings/entrypoint.ts';
import { distributionOf } from '../../../settings/user-block.ts';
import { proposal, withImage } from '../along.ts';

/** An entrypoint that mends the folders as root whenever the container starts, then goes on as the number, for good. */
export const stepDown: Fix = {
  id: 'step-down',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const setting = withImage(finding, machine);
    if (isRefusal(setting)) return setting;
    if (distributionOf(setting.image) !== 'debian') return refuse(text('this base has no setpriv', '这个基础镜像没有 setpriv'));
    const mounted = setting.places.mounts.filter((m) => m.type === 'volume').map((m) => m.target);
    const folders = [...new Set([...setting.places.folders, ...mounted])].sort();
    const files = entrypoint(setting.image, setting.services[0], setting.user, folders);
    if (!Array.isArray(files)) return files as ReturnType<typeof refuse>;
    return proposal(machine, setting, files, true);
  },
};
