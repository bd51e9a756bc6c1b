import { refuse, type Fix } from '../../../model/risk.ts';
import { same, text } from '../../../model/text.ts';
import { permissions } from '../../../settings/sudoers.ts';
import { exactCommands } from '../../../settings/sudoers-exact.ts';
import { shippedAs } from '../../../settings/sudoers-image.ts';

/** The commands that the pattern was meant for, each written out; visudo reads the new text before it takes the place of the old. */
export const exactCommandsFix: Fix = {
  id: 'exact-commands',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const permission = permissions(machine).find((p) => p.file.path === finding.detail['file'] && p.command.start === finding.detail['start']);
    if (!permission) return refuse(text('the rule is not there any more', '这条规则已不存在'));
    const exact = exactCommands(machine, permission);
    if ('refused' in exact) return exact;
    const { path } = permission.file;
    const services = shippedAs(machine, path);
    return {
      changes: [exact.change],
      rebuild: services.map((s) => s.name),
      replace: services.map((s) => s.name),
      proofs: [{ kind: 'sudoers', file: path }],
      along: [
        ...exact.commands.map((c) => ({ label: 'sudo', text: same(c) })),
        { label: '0440', text: text(`install -o root -g root -m 0440 ${path} /etc/sudoers.d/  puts it in place`, `用 install -o root -g root -m 0440 ${path} /etc/sudoers.d/ 安装`) },
      ],
    };
  },
};
