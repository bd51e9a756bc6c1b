import type { Machine } from '../model/machine.ts';
import type { Plan } from '../model/plan.ts';
import { text, type Text } from '../model/text.ts';
import { appSockets } from '../settings/open-socket.ts';
import { programsOf } from '../settings/program.ts';
import { runningOf } from '../settings/service-files.ts';
import { strangersAt } from '../settings/whose-mount.ts';
import type { System } from '../system/system.ts';
import { crews, workers } from './rehearse/crews.ts';
import { isMachines } from './rehearse/mounts.ts';
import { askedIn, each, lostBy, users, whoWrites, type May } from './rehearse/writes.ts';

/** By service and by place: what each program that works there may. */
export type Writes = ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, May>>>;

/** Only asked: nothing is made in anybody's data. */
const ASK = 'for p in "$@"; do [ -d "$p" ] || continue; if [ -w "$p" ]; then echo "y $p"; else echo "n $p"; fi; done';

/** Which program of these services may write what its container mounts for that, asked on the containers that run. */
export async function writesOf(system: System, machine: Machine, services: readonly string[]): Promise<Writes> {
  const { docker } = system;
  const found = await Promise.all(machine.services.filter((s) => services.includes(s.name) && !s.host).map(async (service) => {
    const [container] = runningOf(machine, service);
    const sockets = [...(container?.sockets ?? []), ...appSockets(machine, service)].map((one) => one.path);
    // Where sockets lie, the master makes them as root before it steps down.
    const mounts = (container?.mounts ?? []).filter((m) => !m.readOnly && !sockets.some((s) => s.startsWith(`${m.target}/`)) && (m.type === 'volume' || (m.type === 'bind' && !isMachines(m.source))));
    if (!container || !docker || mounts.length === 0) return [];
    const all = crews(container.processes, programsOf(machine).filter((p) => p.service.name === service.name && p.starter === 'supervisord'));
    const asked = new Map(mounts.flatMap(({ target }) => {
      const strangers = strangersAt(machine, service, target);
      const some = strangers === 'anybody' ? [] : askedIn(all, { kind: 'folder', mounted: true, strangers });
      // Alone in its container what stands in front only reads.
      return some.some((c) => !c.front) ? [[target, some] as const] : [];
    }));
    const wanted = [...asked].flatMap(([path, some]) => some.flatMap((c) => users(workers(c.processes)).map((user) => ({ path, user }))));
    const answers = new Map<string, boolean>();
    for (const user of new Set(wanted.map((w) => w.user))) {
      const paths = [...new Set(wanted.filter((w) => w.user === user).map((w) => w.path))];
      const { code, stdout } = await docker.ask({ kind: 'exec', container: container.id, user, argv: ['sh', '-c', ASK, 'sh', ...paths] }).catch(() => ({ code: 1, stdout: '' }));
      if (code !== 0) continue;
      for (const line of stdout.split('\n').filter((l) => /^[yn] /.test(l))) answers.set(`${user} ${line.slice(2)}`, line.startsWith('y'));
    }
    return [[service.name, new Map([...asked].map(([path, some]) => [path, each(some, (user) => answers.get(`${user} ${path}`))]))] as const];
  }));
  return new Map(found.flat());
}

export interface LostWrite {
  readonly service: string;
  readonly what: Text;
}

/** The first program that could write its data before and can't any more. What the plan closes on purpose is not lost. */
export function lostWrite(before: Writes, now: Writes, plan: Plan): LostWrite | undefined {
  const closed = plan.owed.flatMap((o) => o.proofs).flatMap((p) => (p.kind === 'not-writable' ? p.paths.map((path) => `${p.service} ${path}`) : []));
  for (const [service, places] of before) {
    for (const [path, was] of places) {
      const who = closed.includes(`${service} ${path}`) ? undefined : whoWrites(lostBy(was, now.get(service)?.get(path)));
      if (who) return { service, what: text(`${service}: ${who.en} may not write ${path} any more. Pages may look fine, every write there would fail.`, `${service}：${who['zh-CN']} 不能再写 ${path}。页面可能看起来正常，但每次写入都会失败。`) };
    }
  }
  return undefined;
}
