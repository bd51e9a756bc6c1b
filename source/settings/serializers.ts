import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
export const acceptsPickle = (_m: Machine, _s: Service): boolean => false;
