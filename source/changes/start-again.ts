import type { RunsAs, StartedAgain } from '../model/change.ts';
import { list } from '../model/text.ts';
import type { RawContainer } from '../system/raw.ts';
import { docker, type Bench } from './deed.ts';

type Named = Pick<RunsAs, 'service' | 'compose' | 'container'>;

/** Containers of a service, by compose's labels; a plain one by the id that it had, or whatever bears its name now. */
export async function containersOf(service: Named, bench: Bench, by: 'id' | 'name' = 'id'): Promise<readonly RawContainer[]> {
  const { look } = docker(bench);
  if (service.container) return [await look.container(service.container[by])].filter((c) => c !== undefined);
  const origin = service.compose;
  if (!origin) return [];
  return (await look.containers()).filter((c) => {
    const labels = c.Config.Labels ?? {};
    return labels['com.docker.compose.project'] === origin.project && labels['com.docker.compose.service'] === origin.service && labels['com.docker.compose.oneoff'] !== 'True';
  });
}

const addresses = (all: readonly RawContainer[]): readonly string[] => all.filter((c) => c.State.Running).flatMap((c) => Object.values(c.NetworkSettings.Networks).flatMap((n) => n.IPAddress || [])).sort();

/** Where services stand, as long as they do: a container that is stopped has no address any more. */
export async function noteAddresses(services: readonly RunsAs[], bench: Bench): Promise<void> {
  for (const s of services) {
    const now = addresses(await containersOf(s, bench, 'name'));
    if (now.length > 0) bench.stood?.set(s.service, now);
  }
}

/** Its very containers; where they were made anew since, those in their place. */
async function standing({ service, containers, compose }: StartedAgain, bench: Bench): Promise<readonly RawContainer[]> {
  const { look } = docker(bench);
  const found = (await Promise.all(containers.map(({ id }) => look.container(id)))).filter((c) => c !== undefined);
  if (found.length > 0) return found;
  if (compose) return containersOf({ service, compose }, bench);
  return (await Promise.all(containers.map(({ name }) => look.container(name)))).filter((c) => c !== undefined);
}

const nameOf = (c: RawContainer): string => c.Name.replace(/^\//, '');

/**
 * Workers are stopped before their broker is: they end what they do while it is still there to hear of it. Those that are started
 * again for another address go on until that is known.
 */
export async function stopFirst(again: readonly StartedAgain[] | undefined, bench: Bench): Promise<void> {
  for (const one of again ?? []) {
    if (one.when !== 'always') continue;
    for (const c of await standing(one, bench)) {
      if (c.State.Running) await docker(bench).act({ deed: 'stop', container: nameOf(c), ...(one.seconds === undefined ? {} : { seconds: one.seconds }) });
    }
  }
}

/** Which of them another address was given to since it was noted. */
async function movedOf(services: readonly RunsAs[], bench: Bench): Promise<readonly string[]> {
  const moved: string[] = [];
  for (const s of services) {
    const before = bench.stood?.get(s.service);
    const now = addresses(await containersOf(s, bench, 'name'));
    if (before && now.length > 0 && now.join() !== before.join()) moved.push(s.service);
  }
  return moved;
}

/**
 * A proxy looks the names of what it hands on to up once, when it starts, and goes on asking that address: 502 for everybody
 * where the new container got another one (measured with nginx 1.22, two services started anew at once). A Celery worker whose
 * broker alone was started anew may take no job any more (5.2.6 with redis, measured). Both are started again.
 */
export async function startAgain(again: readonly StartedAgain[] | undefined, services: readonly RunsAs[], bench: Bench): Promise<void> {
  if (!again || again.length === 0) return;
  const { act } = docker(bench);
  for (const one of again.filter((a) => a.when === 'always')) {
    for (const c of await standing(one, bench)) if (!c.State.Running) await act({ deed: 'start', container: nameOf(c) });
  }
  const proxies = again.filter((a) => a.when === 'moved');
  const moved = proxies.length > 0 ? await movedOf(services, bench) : [];
  for (const one of proxies) {
    const its = one.of.filter((service) => moved.includes(service));
    if (its.length === 0) continue;
    for (const c of (await standing(one, bench)).filter((x) => x.State.Running)) {
      bench.say(`${one.service}: ${list(its).en} got another address, it is started again to look it up`);
      await act({ deed: 'stop', container: nameOf(c) });
      await act({ deed: 'start', container: nameOf(c) });
    }
  }
}
