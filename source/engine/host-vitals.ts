import type { Machine } from '../model/machine.ts';
import type { Live } from '../model/process.ts';
import type { Vital } from '../model/proof.ts';
import type { Service } from '../model/service.ts';
import { liveOf } from '../settings/live.ts';
import type { Net, System } from '../system/system.ts';
import { frontPage } from './front-page.ts';
import { SETTLE_MS, speaksHttp, type Asked, type Facts, type Settled } from './vitals.ts';

const BEAT_MS = 500;
/** Linux gives ports from here on to whoever asks for any (ip_local_port_range). */
const EPHEMERAL = 32_768;

/** Chosen by somebody, not by the kernel: it is written down somewhere. */
const isNamed = (machine: Machine, live: Live, port: number): boolean => {
  const word = new RegExp(`(?<!\\d)${port}(?!\\d)`);
  return port < EPHEMERAL || live.processes.some((p) => p.argv.some((w) => word.test(w))) || [...machine.files.values()].some((f) => word.test(f.text));
};

const NOTHING: Live = { processes: [], listeners: [], sockets: [] };

/** What is true of a program of the machine itself: that it runs, what it answers on its ports, that its socket is there. */
export function ofHost(net: Net, machine: Machine, service: Service): Facts {
  const { name } = service;
  const live = liveOf(machine, service)[0] ?? NOTHING;
  const state: Vital = { service: name, what: 'state', before: live.processes.length > 0 ? 'running' : 'stopped' };
  const ports = new Map(live.listeners.filter((l) => isNamed(machine, live, l.port)).map((l) => [l.port, /^(0\.0\.0\.0|::)$/.test(l.address) ? '127.0.0.1' : l.address]));
  return {
    // Where its socket lies may be what a fix changes; that there is one may not.
    vitals: [state, ...(live.sockets.length > 0 ? [{ service: name, what: 'unix socket', before: 'listens' }] : [])],
    ports: [...ports].map(([port, host]): Asked => (speaksHttp(live, port, port)
      ? { service: name, inside: port, what: `GET / on ${port}`, ask: () => frontPage(net, host, port) }
      : { service: name, inside: port, what: `port ${port}`, ask: async () => ((await net.connects(host, port, 2_000)) ? 'connects' : 'nothing') })),
  };
}

/** First processes of a service: those that nothing else of it started. Several where it runs several times. */
export function roots(machine: Machine, name: string): readonly number[] {
  const service = machine.services.find((s) => s.name === name);
  const mine = machine.host.processes.filter((p) => service?.pids?.includes(p.pid));
  return mine.filter((p) => !mine.some((o) => o.pid === p.ppid)).map((p) => p.pid);
}

/** Watches first processes until they have lived for SETTLE_MS: supervisord calls a program RUNNING after one second, also one that exits later. */
export async function settleHost(system: System, watched: readonly { readonly service: string; readonly pid: number }[], interrupt?: AbortSignal): Promise<readonly Settled[]> {
  const started = system.now().getTime();
  const failed = new Map<string, string>();
  while (watched.length > 0) {
    const age = system.now().getTime() - started;
    const there = new Set((await system.processes.list()).map((p) => p.pid));
    for (const { service, pid } of watched) if (!there.has(pid) && !failed.has(service)) failed.set(service, `ended after ${(age / 1000).toFixed(1)} s`);
    if (interrupt?.aborted || failed.size > 0 || age >= SETTLE_MS) break;
    await system.pause(BEAT_MS);
  }
  return [...new Set(watched.map((w) => w.service))].map((service) => ({ service, ...(failed.has(service) ? { failed: failed.get(service) ?? '' } : {}) }));
}
