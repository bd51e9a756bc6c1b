import type Dockerode from 'dockerode';
import { LABEL } from '../deeds.ts';
import type { Ours } from '../system.ts';

const WITH_LABEL = { filters: { label: [LABEL] } };

/** Repositories of our own: `harden-tui/keep`, and what a rehearsal builds. */
const OURS = 'harden-tui/*';

const moment = (made: string | undefined): { readonly made?: string } => (made ? { made } : {});
const seconds = (made: number): { readonly made?: string } => moment(new Date(made * 1000).toISOString());

/** Everything on the engine that is ours. */
export async function ours(engine: Dockerode): Promise<readonly Ours[]> {
  const [containers, networks, volumes, labelled, tagged] = await Promise.all([
    engine.listContainers({ all: true, ...WITH_LABEL }),
    engine.listNetworks(WITH_LABEL),
    engine.listVolumes(WITH_LABEL),
    engine.listImages(WITH_LABEL),
    engine.listImages({ filters: { reference: [OURS] } }),
  ]);
  const tags = tagged.flatMap((image) => (image.RepoTags ?? []).filter((tag) => tag.startsWith('harden-tui/')).map((tag): Ours => ({ kind: 'image', id: tag, name: tag, labels: image.Labels ?? {}, ...seconds(image.Created) })));
  // What is labelled and has a name of ours is there already; one without any name goes by its id.
  const nameless = labelled.filter((image) => !(image.RepoTags ?? []).some((tag) => tag !== '<none>:<none>'));
  return [
    ...containers.map((c): Ours => ({ kind: 'container', id: c.Id, name: (c.Names[0] ?? c.Id.slice(0, 12)).replace(/^\//, ''), labels: c.Labels, ...seconds(c.Created) })),
    ...networks.map((n): Ours => ({ kind: 'network', id: n.Id, name: n.Name, labels: n.Labels ?? {}, ...moment(n.Created) })),
    ...(volumes.Volumes as (typeof volumes.Volumes[number] & { CreatedAt?: string })[] | null ?? []).map((v): Ours => ({ kind: 'volume', id: v.Name, name: v.Name, labels: v.Labels, ...moment(v.CreatedAt) })),
    ...tags,
    ...nameless.map((image): Ours => ({ kind: 'image', id: image.Id, name: image.Id.slice(0, 19), labels: image.Labels ?? {}, ...seconds(image.Created) })),
  ];
}
