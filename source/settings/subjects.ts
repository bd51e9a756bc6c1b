import type { Subject } from '../model/finding.ts';
import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { containersOf } from './service-files.ts';

/** The containers that a service runs in, as what a finding is about. */
export const containerSubjects = (machine: Machine, service: Service): readonly Subject[] => containersOf(machine, service).map((c) => ({ kind: 'container', name: c.name, id: c.id }));

/** A service and the containers that it runs in. */
export const subjectsOf = (machine: Machine, service: Service): readonly Subject[] => [{ kind: 'service', name: service.name }, ...containerSubjects(machine, service)];
