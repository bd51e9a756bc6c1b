import type { Machine, SourceFile } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { within } from './parsed.ts';
import { copiedFrom, shipped, tidy, workdirOf } from './service-files.ts';
import { composeMounts } from './volumes.ts';

/** The project's file at a path in a service's container: what compose mounts there hides what the image brings. */
export function fileAt(machine: Machine, service: Service, path: string): SourceFile | undefined {
  const image = shipped(machine, service);
  const absolute = tidy(path.startsWith('/') ? path : `${image ? workdirOf(image) : ''}/${path}`);
  for (const m of composeMounts(machine, service)) {
    if (m.type !== 'bind' || (absolute !== m.target && !absolute.startsWith(`${m.target}/`))) continue;
    const source = within(service.compose?.directory ?? '', `${m.source}${absolute.slice(m.target.length)}`);
    const file = source === undefined ? undefined : machine.files.get(source);
    if (file) return file;
  }
  return image && copiedFrom(machine, service, image, path);
}
