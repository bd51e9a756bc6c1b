import { LABEL, REHEARSED } from '../../system/deeds.ts';
import type { Ours, System } from '../../system/system.ts';
import { REHEARSAL } from './context.ts';

/** It was made by a rehearsal: by that of `id`, or by any. */
export function ofRehearsal(thing: Ours, id?: string): boolean {
  if (thing.kind === 'image') return id === undefined ? thing.name.startsWith(`${REHEARSED}:`) : thing.name.startsWith(`${REHEARSED}:${id}-`);
  return id === undefined ? (thing.labels[LABEL] ?? '').startsWith(REHEARSAL) : thing.labels[LABEL] === `${REHEARSAL}${id}`;
}

/** Containers before what they use; volumes whose upper folders lie in another one before that one. */
const ORDER: Readonly<Record<Ours['kind'], number>> = { container: 0, network: 1, volume: 2, image: 3 };
const rank = (o: Ours): number => ORDER[o.kind] + (o.kind === 'volume' && o.name.endsWith('-scratch') ? 0.5 : 0);

const PATIENCE_MS = 60_000;

/** An engine that does not answer any more keeps nobody waiting: what is left there is found by `history --clean`. */
async function within<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the engine did not answer')), PATIENCE_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/**
 * Takes away everything that a rehearsal made: of the one with this id, or of every one, also of those that still run.
 * `world`: of one of its worlds alone. What can't be removed is given back; the rest goes all the same.
 */
export async function sweep(system: System, id?: string, world?: string): Promise<readonly Ours[]> {
  const { docker } = system;
  if (!docker) return [];
  const mine = [...(await docker.look.ours())].filter((o) => ofRehearsal(o, id) && (world === undefined || o.name.startsWith(`harden-tui-rehearsal-${id ?? ''}-${world}-`))).sort((a, b) => rank(a) - rank(b));
  const left: Ours[] = [];
  const away = async (thing: Ours): Promise<void> => {
    const work = thing.kind === 'container' ? docker.act({ deed: 'remove', container: thing.id, withVolumes: true })
      : thing.kind === 'network' ? docker.act({ deed: 'remove-network', network: thing.id })
        : thing.kind === 'volume' ? docker.act({ deed: 'remove-volume', name: thing.id }) : docker.act({ deed: 'untag', tag: thing.id });
    await within(work).catch((error: unknown) => {
      if ((error as { statusCode?: number }).statusCode !== 404) left.push(thing);
    });
  };
  // One after the other: many that leave a network at once can lock an engine of 20.10 up for good (seen once: libnetwork's
  // processEndpointDelete against sbLeave), and with it everybody's containers.
  for (const one of mine.filter((o) => o.kind === 'container')) await away(one);
  for (const step of [1, 2, 2.5, 3]) await Promise.all(mine.filter((o) => rank(o) === step).map(away));
  return left;
}
