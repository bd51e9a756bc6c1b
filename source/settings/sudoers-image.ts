import { copies } from '../files/dockerfile.ts';
import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { within } from './parsed.ts';
import { shipped } from './service-files.ts';

/** Services whose image takes this file of the project along: it counts there only once the image is built again. */
export function shippedAs(machine: Machine, path: string): readonly Service[] {
  return machine.services.filter((service) => {
    const image = shipped(machine, service);
    if (!image || service.containers.length === 0) return false;
    return copies(image.stage, image.df).some((copy) => copy.from === undefined && copy.sources.some(({ value }) => {
      const source = within(service.build?.context ?? '', value);
      return source !== undefined && (source === path || path.startsWith(source === '' ? '' : `${source}/`));
    }));
  });
}
