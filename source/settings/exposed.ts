import { exposes } from '../files/dockerfile.ts';
import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import type { Place } from '../model/setting.ts';
import { place } from './parsed.ts';
import { shipped } from './service-files.ts';

/** A port below 1024 that the image's Dockerfile exposes (the given one, or the first). EXPOSE opens nothing: it only tells. */
export function exposedLow(machine: Machine, service: Service, port?: number): { readonly port: number; readonly at: Place } | undefined {
  const image = shipped(machine, service);
  if (!image) return undefined;
  const found = exposes(image.stage, image.df).find((e) => e.protocol === 'tcp' && e.port !== undefined && e.port < 1024 && (port === undefined || e.port === port));
  return found?.port === undefined ? undefined : { port: found.port, at: place(image.file, found.instruction.span) };
}
