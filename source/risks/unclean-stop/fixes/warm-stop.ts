import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { unclean } from '../../../settings/unclean-stop.ts';

/** SIGTERM ends it, and what it has begun is ended first. */
export const warmStop: Fix = {
  id: 'warm-stop',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const found = unclean(machine).find((u) => u.program.service.name === finding.detail['service'] && u.program.name === finding.detail['program']);
    if (!found) return refuse(text('it is not there any more', '它已不存在'));
    if (isRefusal(found.mend)) return found.mend;
    const { service, name } = found.program;
    // The old one would have to be killed for it, and its workers hold the port for a moment longer: the new one then can't start (measured).
    const later = service.host !== undefined && found.why === 'reloads';
    return {
      changes: found.mend,
      rebuild: service.build ? [service.name] : [],
      replace: later ? [] : [service.name],
      proofs: [{ kind: 'supervised', service: service.name, program: name }],
      ...(later ? { along: [{ label: name, text: text('is not started again for it: it holds from its next start on', '不会为此重启：从下次启动起生效') }] } : {}),
    };
  },
};
