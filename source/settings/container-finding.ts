import type { Finding } from '../model/finding.ts';
import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import type { Place } from '../model/setting.ts';
import { chainOf } from './chain.ts';
import { serviceLine } from './container.ts';
import { wordsAt } from './parsed.ts';
import { containerSubjects } from './subjects.ts';

/** What somebody runs or means to run as a container here: a Dockerfile alone says nothing about how it is run. */
export const containerised = (machine: Machine): readonly Service[] => machine.services.filter((s) => !s.host && (s.compose !== undefined || s.containers.length > 0));

/** Where a finding about a service's container stands: at the words that decide, else where its part of compose begins. */
export function standing(machine: Machine, service: Service, decides: Place | undefined): Pick<Finding, 'subjects' | 'places' | 'chain' | 'from'> {
  const at = decides ?? serviceLine(machine, service);
  const containers = containerSubjects(machine, service);
  return {
    subjects: [{ kind: 'service', name: service.name }, ...containers],
    places: at ? [at] : [],
    chain: chainOf(machine, service, at),
    from: decides ? [{ place: decides, words: wordsAt(machine, decides) }] : [],
  };
}

/** The service that a finding of one service is about. */
export const serviceOf = (machine: Machine, finding: Finding): Service | undefined => machine.services.find((s) => s.name === finding.detail['service']);
