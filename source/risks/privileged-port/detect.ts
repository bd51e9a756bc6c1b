import { exposedLow } from '../../settings/exposed.ts';
import type { Finding } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import type { Service } from '../../model/service.ts';
import type { Place } from '../../model/setting.ts';
import { list, text } from '../../model/text.ts';
import { chainOf } from '../../settings/chain.ts';
import { binds, type Bind } from '../../settings/listen.ts';
import { nginxBinds } from '../../settings/nginx-binds.ts';
import { wordsAt } from '../../settings/parsed.ts';
import type { Listener } from '../../model/process.ts';
import { mainProgram, programOf, rolesIn } from '../../settings/roles.ts';
import { runningOf } from '../../settings/service-files.ts';
import { started } from '../../settings/started.ts';
import { declaredUser, isSeen } from '../../settings/user.ts';
import { subjectsOf } from '../../settings/subjects.ts';

export const ID = 'privileged-port';

interface Low {
  readonly port: number;
  readonly confidence: Finding['confidence'];
  /** Who was seen holding it. */
  readonly program?: string;
}

/** A root process that runs application code and holds a listener below 1024 in its own network namespace. */
function seenLow(machine: Machine, service: Service, declared: readonly Bind[]): Low | undefined {
  for (const c of runningOf(machine, service)) {
    const { root } = rolesIn(c);
    if (root.length === 0) continue;
    // The host's own network shows the host's listeners too: without a pid nothing says that one is ours.
    const unheld = (l: Listener): boolean => l.uid === 0 && (c.networkMode !== 'host' || declared.some((b) => b.port === l.port));
    const held = c.listeners.find((l) => l.port < 1024 && (l.pids.length > 0 ? root.some((p) => l.pids.includes(p.pid)) : unheld(l)));
    const holder = held && root.find((p) => held.pids.includes(p.pid));
    if (held) return { port: held.port, confidence: 'seen', program: holder ? programOf(holder.argv) : mainProgram(c) };
    // Without the host's /proc the listener can't be seen; a root process that was told the port is as good.
    const told = c.listeners.length === 0 ? declared.find((b) => b.port < 1024) : undefined;
    if (told) return { port: told.port, confidence: 'seen' };
  }
  return undefined;
}

function low(machine: Machine, service: Service, declared: readonly Bind[]): Low | undefined {
  if (isSeen(machine, service)) return seenLow(machine, service, declared);
  const user = declaredUser(machine, service);
  if (!user?.root || user.stepsDown) return undefined;
  // EXPOSE speaks for the image's own command; a command of compose's (a worker from the same image) has nothing of it.
  const exposed = started(machine, service)?.owner === 'compose' ? undefined : exposedLow(machine, service)?.port;
  const port = declared.length > 0 ? declared.find((b) => b.port < 1024)?.port : exposed;
  return port === undefined ? undefined : { port, confidence: user.guess ? 'guess' : 'declared' };
}

interface Case {
  readonly service: Service;
  readonly found: Low;
  readonly declared: readonly Bind[];
}

/** The lines that tell of the port: where the program is told, and EXPOSE. */
function placesOf(machine: Machine, { service, found, declared }: Case): readonly Place[] {
  const bind = declared.find((b) => b.port === found.port) ?? nginxBinds(machine, service).find((b) => b.port === found.port);
  const exposed = exposedLow(machine, service, found.port);
  return [...(bind ? [bind.at] : []), ...(exposed ? [exposed.at] : [])];
}

/** What decides: one line for all that read it, else the service. */
function symbolOf(machine: Machine, one: Case): string {
  const [at] = placesOf(machine, one);
  const shared = at !== undefined && !one.service.compose?.files.includes(at.file);
  return shared ? `${at.file}:${at.start}` : `${one.service.name}:${one.found.port}`;
}

const CONFIDENCES = ['seen', 'declared', 'guess'] as const;

function finding(machine: Machine, cases: readonly [Case, ...Case[]]): Finding {
  const [first] = cases;
  const places = placesOf(machine, first);
  const services = cases.map((c) => c.service);
  const { port } = first.found;
  const names = list(services.map((s) => s.name));
  const plural = services.length > 1;
  return {
    id: findingId(ID, places[0]?.file ?? first.service.name, `${first.service.name}:${port}`),
    risk: ID,
    severity: 'medium',
    confidence: CONFIDENCES.find((c) => cases.some((one) => one.found.confidence === c)) ?? 'guess',
    title: text(`${names.en} ${plural ? 'listen' : 'listens'} on port ${port} as root`, `${names['zh-CN']} 以 root 身份监听 ${port} 端口`),
    head: text(`${names.en} ${plural ? 'listen' : 'listens'} on port ${port}`, `${names['zh-CN']} 以 root 身份监听 ${port} 端口`),
    short: text(`port ${port} as root`, `以 root 身份监听 ${port} 端口`),
    why: text(
      `The low port is why ${names.en} ${plural ? 'were' : 'was'} started as root. It need not be: the port outside and the port inside are two different things.`,
      `当初以 root 身份启动 ${names['zh-CN']}，就是为了这个低端口。其实不必：容器外的端口和容器内的端口是两回事。`,
    ),
    subjects: services.flatMap((s) => subjectsOf(machine, s)),
    places,
    chain: services.flatMap((s) => chainOf(machine, s, places[0])),
    seen: cases.flatMap(({ service: s, found }) => runningOf(machine, s).filter((c) => c.processes.length > 0).map((c) => {
      const program = found.program ?? mainProgram(c);
      return text(`${s.name}: ${program}, uid 0, port ${port}.`, `${s.name}：${program}，uid 0，端口 ${port}`);
    })),
    from: places.map((at) => ({ place: at, words: wordsAt(machine, at) })),
    detail: { services: services.map((s) => s.name), port },
  };
}

/** One finding for each line that decides: services that read the same one are its subjects. */
export function detect(machine: Machine): readonly Finding[] {
  const groups = new Map<string, [Case, ...Case[]]>();
  for (const service of machine.services) {
    const declared = binds(machine, service);
    const found = low(machine, service, declared);
    if (!found) continue;
    const one = { service, found, declared };
    const key = symbolOf(machine, one);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()].map((cases) => finding(machine, cases));
}
