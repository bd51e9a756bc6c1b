import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { userAtOwner } from '../../../settings/celery-owner.ts';
import { programNamed } from '../../../settings/program.ts';

/** A user at the owner that starts the worker, and `C_FORCE_ROOT` taken out. */
export const user: Fix = {
  id: 'user',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const program = programNamed(machine, String(finding.detail['service']), String(finding.detail['program']));
    if (!program) return refuse(text('the worker is not there any more', 'worker 已不存在'));
    const own = userAtOwner(machine, program);
    if (isRefusal(own)) return own;
    const { service } = program;
    return {
      changes: own.changes,
      rebuild: service.build ? [service.name] : [],
      replace: [service.name],
      proofs: [{ kind: 'not-root', service: service.name, program: program.name }],
      along: own.along,
    };
  },
};
