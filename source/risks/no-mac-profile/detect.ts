import type { Finding } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import type { Service } from '../../model/service.ts';
import { list, text } from '../../model/text.ts';
import { chainOf } from '../../settings/chain.ts';
import { macOptions, type MacOption } from '../../settings/mac-options.ts';
import { wordsAt } from '../../settings/parsed.ts';
import { runningOf } from '../../settings/service-files.ts';
import { subjectsOf } from '../../settings/subjects.ts';

export const ID = 'no-mac-profile';

/** One service that an option takes out of what confines all others. */
function optedOut(machine: Machine, service: Service, option: MacOption): Finding {
  const { at, value } = option;
  const system = value.startsWith('apparmor') ? 'AppArmor' : 'SELinux';
  const seen = runningOf(machine, service).some((c) => c.securityOpt.includes(value));
  return {
    id: findingId(ID, at?.file ?? service.name, service.name),
    risk: ID,
    aspect: 'option',
    severity: 'low',
    confidence: seen ? 'seen' : 'declared',
    title: text(`${service.name} is taken out of ${system}`, `${service.name} 不受 ${system} 约束`),
    why: text(
      `${system} forbids a container what no app needs: writing below /proc and /sys, mounting, tracing other processes. ${value} switches that off for this one.`,
      `${system} 会禁止容器做应用用不着的事：写 /proc 和 /sys、挂载、跟踪别的进程。${value} 让这一个不受约束。`,
    ),
    subjects: subjectsOf(machine, service),
    places: at ? [at] : [],
    chain: chainOf(machine, service, at),
    seen: seen ? [text(`${service.name}: ${value}.`, `${service.name}：${value}`)] : [],
    from: at ? [{ place: at, words: wordsAt(machine, at) }] : [],
    detail: { service: service.name },
  };
}

/** The host has neither: nothing in the project can change that. */
function hostHasNone(machine: Machine, services: readonly Service[]): Finding {
  const names = list(services.map((s) => s.name));
  return {
    id: findingId(ID, machine.docker?.id ?? '', 'host'),
    risk: ID,
    aspect: 'host',
    severity: services.some((s) => runningOf(machine, s).length > 0) ? 'low' : 'info',
    confidence: 'seen',
    short: text('no AppArmor or SELinux on this host', '本机没有 AppArmor 或 SELinux'),
    title: text('this host has no AppArmor and no SELinux for its containers', '本机没有用 AppArmor 或 SELinux 约束容器'),
    why: text(
      `${names.en} ${services.length === 1 ? 'is' : 'are'} held by namespaces, capabilities and seccomp alone. A profile is the layer that still stands when one of these has a hole.`,
      `${names['zh-CN']} 只靠命名空间、capability 和 seccomp 约束。它们当中有哪一个出了漏洞，还能顶住的就是这一层。`,
    ),
    subjects: services.flatMap((s) => subjectsOf(machine, s)),
    places: [],
    chain: [],
    seen: [text('docker info names neither apparmor nor selinux.', 'docker info 里既没有 apparmor，也没有 selinux')],
    from: [],
    detail: {},
  };
}

/** Docker Desktop's own machine and a rootless engine can't have it: there is nothing to tell then. */
export function detect(machine: Machine): readonly Finding[] {
  const opted = machine.services.flatMap((service) => {
    const [option] = macOptions(machine, service);
    return option ? [optedOut(machine, service, option)] : [];
  });
  const { docker } = machine;
  // What does not run here now runs here once it is started; a loose Dockerfile may be for anywhere.
  const mine = machine.services.filter((s) => !s.host && (s.compose || s.containers.length > 0));
  const none = docker?.mac === 'none' && !docker.desktop && !docker.rootless && mine.length > 0;
  return none ? [...opted, hostHasNone(machine, mine)] : opted;
}
