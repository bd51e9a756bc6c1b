import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';

/** A machine is frozen: what is asked of it is worked out once, however many risks and ways ask. */
export function perMachine<T>(work: (machine: Machine) => T): (machine: Machine) => T {
  const known = new WeakMap<Machine, { readonly value: T }>();
  return (machine) => {
    const there = known.get(machine);
    if (there) return there.value;
    const value = work(machine);
    known.set(machine, { value });
    return value;
  };
}

/** The same for each of its services. */
export function perService<T>(work: (machine: Machine, service: Service) => T): (machine: Machine, service: Service) => T {
  const all = perMachine(() => new WeakMap<Service, { readonly value: T }>());
  return (machine, service) => {
    const known = all(machine);
    const there = known.get(service);
    if (there) return there.value;
    const value = work(machine, service);
    known.set(service, { value });
    return value;
  };
}
