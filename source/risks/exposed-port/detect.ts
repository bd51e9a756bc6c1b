import type { Finding } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import type { Service } from '../../model/service.ts';
import { list, text, type Text } from '../../model/text.ts';
import { chainOf } from '../../settings/chain.ts';
import { wordsAt } from '../../settings/parsed.ts';
import { reachOf, spokenForByAppServer, type Reach } from '../../settings/reach.ts';
import { behind, proxyOf } from '../../settings/reach-kind.ts';
import { subjectsOf } from '../../settings/subjects.ts';

export const ID = 'exposed-port';

interface Open {
  readonly service: Service;
  readonly reach: Reach;
}

/** Ports for the fixes to look at again; the rest is in the machine. */
export interface Detail extends Record<string, unknown> {
  readonly ports: readonly { readonly service: string; readonly inside: number; readonly protocol: string }[];
  readonly door: boolean;
}

const CONFIDENCES = ['seen', 'declared', 'guess'] as const;

const shown = ({ reach }: Open): string => String(reach.outside ?? reach.inside);
const portsOf = (all: readonly Open[]): Text => list([...new Set(all.map(shown))]);
const unique = <T>(all: readonly T[]): readonly T[] => [...new Set(all)];

/** From where it can be reached, and that a firewall on the machine is no answer: the engine's rules come before it. */
function from(all: readonly Open[]): Text {
  const [first] = unique(all.map((o) => o.reach.address));
  const where = first ? text(`Whoever reaches ${first}`, `能访问 ${first} 的人`) : text('Whoever reaches this machine, from any of its networks,', '不管从哪个网络，只要能访问本机，');
  if (all.some((o) => o.reach.by === 'program')) return text(`${where.en} can connect.`, `${where['zh-CN']}就能连上。`);
  return text(`${where.en} can connect. ufw does not stop it: Docker's own rules come first.`, `${where['zh-CN']}就能连上。ufw 拦不住：Docker 自己的规则排在前面。`);
}

interface Said {
  readonly symbol: string;
  readonly severity: Finding['severity'];
  readonly title: Text;
  readonly short?: Text;
  readonly why: Text;
  readonly door: boolean;
}

function seenAs({ service, reach }: Open): Text {
  const where = reach.address === '' ? text('every address', '所有地址') : text(reach.address, ` ${reach.address} `);
  return reach.by === 'program'
    ? text(`${service.name}: listens on ${reach.inside} of ${where.en}.`, `${service.name}：在${where['zh-CN']}上监听 ${reach.inside}`)
    : text(`${service.name}: ${reach.inside} is published on ${reach.outside ?? '?'} of ${where.en}.`, `${service.name}：${reach.inside} 发布在${where['zh-CN']}的 ${reach.outside ?? '?'} 端口`);
}

function finding(machine: Machine, all: readonly [Open, ...Open[]], said: Said): Finding {
  const [first] = all;
  const services = unique(all.map((o) => o.service));
  const entries = all.flatMap((o) => o.reach.entry ?? []);
  const places = entries.filter((e, i) => entries.findIndex((o) => o.at.file === e.at.file && o.at.start === e.at.start) === i).map((e) => e.at);
  const detail: Detail = { ports: all.map(({ service, reach }) => ({ service: service.name, inside: reach.inside, protocol: reach.protocol })), door: said.door };
  return {
    id: findingId(ID, places[0]?.file ?? first.service.name, said.symbol),
    risk: ID,
    severity: said.severity,
    confidence: CONFIDENCES.find((c) => all.some((o) => o.reach.confidence === c)) ?? 'guess',
    title: said.title,
    ...(said.short ? { short: said.short } : {}),
    why: said.why,
    subjects: services.flatMap((s) => subjectsOf(machine, s)),
    places,
    chain: services.flatMap((s) => chainOf(machine, s, entries.find((e) => all.some((o) => o.service === s && o.reach.entry === e))?.at)),
    seen: all.filter((o) => o.reach.confidence === 'seen').map(seenAs),
    from: places.map((at) => ({ place: at, words: wordsAt(machine, at) })),
    detail,
    aspect: said.symbol,
    ...(said.door ? { onlyNamed: true } : {}),
  };
}

const plural = (all: readonly Open[]): boolean => new Set(all.map(shown)).size > 1;

/** The ports where there are two at most, else how many. */
const few = (all: readonly Open[]): Text => ((ports) => (ports.length > 2 ? text(`${ports.length} ports`, `${ports.length} 个端口`) : text(ports.join(', '), ports.join('、'))))(unique(all.map(shown)));

/** A store, a broker or an admin page of one service. */
function store(machine: Machine, all: readonly [Open, ...Open[]], name: string): Finding {
  const { service } = all[0];
  const ports = portsOf(all);
  return finding(machine, all, {
    symbol: `${service.name}:store`,
    severity: 'high',
    title: text(`${ports.en} of ${service.name} ${plural(all) ? 'are' : 'is'} open to your network`, `${service.name} 的 ${ports['zh-CN']} 端口对局域网开放`),
    short: text(`${service.name}: ${few(all).en} open to network`, `${service.name} 的 ${few(all)['zh-CN']} 对局域网开放`),
    why: text(`${name} is meant for the services beside it. ${from(all).en}`, `${name} 本来只给身边的服务用。${from(all)['zh-CN']}`),
    door: false,
  });
}

/** The second way in: an app that a proxy already stands in front of. */
function pastProxy(machine: Machine, all: readonly [Open, ...Open[]], proxy: Service): Finding {
  const { service } = all[0];
  const ports = portsOf(all);
  return finding(machine, all, {
    symbol: `${service.name}:past-proxy`,
    severity: 'medium',
    title: text(`${ports.en} of ${service.name} ${plural(all) ? 'go' : 'goes'} past ${proxy.name}`, `${service.name} 的 ${ports['zh-CN']} 端口绕过了 ${proxy.name}`),
    short: text(`${service.name}: ${few(all).en} past ${proxy.name}`, `${service.name} 的 ${few(all)['zh-CN']} 绕过 ${proxy.name}`),
    why: text(`${proxy.name} already stands in front of ${service.name}; this way its limits, log-ins and headers are gone. ${from(all).en}`, `${service.name} 前面已经有 ${proxy.name}；从这里进来，它的限流、登录和请求头都不起作用。${from(all)['zh-CN']}`),
    door: false,
  });
}

/** Doors to the web: the only one is meant to be open; of several in one project nobody has said which. */
function doors(machine: Machine, all: readonly [Open, ...Open[]], project: string): Finding {
  const several = new Set(all.map((o) => o.service)).size > 1;
  const ports = portsOf(all);
  return finding(machine, all, {
    symbol: `${project}:doors`,
    severity: several ? 'medium' : 'info',
    short: text(`${unique(all.map(shown)).join(', ')} open to network`, `${ports['zh-CN']} 对局域网开放`),
    title: text(`${ports.en} ${plural(all) ? 'are' : 'is'} open to your network`, `${ports['zh-CN']} 端口对局域网开放`),
    why: several
      ? text(`${from(all).en} Of several ways in, often one alone is meant for others.`, `${from(all)['zh-CN']}入口有好几个，真正要给别人用的往往只有一个。`)
      : text(`This is the way in, so it is open on purpose, unless only you use it. ${from(all).en}`, `这是入口，本来就该开着，除非只有你自己用。${from(all)['zh-CN']}`),
    door: true,
  });
}

const isSome = (all: readonly Open[]): all is readonly [Open, ...Open[]] => all.length > 0;

/** Stores and admin pages service by service, apps behind a proxy likewise, and the doors of a project at once. */
export function detect(machine: Machine): readonly Finding[] {
  const findings: Finding[] = [];
  const projects = new Map<string, Open[]>();
  for (const service of machine.services) {
    const all = reachOf(machine, service).filter((reach) => !spokenForByAppServer(machine, service, reach)).map((reach) => ({ open: { service, reach }, what: behind(machine, service, reach) }));
    const stores = all.filter((o) => o.what.kind === 'store');
    const open = stores.map((o) => o.open);
    const name = stores.flatMap((o) => (o.what.kind === 'store' ? o.what.name : []))[0];
    if (isSome(open) && name !== undefined) findings.push(store(machine, open, name));
    const web = all.filter((o) => o.what.kind === 'web').map((o) => o.open);
    const proxy = isSome(web) ? proxyOf(machine, service) : undefined;
    if (isSome(web) && proxy) findings.push(pastProxy(machine, web, proxy));
    else if (isSome(web)) {
      const project = service.compose?.project ?? service.name;
      projects.set(project, [...(projects.get(project) ?? []), ...web]);
    }
  }
  for (const [project, all] of projects) if (isSome(all)) findings.push(doors(machine, all, project));
  return findings;
}
