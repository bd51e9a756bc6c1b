import type { Container } from '../model/container.ts';
import type { Trace } from '../model/held.ts';
import type { Machine } from '../model/machine.ts';
import type { Plan } from '../model/plan.ts';
import { text } from '../model/text.ts';
import type { Running } from './journal.ts';
import { liveIn } from './proofs/witness.ts';
import { startedAnew } from './taken.ts';

export const containersNow = (machine: Machine, service: string): readonly Container[] => {
  const ids = machine.services.find((s) => s.name === service)?.containers ?? [];
  return machine.containers.filter((c) => ids.includes(c.id) && c.running);
};

/** The containers that a plan's proofs were seen on. */
export const runningOf = (plan: Plan, machine: Machine): readonly Running[] =>
  startedAnew(plan).flatMap((service) => containersNow(machine, service).map(({ id, name, imageId, startedAt }) => ({ service, id, name, imageId, startedAt })));

function sinceThen(service: string, now: Container, then: readonly Running[]): readonly Trace[] {
  const old = then.find((r) => r.id === now.id);
  const when = { is: 'started' as const, at: now.startedAt };
  if (old) return old.startedAt === now.startedAt ? [] : [{ held: 'holds', when, what: text(`${now.name} was started again`, `${now.name} 重新启动过`) }];
  const image = then.some((r) => r.imageId === now.imageId) ? text('from the same image', '镜像没变') : text('from another image', '而且换了镜像');
  return [{ held: 'holds', when, what: text(`${service} runs in another container, ${now.name}, ${image.en}`, `${service} 换了容器（${now.name}），${image['zh-CN']}`) }];
}

/** What was started again, replaced or stopped since the run was proven. Whether that did harm is for the proofs to say. */
export function runningSince(plan: Plan, machine: Machine, then: readonly Running[] | undefined): readonly Trace[] {
  return startedAnew(plan).flatMap((service): readonly Trace[] => {
    const host = machine.services.find((s) => s.name === service)?.host;
    if (host && liveIn(machine, service).length > 0) return [];
    const now = containersNow(machine, service);
    if (now.length === 0) return [{ held: 'cannot-tell', what: text(`${service} does not run`, `${service} 没有在运行`) }];
    const known = then?.filter((r) => r.service === service) ?? [];
    return known.length === 0 ? [] : now.flatMap((c) => sinceThen(service, c, known));
  });
}
