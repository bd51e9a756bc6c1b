import type { Container } from '../model/container.ts';
import type { Machine } from '../model/machine.ts';
import type { Live } from '../model/process.ts';
import type { Vital } from '../model/proof.ts';
import type { Net, System } from '../system/system.ts';
import { ofHost } from './host-vitals.ts';
import { frontPage } from './front-page.ts';

/** How long a new container must stay up before it counts: gunicorn gives up on a port after 5.3 s (measured). */
export const SETTLE_MS = 8_000;
const LIMIT_MS = 60_000;
const BEAT_MS = 500;

/** A GET made a redis log "Possible SECURITY ATTACK" (measured): HTTP is spoken only where a web server is likely. */
export function speaksHttp(live: Pick<Live, 'processes'>, inside: number, outside: number): boolean {
  const web = /^(gunicorn|uwsgi|nginx|apache2|httpd|caddy|node|uvicorn|hypercorn|daphne)/;
  const roles = live.processes.flatMap((p) => p.argv.slice(0, 3)).map((w) => w.split('/').at(-1) ?? '');
  const likely = (p: number): boolean => p === 80 || p === 443 || (p >= 8000 && p < 9000) || p === 3000 || p === 5000;
  return roles.some((r) => web.test(r)) || likely(inside) || likely(outside);
}

/** What is true of a service, without its ports and with them. */
export interface Facts {
  readonly vitals: readonly Vital[];
  readonly ports: readonly Asked[];
}

/** A port as it is asked from here. */
export interface Asked {
  readonly service: string;
  readonly what: string;
  readonly inside: number;
  readonly ask: () => Promise<string>;
}

function portsOf(net: Net, service: string, c: Container): readonly Asked[] {
  const ports = c.ports.filter((p, i) => p.protocol === 'tcp' && c.ports.findIndex((o) => o.protocol === 'tcp' && o.hostPort === p.hostPort) === i);
  return ports.map(({ inside, hostIp, hostPort }): Asked => {
    const host = /^(0\.0\.0\.0|::|)$/.test(hostIp) ? '127.0.0.1' : hostIp;
    return speaksHttp(c, inside, hostPort)
      ? { service, inside, what: `GET / on ${hostPort}`, ask: () => frontPage(net, host, hostPort) }
      : { service, inside, what: `port ${hostPort}`, ask: async () => ((await net.connects(host, hostPort, 2_000)) ? 'connects' : 'nothing') };
  });
}

/** What is true without a port, and the ports. */
function ofContainer(net: Net, service: string, c: Container): Facts {
  const state: Vital = { service, what: 'state', before: c.restarting ? 'restarting' : c.running ? 'running' : 'stopped' };
  return { vitals: [state, ...(c.health ? [{ service, what: 'health', before: c.health }] : [])], ports: portsOf(net, service, c) };
}

const factsOf = (net: Net, machine: Machine): readonly Facts[] => machine.services.flatMap((s) => {
  if (s.host) return s.host.running ? [ofHost(net, machine, s)] : [];
  return s.containers.slice(0, 1).flatMap((id) => {
    const c = machine.containers.find((x) => x.id === id);
    return c ? [ofContainer(net, s.name, c)] : [];
  });
});

/** Every port that is asked, to be asked again by itself. */
export const askedOf = (net: Net, machine: Machine): readonly Asked[] => factsOf(net, machine).flatMap((f) => f.ports);

/** What is true of every service of the project now: state, health, answers on its published ports. */
export async function takeVitals(net: Net, machine: Machine): Promise<readonly Vital[]> {
  const found = await Promise.all(factsOf(net, machine).map(async ({ vitals, ports }): Promise<readonly Vital[]> => {
    const asked = await Promise.all(ports.map(async ({ ask, ...port }): Promise<Vital> => ({ ...port, before: await ask() })));
    return [...vitals, ...asked];
  }));
  return found.flat();
}

/** Compares facts of the same name. One that was bad before and is bad now is `cannot-tell`, never a pass. */
export function compareVitals(before: readonly Vital[], after: readonly Vital[]): readonly Vital[] {
  return before.map((b) => {
    const own = after.filter((a) => a.service === b.service);
    // Where the engine picked the port outside, it may have picked another one.
    const now = (own.find((a) => a.what === b.what) ?? own.find((a) => b.inside !== undefined && a.inside === b.inside))?.before ?? 'nothing';
    const bad = (v: string): boolean => v === 'nothing' || v === 'stopped' || v === 'restarting' || v === 'unhealthy' || /^5\d\d/.test(v);
    const klass = (v: string): string => v.replace(/^(\d)\d\d/, '$1xx').replace('starting', 'healthy');
    const result = klass(now) === klass(b.before) ? (bad(b.before) ? 'cannot-tell' : 'same') : bad(b.before) ? 'cannot-tell' : 'WORSE';
    return { ...b, after: now, result };
  });
}

export interface Settled {
  readonly service: string;
  /** Undefined when it stayed up. */
  readonly failed?: string;
}

/**
 * Watches replaced containers until they have been up, with the same start time and restart count, for SETTLE_MS, or
 * are healthy. `State.Running` alone is a trap: a crash loop shows it as true (FACTS.md, section 1).
 */
export async function settle(system: System, containers: () => Promise<readonly { service: string; id: string }[]>, interrupt?: AbortSignal): Promise<readonly Settled[]> {
  const started = system.now().getTime();
  const first = new Map<string, { at: string; restarts: number }>();
  const failed = new Map<string, string>();
  const look = system.docker?.look;
  if (!look) return [];
  const watched = await containers();
  for (;;) {
    const age = system.now().getTime() - started;
    let waiting = false;
    for (const { id } of watched) {
      if (failed.has(id)) continue;
      const c = await look.container(id);
      const base = first.get(id);
      if (!c) failed.set(id, 'is gone');
      else if (!c.State.Running || c.State.Restarting) failed.set(id, `exited with code ${c.State.ExitCode}`);
      else if (base && (c.RestartCount !== base.restarts || c.State.StartedAt !== base.at)) failed.set(id, `started again by itself (${c.RestartCount} times)`);
      else {
        if (!base) first.set(id, { at: c.State.StartedAt, restarts: c.RestartCount });
        if (c.State.Health?.Status === 'unhealthy') failed.set(id, 'is unhealthy');
        else if (c.State.Health?.Status === 'starting' && age < LIMIT_MS) waiting = true;
      }
    }
    // Where one has failed all goes back: the others have the time to show that they failed first, and nobody's health is waited for.
    if (interrupt?.aborted || failed.size === watched.length || (age >= SETTLE_MS && (!waiting || failed.size > 0))) break;
    await system.pause(BEAT_MS);
  }
  return watched.map(({ service, id }) => ({ service, ...(failed.has(id) ? { failed: failed.get(id) ?? '' } : {}) }));
}
