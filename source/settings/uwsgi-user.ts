import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
export const startsUwsgiWithUid = (_machine: Machine, _service: Service): boolean => false;
