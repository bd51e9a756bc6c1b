import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { dedicated } from '../../../settings/dedicated-account.ts';
import { sharedUsers } from '../../../settings/shared-account.ts';

/** An account of the app's own in the place of www-data, nobody or daemon, where that is decided. */
export const dedicatedUser: Fix = {
  id: 'dedicated-user',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const one = sharedUsers(machine).find((s) => s.program.service.name === finding.detail['service'] && s.program.name === finding.detail['program']);
    if (!one) return refuse(text('it has an account of its own already', '它已经有专用账号'));
    const { program, name } = one;
    const { service } = program;
    const made = dedicated(machine, one);
    if (isRefusal(made)) return made;
    return {
      changes: made.changes,
      rebuild: service.build ? [service.name] : [],
      replace: [service.name],
      proofs: [{ kind: 'not-root', service: service.name, ...(program.starter === 'supervisord' ? { program: program.name } : {}) }],
      along: [
        { label: made.user, text: text(`its own account, group ${made.group}`, `专用账号，组 ${made.group}`) },
        ...(service.host ? [{ label: text('files', '文件'), text: text(`what belongs to ${name} stays so: hand over what the app has to write`, `属于 ${name} 的文件不变：应用要写的，请另外移交`) }] : []),
      ],
    };
  },
};
