import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { onlySocket } from '../../../settings/supervisord-close.ts';
import { isSudoers } from '../../../settings/sudoers-name.ts';
import { doorOf, speakers } from '../wanted.ts';

/** A socket that only root may use is the one way in; the port goes, and supervisorctl is told. */
export const unixSocket: Fix = {
  id: 'unix-socket',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const door = doorOf(finding, machine);
    if (isRefusal(door)) return door;
    const speaking = door.kind === 'inet' ? speakers(machine, door) : [];
    if (speaking.length > 0) return refuse(text(`${speaking.join(', ')} speaks to port ${door.port ?? ''}: it would get no answer any more`, `${speaking.join('、')} 要连端口 ${door.port ?? ''}：之后就连不上了`));
    const made = onlySocket(machine, door);
    if (isRefusal(made)) return made;
    const { service, port } = door;
    // No file of the project is read by sudo: the line is for a person to put in its place.
    const line = [...machine.files.values()].find((f) => isSudoers(f.path) && /^[^#\n]*supervisorctl/m.test(f.text));
    const there = line ? text(`${line.path} has one`, `${line.path} 里有这样一行`) : text('this way writes none', '这个办法不会写它');
    return {
      changes: made.changes,
      rebuild: service.build ? [service.name] : [],
      replace: [service.name],
      proofs: [
        { kind: 'socket', service: service.name, path: made.path, mode: 0o700, door: door.file.path },
        ...(door.kind === 'inet' && port !== undefined ? [{ kind: 'no-listener' as const, service: service.name, port }] : []),
      ],
      along: [
        { label: made.path, text: text('0700: only root may speak to supervisord', '0700：只有 root 能和 supervisord 说话') },
        { label: text('deploy', '部署'), text: text(`who restarts programs without being root needs a line in sudoers for exactly that; ${there.en}`, `不是 root 却要重启程序的人，需要一行只允许这件事的 sudoers；${there['zh-CN']}`) },
        ...(door.kind === 'inet' ? [{ label: text('web page', '网页'), text: text(`the page on :${port ?? ''} is gone; supervisorctl does the same`, `:${port ?? ''} 上的网页没有了，用 supervisorctl 代替`) }] : []),
      ],
    };
  },
};
