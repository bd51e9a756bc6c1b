import type { Machine } from '../model/machine.ts';
import { refuse, type Refusal } from '../model/risk.ts';
import type { Service } from '../model/service.ts';
import { text } from '../model/text.ts';
import { runningOf } from './service-files.ts';
import { declaredUser } from './user.ts';
import { composeMounts } from './volumes.ts';

/** What is mounted over a path of a service, as compose or the engine calls it. */
export function mountedAt(machine: Machine, service: Service, path: string): string | undefined {
  const live = runningOf(machine, service).flatMap((c) => c.mounts);
  const all = live.length > 0 ? live : composeMounts(machine, service);
  const found = all.find((m) => path === m.target || path.startsWith(`${m.target}/`));
  return found && (found.source || found.target);
}

/** Who writes a service's logs: its own user, or `` for root; every uid that was seen must be that one. */
export function writerOf(machine: Machine, services: readonly Service[]): { readonly user: string } | Refusal {
  const users = new Set<string>();
  for (const service of services) {
    const uids = [...new Set(runningOf(machine, service).flatMap((c) => c.processes).map((p) => p.uid.effective))].filter((u) => u !== 0);
    const declared = declaredUser(machine, service);
    if (!declared || declared.guess) return refuse(text(`who writes them in ${service.name} is not known`, `不知道 ${service.name} 中由谁写入`));
    if (declared.root && declared.stepsDown && uids.length === 0) return refuse(text(`${service.name} changes its user by itself: who writes them was not seen`, `${service.name} 会自己换用户：没有看到由谁写入`));
    if (uids.length > 1) return refuse(text(`several users of ${service.name} may write there: ${uids.join(', ')}`, `${service.name} 有多个用户可能在那里写入：${uids.join('、')}`));
    users.add(declared.root ? (uids[0] === undefined ? '' : `${uids[0]}:${uids[0]}`) : declared.value);
  }
  const [user = ''] = users;
  return users.size > 1 ? refuse(text('several services with different users share this image', '多个服务共用这个镜像，而用户各不相同')) : { user };
}
