import type { Finding, Subject } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import type { Service } from '../../model/service.ts';
import { list, text, type Text } from '../../model/text.ts';
import { chainOf } from '../../settings/chain.ts';
import { wordsAt } from '../../settings/parsed.ts';
import { programOf, rolesIn } from '../../settings/roles.ts';
import { containersOf, runningOf } from '../../settings/service-files.ts';
import { declaredUser, isSeen } from '../../settings/user.ts';
import { effective, uwsgiOf, type Uwsgi, type UwsgiIni } from '../../settings/uwsgi.ts';
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

interface Case {
  readonly service: Service;
  readonly uwsgi: Uwsgi;
  readonly ini: UwsgiIni;
  readonly confidence: Finding['confidence'];
}

function finding(machine: Machine, cases: readonly [Case, ...Case[]]): Finding {
  const [{ service: first, uwsgi, ini }] = cases;
  const services = cases.map((c) => c.service);
  const names = list(services.map((s) => s.name));
  const uid = effective(uwsgi, 'uid');
  const place = (uid ?? uwsgi.options.find((o) => o.file === ini.file))?.at;
  const places = place ? [place] : [];
  const said = !uid
    ? text('is told no user, so the app keeps the one it was started as', '没有指定用户，应用就一直用启动时的身份')
    : uwsgiUid(machine, first) ? text(`runs as root; the user ${uid.value} came into its configuration later`, `以 root 运行，用户 ${uid.value} 是后来才写进配置的`) : text('is told to be root', '被指定为 root');
  const confidence = (['seen', 'declared'] as const).find((sure) => cases.some((c) => c.confidence === sure)) ?? 'guess';
  return {
    id: findingId(ID, ini.file.path, first.name),
    risk: ID,
    severity: 'high',
    confidence,
    title: text('uWSGI runs as root', 'uWSGI 以 root 身份运行'),
    why: text(
      `uWSGI in ${names.en} ${said.en}. A hole in the app is then root in its container.`,
      `${names['zh-CN']} 中的 uWSGI ${said['zh-CN']}。应用一旦有漏洞，攻击者在容器里就是 root。`,
    ),
    subjects: services.flatMap((s): Subject[] => [{ kind: 'service', name: s.name }, ...containersOf(machine, s).map((c): Subject => ({ kind: 'container', name: c.name, id: c.id }))]),
    places,
    chain: services.flatMap((s) => chainOf(machine, s, place)),
    seen: services.flatMap((s) => seenText(machine, s)),
    // `--uid root` in two words: the place is that of the value.
    from: places.map((at) => ({ place: at, words: uid?.word && !uid.word.value.startsWith('-') ? `--uid ${uid.value}` : wordsAt(machine, at), ...(uid ? {} : { note: text('no uid and no gid in this file', '这个文件里没有 uid 和 gid') }) })),
    detail: { services: services.map((s) => s.name) },
  };
}

function seenText(machine: Machine, service: Service): readonly Text[] {
  const n = runningOf(machine, service).flatMap((c) => c.processes).filter((p) => programOf(p.argv) === 'uwsgi' && p.uid.effective === 0).length;
  return n > 0 ? [text(`${service.name}: uwsgi, ${n} ${n === 1 ? 'process' : 'processes'}, uid 0.`, `${service.name}：uwsgi，${n} 个进程，uid 0。`)] : [];
}

/** One finding for each ini: services that read the same one are its subjects. */
export function detect(machine: Machine): readonly Finding[] {
  const byIni = new Map<string, [Case, ...Case[]]>();
  for (const service of machine.services) {
    const sure = confidence(machine, service);
    const uwsgi = uwsgiOf(machine, service);
    if (!sure || !uwsgi?.ini) continue;
    const one = { service, uwsgi, ini: uwsgi.ini, confidence: sure };
    const key = `${uwsgi.ini.file.path}:${uwsgi.ini.section}`;
    const there = byIni.get(key);
    if (there) there.push(one);
    else byIni.set(key, [one]);
  }
  return [...byIni.values()].map((cases) => finding(machine, cases));
}
