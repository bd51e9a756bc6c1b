import type { Finding } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import type { Service } from '../../model/service.ts';
import { text } from '../../model/text.ts';
import { containerSetting } from '../../settings/container.ts';
import { containerised, standing } from '../../settings/container-finding.ts';
import { runningOf } from '../../settings/service-files.ts';

export const ID = 'no-new-privileges';

function judge(machine: Machine, service: Service): Finding | undefined {
  const options = containerSetting(machine, service, 'securityOpt');
  const said = options.value.find((o) => o.startsWith('no-new-privileges='));
  if (said === 'no-new-privileges=true') return undefined;
  const processes = runningOf(machine, service).flatMap((c) => c.processes);
  // The daemon's own setting shows on the processes alone; an option that says false overrules it.
  if (processes.length > 0 && processes.every((p) => p.noNewPrivs === true)) return undefined;
  const known = processes.some((p) => p.noNewPrivs !== undefined);
  if (!known && said === undefined && machine.docker?.noNewPrivileges) return undefined;
  const open = processes.filter((p) => p.noNewPrivs === false).length;
  return {
    id: findingId(ID, service.compose?.files[0] ?? service.name, service.name),
    risk: ID,
    severity: 'low',
    confidence: options.guess ? 'guess' : options.seen ? 'seen' : 'declared',
    plural: text('may gain privileges', '可以取得启动时没有的特权'),
    title: text(`${service.name} may gain privileges that it was not started with`, `${service.name} 可以取得启动时没有的特权`),
    short: text(`${service.name} may gain privileges`, `${service.name} 可以取得新特权`),
    why: text(
      'A program with the setuid bit, or with capabilities of its own, gives its rights to whoever starts it: su, mount and passwd lie in most images. One line makes the kernel refuse that for good.',
      '带 setuid 位或自带 capability 的程序，谁启动就把权限给谁：多数镜像里都有 su、mount 和 passwd。只要一行，内核就会一律拒绝。',
    ),
    ...standing(machine, service, said === undefined ? undefined : options.from.at),
    seen: open === 0 ? [] : [text(`${service.name}: NoNewPrivs 0 on ${open} of ${processes.length} ${processes.length === 1 ? 'process' : 'processes'}.`, `${service.name}：${processes.length} 个进程中有 ${open} 个的 NoNewPrivs 是 0`)],
    detail: { service: service.name },
  };
}

/** One finding for each service that may. */
export const detect = (machine: Machine): readonly Finding[] => containerised(machine).flatMap((s) => judge(machine, s) ?? []);
