import type { Container } from '../../model/container.ts';
import type { Machine } from '../../model/machine.ts';
import type { Outcome, Proof } from '../../model/proof.ts';
import type { Text } from '../../model/text.ts';
import type { Live } from '../../model/process.ts';
import { liveOf } from '../../settings/live.ts';
import type { System } from '../../system/system.ts';

export interface Witnessed {
  readonly outcome: Outcome;
  readonly text: Text;
}

/** Sees one kind of fact on what runs now. Reading commands in containers are allowed; nothing is changed. */
export type Witness<K extends Proof['kind']> = (proof: Extract<Proof, { kind: K }>, machine: Machine, system: System) => Promise<Witnessed>;

export function containersOf(machine: Machine, service: string): readonly Container[] {
  const ids = machine.services.find((s) => s.name === service)?.containers ?? [];
  return machine.containers.filter((c) => ids.includes(c.id) && c.running);
}

/** What runs now of a service, in its containers or on the machine itself. */
export function liveIn(machine: Machine, name: string): readonly Live[] {
  const service = machine.services.find((s) => s.name === name);
  return service ? liveOf(machine, service) : [];
}
