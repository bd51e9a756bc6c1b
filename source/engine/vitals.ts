import type { Container } from '../model/container.ts';
import type { Machine } from '../model/machine.ts';
import type { Live } from '../model/process.ts';
import type { Vital } from '../model/proof.ts';
import type { Net, System } from '../system/system.ts';
import { ofHost } from './host-vitals.ts';

/** How long a new container must stay up before it counts: gunicorn gives up on a port after 5.3 s (measured). */
export const SETTLE_MS = 8_000;
const LIMIT_MS = 60_000;
const BEAT_MS = 500;

const url = (host: string, port: number, secure: boolean): string => `${secure ? 'https' : 'http'}://${host}:${port}/`;

export async function answer(net: Net, host: string, port: number): Promise<string> {
  const secure = port === 443 || port === 8443;
  for (const scheme of secure ? [true, false] : [false, true]) {
    const got = await net.get(url(host, port, scheme), 4_000);
    if (got) return `${got.status} ${got.type.split('/').at(-1) ?? ''}`.trim();
  }
  return (await net.connects(host, port, 2_000)) ? 'connects' : 'nothing';
}

/** A GET made a redis log "Possible SECURITY ATTACK" (measured): HTTP is spoken only where a web server is likely. */
export function speaksHttp(live: Pick<Live, 'processes'>, inside: number, outside: number): boolean {
  const web = /^(gunicorn|uwsgi|nginx|apache2|httpd|caddy|node|uvicorn|hypercorn|daphne)/;
  const roles = live.processes.flatMap((p) => p.argv.slice(0, 3)).map((w) => w.split('/').at(-1) ?? '');
  const likely = (p: number): boolean => p === 80 || p === 443 || (p >= 8000 && p < 9000) || p === 3000 || p === 5000;
  return roles.some((r) => web.test(r)) || likely(inside) || likely(outside);
}

async function ofContainer(net: Net, service: string, c: Container): Promise<Vital[]> {
  const seen = new Set<string>();
  const vitals: Vital[] = [{ service, what: 'state', before: c.restarting ? 'restarting' : c.running ? 'running' : 'stopped' }];
  if (c.health) vitals.push({ service, what: 'health', before: c.health });
  for (const port of c.ports.filter((p) => p.protocol === 'tcp')) {
    const key = String(port.hostPort);
    if (seen.has(key)) continue;
    seen.add(key);
    const host = /^(0\.0\.0\.0|::|)$/.test(port.hostIp) ? '127.0.0.1' : port.hostIp;
    if (speaksHttp(c, port.inside, port.hostPort)) vitals.push({ service, inside: port.inside, what: `GET / on ${port.hostPort}`, before: await answer(net, host, port.hostPort) });
    else vitals.push({ service, inside: port.inside, what: `port ${port.hostPort}`, before: (await net.connects(host, port.hostPort, 2_000)) ? 'connects' : 'nothing' });
  }
  return vitals;
}

/** What is true of every service of the project now: state, health, answers on its published ports. */
export async function takeVitals(net: Net, machine: Machine): Promise<readonly Vital[]> {
  const found = await Promise.all(
    machine.services.flatMap((s) => (s.host ? (s.host.running ? [ofHost(net, machine, s)] : []) : s.containers.slice(0, 1).map((id) => {
      const c = machine.containers.find((x) => x.id === id);
      return c ? ofContainer(net, s.name, c) : [];
    }))),
  );
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
    if (interrupt?.aborted || failed.size === watched.length || (age >= SETTLE_MS && !waiting)) break;
    await system.pause(BEAT_MS);
  }
  return watched.map(({ service, id }) => ({ service, ...(failed.has(id) ? { failed: failed.get(id) ?? '' } : {}) }));
}
