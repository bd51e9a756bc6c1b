import type { Finding } from '../../model/finding.ts';
import type { Machine } from '../../model/machine.ts';
import type { Proposal, Refusal } from '../../model/risk.ts';
import { refuse } from '../../model/risk.ts';
import type { Service } from '../../model/service.ts';
import { text } from '../../model/text.ts';
import { reachOf, type PortEntry, type Reach } from '../../settings/reach.ts';
import type { Detail } from './detect.ts';

export interface OpenPort {
  readonly service: Service;
  readonly reach: Reach;
}

/** The open ports that a finding is about, as they are now. */
export function openPorts(finding: Finding, machine: Machine): readonly OpenPort[] {
  const { ports } = finding.detail as Detail;
  return machine.services.flatMap((service) => reachOf(machine, service)
    .filter((r) => ports.some((p) => p.service === service.name && p.inside === r.inside && p.protocol === r.protocol))
    .map((reach) => ({ service, reach })));
}

export const isDoor = (finding: Finding): boolean => (finding.detail as Detail).door;

/** The items of `ports:` behind them, each once. */
export const entriesOf = (all: readonly OpenPort[]): readonly PortEntry[] => [...new Set(all.flatMap((o) => o.reach.entry ?? []))];

/** A program that opens the port itself has no mapping to change. */
export function unmapped(all: readonly OpenPort[]): Refusal | undefined {
  const own = all.find((o) => o.reach.by === 'program');
  if (!own) return all.length === 0 ? refuse(text('the port is not open any more', '端口已不再开放')) : undefined;
  return refuse(text(`${own.service.name} opens ${own.reach.inside} itself, there is no mapping to change: its own address setting decides`, `${own.service.name} 自己打开 ${own.reach.inside}，没有映射可改：由它自己的监听地址决定`));
}

/** Another service that goes out to the machine and in again would be cut off. */
export function calledFromOutside(machine: Machine, all: readonly OpenPort[]): Refusal | undefined {
  for (const { reach } of all) {
    if (reach.outside === undefined) continue;
    const pattern = new RegExp(String.raw`(?:host\.docker\.internal|172\.17\.0\.1|host-gateway):${reach.outside}(?!\d)`);
    for (const file of machine.files.values()) {
      const found = pattern.exec(file.text);
      if (!found) continue;
      const at = `${file.path}:${file.text.slice(0, found.index).split('\n').length}`;
      return refuse(text(`${at} goes through this machine's own address to ${reach.outside} and would be cut off`, `${at} 经由本机地址访问 ${reach.outside}，会因此断开`));
    }
  }
  return undefined;
}

export const namesOf = (all: readonly OpenPort[]): readonly string[] => [...new Set(all.map((o) => o.service.name))];

/** One proof for each port of each service. */
export const proofsOf = (all: readonly OpenPort[], published: 'loopback' | 'no'): Proposal['proofs'] =>
  namesOf(all).flatMap((service) => {
    const mine = all.filter((o) => o.service.name === service).map((o) => o.reach);
    return [...new Set(mine.map((r) => r.inside))].map((port) => ({ kind: 'reach' as const, service, port, published, outside: mine.filter((r) => r.inside === port).flatMap((r) => r.outside ?? []) }));
  });

/** The same for mappings of plain containers. */
export const remapOf = (all: readonly OpenPort[], address: string | null): NonNullable<Proposal['remap']> =>
  all.filter((o) => !o.service.compose).map((o) => ({ service: o.service.name, from: o.reach.inside, to: o.reach.inside, address }));
