import type { Finding } from '../../model/finding.ts';
import type { Machine } from '../../model/machine.ts';
import type { Proof } from '../../model/proof.ts';
import { refuse, type Proposal, type Refusal } from '../../model/risk.ts';
import type { Service } from '../../model/service.ts';
import { text } from '../../model/text.ts';
import { shipped, type Shipped } from '../../settings/service-files.ts';
import { missingUser, type MissingUser } from '../../settings/user-entry.ts';

export interface Missing extends MissingUser {
  readonly services: readonly Service[];
  readonly image?: Shipped;
}

export function missingIn(finding: Finding, machine: Machine): Missing | Refusal {
  const names = finding.detail['services'] as readonly string[];
  const services = machine.services.filter((s) => names.includes(s.name));
  const [first] = services;
  const missing = first && missingUser(machine, first);
  if (!first || !missing) return refuse(text('it is not there any more', '它已经不存在了'));
  const image = shipped(machine, first);
  return { ...missing, services, ...(image ? { image } : {}) };
}

/** What both ways share: built and started again, and seen running; what it writes, nobody has seen yet. */
export function rest({ services }: Missing, rebuild: boolean): Omit<Proposal, 'changes'> {
  const names = services.map((s) => s.name);
  const proofs: Proof[] = names.map((service) => ({ kind: 'user-found', service }));
  return {
    rebuild: rebuild ? names : [], replace: names, proofs,
    along: [{ label: text('writes', '写入'), text: text('it never ran, so nobody could see where it writes; what it may not write shows when it starts', '它从未运行过，看不到会写哪里；无权写入的地方要等启动后才知道') }],
  };
}
