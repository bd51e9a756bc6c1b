import type { Ahead, RunsAs } from '../model/change.ts';
import { list, text } from '../model/text.ts';
import type { RawContainer } from '../system/raw.ts';
import { docker, type Bench } from './deed.ts';

/** Containers of a service, by compose's labels; a plain one by the id that it had, or whatever bears its name now. */
export async function containersOf(service: RunsAs, bench: Bench, by: 'id' | 'name' = 'id'): Promise<readonly RawContainer[]> {
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

/**
 * A proxy looks the names of what it hands on to up once, when it starts, and goes on asking that address: 502 for everybody
 * where the new container got another one (measured with nginx 1.22, two services started anew at once). It is started again.
 */
export async function lookUpAgain(ahead: readonly Ahead[] | undefined, services: readonly RunsAs[], bench: Bench): Promise<void> {
  if (!ahead || ahead.length === 0) return;
  const moved: string[] = [];
  for (const s of services) {
    const before = bench.stood?.get(s.service);
    const now = addresses(await containersOf(s, bench, 'name'));
    if (before && now.length > 0 && now.join() !== before.join()) moved.push(s.service);
  }
  for (const { container, name, of } of ahead) {
    const its = of.filter((service) => moved.includes(service));
    const there = its.length > 0 ? await docker(bench).look.container(container) : undefined;
    if (!there?.State.Running) continue;
    bench.say(`${name}: ${list(its).en} got another address, it is started again to look it up`);
    await docker(bench).act({ deed: 'stop', container });
    await docker(bench).act({ deed: 'start', container });
  }
}

/** Said with the step: whether an address changes is known only then. */
export const saidAhead = (ahead: readonly Ahead[] | undefined): ReturnType<typeof text> | undefined =>
  ahead && ahead.length > 0
    ? text(`${list(ahead.map((a) => a.name)).en} too, if an address changes`, `地址若有变化，${list(ahead.map((a) => a.name))['zh-CN']} 也重启`)
    : undefined;
