import type { Ahead } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { looksUpOnce, proxiesOf } from './reach-kind.ts';
import { runningOf } from './service-files.ts';

/** Proxies that run on while services behind them are started anew, and would go on asking their old addresses. */
export function aheadOf(machine: Machine, services: readonly Service[]): readonly Ahead[] {
  const fronts = new Map<Service, string[]>();
  for (const service of services) {
    for (const proxy of proxiesOf(machine, service)) if (!services.includes(proxy) && looksUpOnce(machine, proxy)) fronts.set(proxy, [...(fronts.get(proxy) ?? []), service.name]);
  }
  return [...fronts].flatMap(([proxy, of]) => runningOf(machine, proxy).map((c): Ahead => ({ container: c.id, name: proxy.name, of })));
}
