import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { programNamed } from '../../../settings/program.ts';
import { userOfProgram } from '../../../settings/supervised-account.ts';

/** `user=` in the program's section, with HOME and USER, and an account behind it. */
export const programUser: Fix = {
  id: 'program-user',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const program = programNamed(machine, String(finding.detail['service']), String(finding.detail['program']));
    if (!program) return refuse(text('the program is not there any more', '这个 program 已不存在'));
    const made = userOfProgram(machine, program);
    if (isRefusal(made)) return made;
    const { service, name } = program;
    return {
      changes: made.changes,
      rebuild: service.build ? [service.name] : [],
      replace: [service.name],
      proofs: [{ kind: 'not-root', service: service.name, program: name }],
      along: [...made.along, { label: 'supervisord', text: text('stays root: it must, to start its programs as others', '仍是 root：它要以别的用户启动程序，必须如此') }],
    };
  },
};
