import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { uwsgiNamed, type UwsgiName } from '../../../settings/uwsgi.ts';
import { accountOf } from '../../../settings/uwsgi-account.ts';
import { setFlags } from '../../../settings/uwsgi-flags.ts';
import { socketValues } from '../../../settings/uwsgi-overruled.ts';

/** Who it is now, said where the ini can't take it back: in front of it and behind it. */
export const flagsWin: Fix = {
  id: 'flags-win',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const uwsgi = uwsgiNamed(machine, finding.detail as unknown as UwsgiName);
    if (!uwsgi) return refuse(text('the program is not there any more', '这个 program 已不存在'));
    const user = accountOf(machine, uwsgi);
    if (isRefusal(user)) return user;
    const edit = setFlags(uwsgi, [{ name: 'uid', value: user.uid }, { name: 'gid', value: user.gid }, ...socketValues(uwsgi)]);
    if (isRefusal(edit)) return edit;
    const { service, name } = uwsgi.program;
    return {
      changes: [edit],
      rebuild: service.build ? [service.name] : [],
      replace: [service.name],
      proofs: [{ kind: 'not-root', service: service.name, program: name }],
      along: [{ label: 'exec-asap', text: text('commands that the ini has run as root stay: whoever writes it must be trusted, or it must start as another user', 'ini 里以 root 身份执行的命令挡不住：要么信得过写它的人，要么一开始就用别的用户启动') }],
    };
  },
};
