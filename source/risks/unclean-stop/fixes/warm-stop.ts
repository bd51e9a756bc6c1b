import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { unclean } from '../../../settings/unclean-stop.ts';

/** SIGTERM ends it, and what it has begun is ended first. */
export const warmStop: Fix = {
  id: 'warm-stop',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const { service: where, program: which, why } = finding.detail;
    const found = unclean(machine).find((u) => u.program.service.name === where && u.program.name === which && u.why === why);
    if (!found) return refuse(text('it is not there any more', '它已不存在'));
    if (isRefusal(found.mend)) return found.mend;
    const { program: { service, name }, mend } = found;
    // The old one would have to be killed for it, and its workers hold the port for a moment longer: the new one then can't start (measured).
    const later = service.host !== undefined && found.why === 'reloads';
    const vacuum = mend.some((c) => c.kind === 'edit-file' && c.edits.some((e) => e.text.includes('vacuum')));
    const along = [
      ...(later ? [{ label: name, text: text('is not started again for it: it holds from its next start on', '不会为此重启：从下次启动起生效') }] : []),
      ...(vacuum ? [{ label: 'vacuum', text: text('removes the socket where uWSGI\'s own user may write in its folder; a pid file that root made stays', '只有 uWSGI 自己的用户能写那个目录时才删得掉套接字；root 写的 pid 文件会留下') }] : []),
    ];
    return {
      changes: mend,
      rebuild: service.build && mend.some((c) => c.kind === 'edit-file' && !service.compose?.files.includes(c.path)) ? [service.name] : [],
      replace: later ? [] : [service.name],
      proofs: [{ kind: 'supervised', service: service.name, program: name }],
      ...(along.length > 0 ? { along } : {}),
    };
  },
};
