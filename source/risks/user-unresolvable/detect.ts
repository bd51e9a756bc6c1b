import type { Finding } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import type { Service } from '../../model/service.ts';
import { list, text } from '../../model/text.ts';
import { chainOf } from '../../settings/chain.ts';
import { wordsAt } from '../../settings/parsed.ts';
import { missingUser, type MissingUser } from '../../settings/user-entry.ts';
import { subjectsOf } from '../../settings/subjects.ts';

export const ID = 'user-unresolvable';

interface Case {
  readonly service: Service;
  readonly missing: MissingUser;
}

function finding(machine: Machine, cases: readonly [Case, ...Case[]]): Finding {
  const [{ missing, service: first }] = cases;
  const { user, name, kind } = missing;
  const services = cases.map((c) => c.service);
  const names = list(services.map((s) => s.name));
  const at = user.from.at;
  const errors = cases.flatMap((c) => (c.missing.error === undefined ? [] : [text(`${c.service.name}: ${c.missing.error}.`, `${c.service.name}：${c.missing.error}`)]));
  const what = kind === 'user' ? text(`a user ${name}`, `用户 ${name}`) : text(`a group ${name}`, `组 ${name}`);
  return {
    id: findingId(ID, at?.file ?? first.name, `${name}#${services[0]?.build?.target ?? ''}`),
    risk: ID,
    severity: 'high',
    confidence: errors.length > 0 ? 'seen' : cases.every((c) => c.missing.guess) ? 'guess' : 'declared',
    title: text(`${names.en} ${services.length === 1 ? 'is' : 'are'} to run as ${what.en} that the image does not have`, `${names['zh-CN']} 要以${what['zh-CN']} 运行，镜像里却没有`),
    short: text(`no ${kind} ${name} in the image`, `镜像里没有${what['zh-CN']}`),
    why: text(
      'The image builds, and the container never starts: the engine looks the name up in the image before it starts anything. Who is in a hurry then goes back to root.',
      '镜像能构建，容器却永远起不来：引擎在启动任何东西之前，先在镜像里查这个名字。着急的人往往就改回 root 了。',
    ),
    subjects: services.flatMap((s) => subjectsOf(machine, s)),
    places: at ? [at] : [],
    chain: services.flatMap((s) => chainOf(machine, s, at)),
    seen: errors,
    from: at ? [{ place: at, words: wordsAt(machine, at) }] : [],
    detail: { services: services.map((s) => s.name), name, kind },
  };
}

/** One finding for each line that names nobody: services from one image are its subjects. */
export function detect(machine: Machine): readonly Finding[] {
  const groups = new Map<string, [Case, ...Case[]]>();
  for (const service of machine.services.filter((s) => !s.host)) {
    const missing = missingUser(machine, service);
    if (!missing) continue;
    const at = missing.user.from.at;
    const key = at ? `${at.file}:${at.start}:${missing.name}:${service.build?.target ?? ''}` : service.name;
    const there = groups.get(key);
    groups.set(key, there ? [...there, { service, missing }] : [{ service, missing }]);
  }
  return [...groups.values()].map((cases) => finding(machine, cases));
}
