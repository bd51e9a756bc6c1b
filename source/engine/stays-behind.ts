import type { Container } from '../model/container.ts';
import type { Machine } from '../model/machine.ts';
import type { Plan } from '../model/plan.ts';
import { text, type Text } from '../model/text.ts';
import { brokerServices } from '../settings/broker-service.ts';
import { heldInside } from '../settings/held-inside.ts';
import { runningOf } from '../settings/service-files.ts';

/** Where data outlives a container; compose takes nameless volumes along to the next one, too. */
const lasts = ({ mounts }: Container): boolean => mounts.some((m) => !m.readOnly && (m.type === 'volume' || m.type === 'bind'));

function ofService(machine: Machine, name: string): readonly Text[] {
  const service = machine.services.find((s) => s.name === name);
  const live = service ? runningOf(machine, service) : [];
  if (!service || live.length === 0) return [];
  const broker = brokerServices(machine).some((b) => b.service === service);
  if (broker && !live.some(lasts)) {
    return [text(`what ${name} holds is in no volume: the new container begins empty, and jobs that wait there are lost`, `${name} 的数据不在卷里：新容器从空的开始，排在里面的任务会丢失`)];
  }
  const own = live.flatMap((c) => heldInside(c.written ?? [], c.mounts.map((m) => m.target)));
  const [first] = own;
  if (first === undefined) return [];
  const more = own.length - 1;
  return [text(
    `${first}${more === 0 ? '' : ` and ${more} more`}, written by ${name} inside itself, ${more === 0 ? 'is' : 'are'} not in the new container; a copy is kept as an image`,
    `${name} 写在容器里面的文件（${first}${more === 0 ? '' : `，共 ${own.length} 个`}）不会带到新容器；会留一份副本在镜像里`,
  )];
}

/**
 * What is lost with a container that is replaced, as any `docker compose up` after a build would: what it wrote outside of volumes,
 * and a queue that no volume holds (redis and RabbitMQ keep jobs in memory and save them beside their program).
 */
export const staysBehind = (plan: Plan, machine: Machine): readonly Text[] =>
  [...new Set(plan.steps.flatMap(({ change }) => (change.kind === 'stop-services' ? change.services.map((s) => s.service) : [])))].flatMap((name) => ofService(machine, name));
