import { exposedLow } from '../../settings/exposed.ts';
import type { Finding, Subject } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import type { Service } from '../../model/service.ts';
import { text } from '../../model/text.ts';
import { chainOf } from '../../settings/chain.ts';
import { binds, type Bind } from '../../settings/listen.ts';
import { wordsAt } from '../../settings/parsed.ts';
import { mainProgram, rolesIn } from '../../settings/roles.ts';
import { containersOf, runningOf } from '../../settings/service-files.ts';
import { started } from '../../settings/started.ts';
import { declaredUser, isSeen } from '../../settings/user.ts';

export const ID = 'privileged-port';

interface Low {
  readonly port: number;
  readonly confidence: Finding['confidence'];
}

/** A root process that runs application code and holds a listener below 1024 in its own network namespace. */
function seenLow(machine: Machine, service: Service, declared: readonly Bind[]): Low | undefined {
  for (const c of runningOf(machine, service)) {
    const root = rolesIn(c).root.map((p) => p.pid);
    if (root.length === 0) continue;
    const held = c.listeners.find((l) => l.port < 1024 && (l.pids.length > 0 ? l.pids.some((p) => root.includes(p)) : l.uid === 0));
    if (held) return { port: held.port, confidence: 'seen' };
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

function finding(machine: Machine, service: Service, found: Low, declared: readonly Bind[]): Finding {
  const bind = declared.find((b) => b.port === found.port);
  const exposed = exposedLow(machine, service, found.port);
  const places = [...(bind ? [bind.at] : []), ...(exposed ? [exposed.at] : [])];
  const { name } = service;
  const { port } = found;
  return {
    id: findingId(ID, places[0]?.file ?? name, `${name}:${port}`),
    risk: ID,
    severity: 'medium',
    confidence: found.confidence,
    title: text(`${name} listens on port ${port} as root`, `${name} 以 root 身份监听 ${port} 端口`),
    why: text(
      'The low port is why it was started as root. It need not be: the port outside and the port inside are two different things.',
      '当初用 root 启动，就是为了这个低端口。其实不必：容器外的端口和容器内的端口是两回事。',
    ),
    subjects: [{ kind: 'service', name }, ...containersOf(machine, service).map((c): Subject => ({ kind: 'container', name: c.name, id: c.id }))],
    places,
    chain: chainOf(machine, service, places[0]),
    seen: runningOf(machine, service).filter((c) => c.processes.length > 0).map((c) => text(`${name}: ${mainProgram(c)}, uid 0, port ${port}.`, `${name}：${mainProgram(c)}，uid 0，端口 ${port}。`)),
    from: places.map((at) => ({ place: at, words: wordsAt(machine, at) })),
    detail: { service: name, port },
  };
}

export function detect(machine: Machine): readonly Finding[] {
  return machine.services.flatMap((service) => {
    const declared = binds(machine, service);
    const found = low(machine, service, declared);
    return found ? [finding(machine, service, found, declared)] : [];
  });
}
