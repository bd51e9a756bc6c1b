import { copies } from '../files/dockerfile.ts';
import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { within } from './parsed.ts';
import { shipped } from './service-files.ts';
import { composeMounts } from './volumes.ts';

/** A file of the project is in a service's image, by the COPY lines of the stage that ships, or mounted into it. */
export function carries(machine: Machine, service: Service, path: string): boolean {
  const image = shipped(machine, service);
  const context = service.build?.context;
  if (image && context !== undefined) {
    for (const copy of copies(image.stage, image.df)) {
      if (copy.from !== undefined) continue;
      for (const source of copy.sources) {
        const at = within(context, source.value);
        if (at !== undefined && (at === '' || path === at || path.startsWith(`${at.replace(/\/$/, '')}/`))) return true;
      }
    }
  }
  // A source folder that compose mounts in development, seen running or not.
  const mounted = composeMounts(machine, service).flatMap((m) => (m.type === 'bind' ? (within(service.compose?.directory ?? '', m.source) ?? []) : []));
  if (mounted.some((m) => m === '' || path === m || path.startsWith(`${m}/`))) return true;
  return machine.containers.some((c) => service.containers.includes(c.id) && c.mounts.some((m) => m.type === 'bind' && `${machine.root}/${path}`.startsWith(`${m.source}/`)));
}
