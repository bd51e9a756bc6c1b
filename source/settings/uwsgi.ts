import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import type { Bind } from './listen.ts';
import type { Started } from './started.ts';
export const uwsgiBinds = (_m: Machine, _s: Service, _start: Started): readonly Bind[] => [];
