import { SETTLE_MS } from '../vitals.ts';
import { mayGoOn, type Ground } from './context.ts';
import type { Copy } from './world.ts';

const BEAT_MS = 500;
const LIMIT_MS = 60_000;
/** An app may start before its broker does and count on being started again: a copy is, so often. */
const AGAIN = 3;

const comesAgain = (copy: Copy): boolean => /^(always|unless-stopped|on-failure)$/.test(copy.part.raw.HostConfig.RestartPolicy.Name);

/**
 * Until every copy was up for as long as it takes to count, or is healthy, or has ended for good. `State.Running` alone is
 * a trap: gunicorn dies at 5.3 s (measured). Of two worlds the one where a copy has ended, while the same one runs in the other, is
 * lost: whoever waits there for it will not become healthy, and nobody waits for that. Where it is what is planned, that is the answer.
 */
export const settleCopies = (ground: Ground, ...worlds: readonly (readonly Copy[])[]): Promise<void> => settleUntil(ground, worlds, async () => false);

/** The same; nobody waits for the health of a copy of which its own log has said already that it is lost. */
export async function settleUntil(ground: Ground, worlds: readonly (readonly Copy[])[], hasSaid: (copy: Copy) => Promise<boolean>): Promise<void> {
  const copies = worlds.flat();
  const { docker, system } = ground;
  const began = system.now().getTime();
  const since = new Map<string, number>();
  const tries = new Map<string, number>();
  const over = new Set<string>();
  const isOver = (copy: Copy): boolean => copy.refused !== undefined || over.has(copy.id);
  const isLost = (copy: Copy): boolean => worlds.some((w) => w.includes(copy) && w.some((c) => isOver(c) && copies.some((o) => o !== c && o.part.name === c.part.name && !isOver(o))));
  /** What is planned has ended, and what it is now stands: nothing that anybody still waits for changes that. */
  const isDecided = (at: number): boolean => {
    const [asIs = [], ...planned] = worlds;
    const stands = (copy: Copy): boolean => !isOver(copy) && at - (since.get(copy.id) ?? at) >= SETTLE_MS;
    return planned.flat().some((c) => isOver(c) && asIs.some((o) => o.part.name === c.part.name && stands(o)));
  };
  for (;;) {
    mayGoOn(ground.interrupt);
    const now = system.now().getTime();
    let waiting = false;
    for (const copy of copies) {
      if (copy.refused !== undefined || over.has(copy.id)) continue;
      const state = (await docker.look.container(copy.id))?.State;
      if (!state) over.add(copy.id);
      else if (!state.Running) {
        const n = (tries.get(copy.id) ?? 0) + 1;
        tries.set(copy.id, n);
        since.delete(copy.id);
        if (n > AGAIN || !comesAgain(copy)) over.add(copy.id);
        else {
          await docker.act({ deed: 'start', container: copy.id }).catch(() => over.add(copy.id));
          waiting = true;
        }
      } else {
        const up = since.get(copy.id) ?? now;
        since.set(copy.id, up);
        if (now - up < SETTLE_MS || (state.Health?.Status === 'starting' && !isLost(copy) && !(await hasSaid(copy)))) waiting = true;
      }
    }
    if (!waiting || isDecided(now) || now - began >= LIMIT_MS) return;
    await system.pause(BEAT_MS);
  }
}
