import type { System } from '../system/system.ts';

/** Something that a service answered before, asked by itself: no picture of the machine is taken for it. */
export interface Door {
  readonly service: string;
  /** True when it answers as before. */
  readonly asBefore: () => Promise<boolean>;
}

export interface Away {
  /** They are being stopped: from here on each is asked again and again, until `times` is. */
  stopped(services: readonly string[]): void;
  /** All facts of these services are as before. Those that have no door are known by that alone. */
  well(services: readonly string[]): void;
  /** Milliseconds from the last answer to the first one again, summed up for each; one that is away still counts until now. Ends the asking. */
  times(): Readonly<Record<string, number>>;
}

const [EAGER_MS, CALM_MS] = [200, 1_000];

/** How long each service did not answer, by its own doors: several that are stopped together come back one after the other. */
export function timeAway({ now, pause }: Pick<System, 'now' | 'pause'>, doors: readonly Door[]): Away {
  const time = (): number => now().getTime();
  /** When each was last seen well. */
  const seen = new Map<string, number>();
  const down = new Set<string>();
  /** Stopped, and not back yet: asked often. */
  const awaited = new Set<string>();
  const total = new Map<string, number>();
  let watch = 0;

  function back(service: string): void {
    if (!down.delete(service)) return;
    awaited.delete(service);
    total.set(service, (total.get(service) ?? 0) + time() - (seen.get(service) ?? time()));
    seen.set(service, time());
  }

  async function ask(service: string, own: readonly Door[], mine: number): Promise<void> {
    while (mine === watch) {
      const at = time();
      const good = (await Promise.all(own.map((d) => d.asBefore().catch(() => false)))).every(Boolean);
      if (mine !== watch) return;
      if (!good) down.add(service);
      else if (down.has(service)) back(service);
      else seen.set(service, at);
      await pause(down.has(service) || awaited.has(service) ? EAGER_MS : CALM_MS);
    }
  }

  return {
    stopped(services) {
      for (const service of services) {
        const own = doors.filter((d) => d.service === service);
        const known = seen.has(service);
        awaited.add(service);
        if (!down.has(service)) seen.set(service, time());
        // Without a door it is away from here on, until all of its facts are as before.
        if (own.length === 0) down.add(service);
        else if (!known) void ask(service, own, watch);
      }
    },
    well: (services) => services.forEach(back),
    times() {
      watch += 1;
      for (const service of [...down]) back(service);
      const found = Object.fromEntries([...seen.keys()].map((service) => [service, total.get(service) ?? 0]));
      seen.clear();
      return found;
    },
  };
}
