import type { ComposeFile, Port } from '../files/compose.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import type { Place } from '../model/setting.ts';
import { speaksForPort } from './app-server.ts';
import { written } from './compose-services.ts';
import { programOf } from './roles.ts';
import { confined } from './confined.ts';
import { binds } from './listen.ts';
import { place } from './parsed.ts';
import { perService } from './once.ts';
import { runningOf } from './service-files.ts';

/** One item of a `ports:` list. */
export interface PortEntry {
  readonly file: SourceFile;
  readonly compose: ComposeFile;
  readonly port: Port;
  readonly at: Place;
}

/** A port of a service that is open on more than this machine's own loopback. */
export interface Reach {
  readonly service: string;
  readonly inside: number;
  /** Port of this machine; absent where the engine picks one and nothing runs yet. */
  readonly outside?: number;
  /** `` for every address of this machine, IPv6 too. */
  readonly address: string;
  readonly protocol: string;
  /** A mapping of the engine, or the program itself: with host networking, or outside containers. */
  readonly by: 'mapping' | 'program';
  readonly confidence: 'seen' | 'declared' | 'guess';
  readonly entry?: PortEntry;
}

export const isLoopback = (address: string): boolean => /^(?:127\.|::1$|localhost$|::ffff:127\.)/.test(address);
const everywhere = (address: string): string => (/^(?:0\.0\.0\.0|::|\*)$/.test(address) ? '' : address);

/** A whole range is looked at port by port, up to here: media servers publish thousands. */
const MOST = 64;

function span(range: string | undefined): readonly [number, number] | undefined {
  const m = /^(\d+)(?:-(\d+))?$/.exec(range ?? '');
  return m ? [Number(m[1]), Number(m[2] ?? m[1])] : undefined;
}

/** Every item of `ports:`, of all the files that compose puts over one another: it adds them up. */
export const portEntries = perService((machine: Machine, service: Service): readonly PortEntry[] =>
  (service.compose ? written(machine.files, service.compose) : []).flatMap(({ file, compose, service: s }) => s.ports.map((port) => ({ file, compose, port, at: place(file, port.span) }))));

/** `${BIND}:5432:5432`, `${BIND}:6379` and `6379:${PORT}`: who can reach it, or what it is, hangs on a variable. */
const open = ({ unresolved, hostIp, target }: Port): boolean => unresolved && ((hostIp ?? '').includes('$') || target.includes('$'));

function declared(service: Service, entry: PortEntry): readonly Reach[] {
  const { port } = entry;
  if (isLoopback(port.hostIp ?? '')) return [];
  const [from, to] = span(port.target) ?? [0, -1];
  const first = span(port.published)?.[0];
  const many = Math.max(0, Math.min(to - from + 1, MOST));
  return Array.from({ length: many }, (_, i) => ({
    service: service.name, inside: from + i, ...(first === undefined ? {} : { outside: first + i }), address: everywhere((port.hostIp ?? '').replace(/\$.*/, '')), protocol: port.protocol,
    by: 'mapping' as const, confidence: open(port) ? ('guess' as const) : ('declared' as const), entry,
  }));
}

/** The item of `ports:` that made a mapping that runs. */
const entryFor = (entries: readonly PortEntry[], inside: number, outside: number, protocol: string): PortEntry | undefined =>
  entries.find(({ port }) => {
    const target = span(port.target);
    const published = span(port.published);
    return port.protocol === protocol && target !== undefined && inside >= target[0] && inside <= target[1] && (published === undefined || (outside >= published[0] && outside <= published[1]));
  });

function live(machine: Machine, service: Service): readonly Reach[] {
  const entries = portEntries(machine, service);
  return runningOf(machine, service).flatMap((c): readonly Reach[] => {
    // With host networking there is no mapping: what its processes hold is open as it is.
    if (c.networkMode === 'host') {
      return c.listeners.filter((l) => l.pids.length > 0 && !isLoopback(l.address)).map((l) => ({ service: service.name, inside: l.port, outside: l.port, address: everywhere(l.address), protocol: 'tcp', by: 'program', confidence: 'seen' }));
    }
    return c.ports.filter((p) => !isLoopback(p.hostIp)).map((p) => {
      const entry = entryFor(entries, p.inside, p.hostPort, p.protocol);
      return { service: service.name, inside: p.inside, outside: p.hostPort, address: everywhere(p.hostIp), protocol: p.protocol, by: 'mapping', confidence: 'seen', ...(entry && !isLoopback(entry.port.hostIp ?? '') ? { entry } : {}) };
    });
  });
}

/** Programs of the machine itself: what the service's processes listen on. */
function onHost(machine: Machine, service: Service): readonly Reach[] {
  // supervisord's own port is supervisor-open-control's, said once.
  const pids = (service.pids ?? []).filter((pid) => !machine.host.processes.some((p) => p.pid === pid && programOf(p.argv) === 'supervisord'));
  return machine.host.listeners.filter((l) => l.pids.some((p) => pids.includes(p)) && !isLoopback(l.address))
    .map((l) => ({ service: service.name, inside: l.port, outside: l.port, address: everywhere(l.address), protocol: 'tcp', by: 'program', confidence: 'seen' }));
}

/** Told to listen with host networking, or outside containers, while nothing runs. */
const told = (machine: Machine, service: Service): readonly Reach[] =>
  binds(machine, service).filter((b) => !isLoopback(b.address)).map((b) => ({ service: service.name, inside: b.port, outside: b.port, address: everywhere(b.address), protocol: 'tcp', by: 'program', confidence: 'declared' }));

const once = (all: readonly Reach[]): readonly Reach[] =>
  // 0.0.0.0 and :: are two rows of the same mapping; both mean every address.
  all.filter((r, i) => all.findIndex((o) => o.inside === r.inside && o.outside === r.outside && o.protocol === r.protocol && o.address === r.address) === i);

/** What of a service can be reached from beyond this machine: as it runs, else as its files declare it. */
export const reachOf = perService((machine: Machine, service: Service): readonly Reach[] => {
  if (service.host) return once(onHost(machine, service));
  if (runningOf(machine, service).length > 0) return once(live(machine, service));
  if (confined(machine, service).hostNetwork) return once(told(machine, service));
  return once(portEntries(machine, service).flatMap((e) => declared(service, e)));
});

/** app-server-exposed speaks for the port of an app server that should listen on nothing but a socket or loopback: exposed-port is silent about it. */
export const spokenForByAppServer = (machine: Machine, service: Service, reach: Reach): boolean => speaksForPort(machine, service, reach.inside);
