import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { daemonized } from '../../../settings/daemonized.ts';

/** What sends it away is taken out: who started it keeps it. */
export const foreground: Fix = {
  id: 'foreground',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const found = daemonized(machine).find((d) => d.program.service.name === finding.detail['service'] && d.program.name === finding.detail['program']);
    if (!found) return refuse(text('it is not there any more', '它已不存在'));
    if (isRefusal(found.foreground)) return found.foreground;
    const { service, name, starter } = found.program;
    return {
      changes: [found.foreground],
      rebuild: service.build ? [service.name] : [],
      replace: [service.name],
      proofs: [{ kind: 'supervised', service: service.name, program: name }],
      along: service.host ? [{ label: name, text: text(`the one that ${starter} lost goes on until somebody ends it`, `${starter} 丢掉的那个会继续运行，要有人去结束它`) }] : [],
    };
  },
};
