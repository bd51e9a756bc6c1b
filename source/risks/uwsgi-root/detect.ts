import type { Finding, Subject } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import type { Service } from '../../model/service.ts';
import { text } from '../../model/text.ts';
import { chainOf } from '../../settings/chain.ts';
import { wordsAt } from '../../settings/parsed.ts';
import { programOf, rolesIn } from '../../settings/roles.ts';
import { containersOf, runningOf } from '../../settings/service-files.ts';
import { declaredUser, isSeen } from '../../settings/user.ts';
import { effective, uwsgiOf } from '../../settings/uwsgi.ts';
import { startsUwsgi, uwsgiUid } from '../../settings/uwsgi-user.ts';

export const ID = 'uwsgi-root';

/** uid 0 in a uWSGI that runs, or one that starts as root and is told no user by its files. */
function confidence(machine: Machine, service: Service): Finding['confidence'] | undefined {
  if (!startsUwsgi(machine, service)) return undefined;
  if (isSeen(machine, service)) {
    const root = runningOf(machine, service).flatMap((c) => rolesIn(c).root).filter((p) => programOf(p.argv) === 'uwsgi');
    return root.length > 0 ? 'seen' : undefined;
  }
  const user = declaredUser(machine, service);
  if (!user?.root || user.stepsDown || uwsgiUid(machine, service)) return undefined;
  return user.guess ? 'guess' : 'declared';
}

export function detect(machine: Machine): readonly Finding[] {
  return machine.services.flatMap((service): readonly Finding[] => {
    const sure = confidence(machine, service);
    const uwsgi = uwsgiOf(machine, service);
    if (!sure || !uwsgi?.ini) return [];
    const { name } = service;
    const uid = effective(uwsgi, 'uid');
    const first = uid ?? uwsgi.options.find((o) => o.file === uwsgi.ini?.file);
    const places = first ? [first.at] : [];
    const many = runningOf(machine, service).reduce((n, c) => n + c.processes.length, 0);
    return [{
      id: findingId(ID, uwsgi.ini.file.path, name),
      risk: ID,
      severity: 'high',
      confidence: sure,
      title: text('uWSGI runs as root', 'uWSGI 以 root 身份运行'),
      why: text(
        `uWSGI in ${name} is told no user, so the app keeps the one it was started as. A hole in the app is then root in its container.`,
        `${name} 中的 uWSGI 没有指定用户，应用就一直用启动时的身份。应用一旦有漏洞，攻击者在容器里就是 root。`,
      ),
      subjects: [{ kind: 'service', name }, ...containersOf(machine, service).map((c): Subject => ({ kind: 'container', name: c.name, id: c.id }))],
      places,
      chain: chainOf(machine, service, places[0]),
      seen: many > 0 ? [text(`${name}: uwsgi, ${many} processes, uid 0.`, `${name}：uwsgi，${many} 个进程，uid 0。`)] : [],
      from: places.map((at) => ({ place: at, words: wordsAt(machine, at), ...(uid ? {} : { note: text('no uid and no gid in this file', '这个文件里没有 uid 和 gid') }) })),
      detail: { service: name },
    }];
  });
}
