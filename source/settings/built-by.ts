import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';

/** A reference as Docker completes it: without a tag it is `latest`. */
const tagged = (image: string): string => (/[:@][^/]*$/.test(image) ? image : `${image}:latest`);

/**
 * Services that run what a sibling builds: `image: app` here, `build: .` with `image: app` there (the usual shape of web and worker
 * that share their code). They come from that Dockerfile as surely as the one that builds it; compose builds it for the one alone.
 */
export function withSharedBuilds(services: readonly Service[]): readonly Service[] {
  return services.map((s) => {
    const image = s.image;
    if (s.build || image === undefined || !s.compose) return s;
    const builder = services.find((b) => b.build && b.image !== undefined && tagged(b.image) === tagged(image));
    return builder?.build && builder.compose ? { ...s, build: builder.build, tie: 'compose', builtBy: builder.compose.service } : s;
  });
}

/** The service whose `build:` makes this one's image; itself, where it has one of its own. */
export const builderOf = (machine: Machine, service: Service): Service =>
  (service.builtBy === undefined ? undefined : machine.services.find((s) => s.compose?.project === service.compose?.project && s.compose?.service === service.builtBy)) ?? service;

/** All that get another image when this one's is built anew, itself among them. */
export const sharers = (machine: Machine, service: Service): readonly Service[] => {
  const builder = builderOf(machine, service);
  return machine.services.filter((s) => builderOf(machine, s) === builder);
};
