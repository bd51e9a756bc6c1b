import type { EditFile } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import { refuse, type Refusal } from '../model/risk.ts';
import type { Service } from '../model/service.ts';
import { text } from '../model/text.ts';
import { editOf } from './edit.ts';
import { frontsPublished, handsOnTo, type HandsOn } from './fronted-by.ts';
import { gunicornBinds } from './gunicorn-binds.ts';
import { gunicornsOf, type Gunicorn } from './gunicorn.ts';
import type { Bind } from './listen.ts';
import { perMachine } from './once.ts';
import type { Program } from './program.ts';
import { isLoopback, reachOf, type Reach } from './reach.ts';
import { proxyOf } from './reach-kind.ts';
import { uwsgiBindsOf, uwsgis } from './uwsgi.ts';

/** An app server that can be reached past the proxy that stands in front of it. */
export interface Exposed {
  readonly program: Program;
  readonly server: 'gunicorn' | 'uwsgi';
  readonly gunicorn?: Gunicorn;
  readonly bind: Bind;
  /** The proxy's name, and the places where it hands on to this very port. */
  readonly proxy: string;
  readonly handsOn: readonly HandsOn[];
  /** Mappings that lead to it from outside its container. */
  readonly reach: readonly Reach[];
}

/** What listens on a port, by who is told to: app servers alone. */
const servers = (machine: Machine): readonly Pick<Exposed, 'program' | 'server' | 'gunicorn' | 'bind'>[] => [
  ...gunicornsOf(machine).flatMap((g) => gunicornBinds(machine, g).map((bind) => ({ program: g.program, server: 'gunicorn' as const, gunicorn: g, bind }))),
  ...uwsgis(machine).flatMap((u) => uwsgiBindsOf(u).map((bind) => ({ program: u.program, server: 'uwsgi' as const, bind }))),
];

export const exposedServers = perMachine((machine: Machine): readonly Exposed[] => servers(machine).filter((s) => !isLoopback(s.bind.address)).flatMap((one): readonly Exposed[] => {
  const { program, bind } = one;
  const handsOn = handsOnTo(machine, program, bind.port);
  const reach = program.service.host ? [] : reachOf(machine, program.service).filter((r) => r.inside === bind.port);
  if (handsOn.length > 0) return [{ ...one, proxy: 'nginx', handsOn, reach }];
  const proxy = reach.length > 0 ? proxyOf(machine, program.service) : undefined;
  if (proxy) return [{ ...one, proxy: proxy.name, handsOn: [], reach }];
  // An nginx of the machine itself in front of the published port.
  return reach.some((r) => r.outside !== undefined && frontsPublished(machine, r.outside)) ? [{ ...one, proxy: 'nginx', handsOn: [], reach }] : [];
}));

export const exposedNamed = (machine: Machine, service: unknown, program: unknown, port: unknown): Exposed | undefined =>
  exposedServers(machine).find((e) => e.program.service.name === service && e.program.name === program && e.bind.port === port);

/** A port that this risk speaks for: exposed-port says nothing of it. */
export const speaksForPort = (machine: Machine, service: Service, port: number): boolean => exposedServers(machine).some((e) => e.program.service.name === service.name && e.bind.port === port);

/** The address of a bind replaced where it stands: `0.0.0.0:8000`, `:8000` and `[::]:8000` by `wanted`. */
export function rebind({ bind }: Exposed, wanted: string): EditFile | Refusal {
  const { file, at, port } = bind;
  const written = file.text.slice(at.start, at.end);
  const found = [...written.matchAll(new RegExp(`(?:0\\.0\\.0\\.0|\\[::\\]|\\*)?:${port}(?!\\d)`, 'g'))].at(-1);
  if (!found) return refuse(text(`${file.path}:${at.line}: its address comes from elsewhere and can't be replaced there`, `${file.path}:${at.line}：地址来自别处，无法在这里替换`));
  const start = at.start + found.index;
  return editOf(file, [{ start, end: start + found[0].length, text: wanted }]);
}
