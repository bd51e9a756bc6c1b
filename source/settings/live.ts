import type { Machine } from '../model/machine.ts';
import type { Live } from '../model/process.ts';
import type { Service } from '../model/service.ts';
import { perService } from './once.ts';
import { runningOf } from './service-files.ts';

/** What is seen running of a service: its containers, or its own processes on the machine. */
export const liveOf = perService((machine: Machine, service: Service): readonly Live[] => {
  if (!service.host) return runningOf(machine, service);
  const mine = new Set(service.pids ?? []);
  return mine.size === 0 ? [] : [only(machine.host, (pid) => mine.has(pid))];
});

/** The part of what was seen that some processes hold. */
export function only(live: Live, mine: (pid: number) => boolean): Live {
  return {
    processes: live.processes.filter((p) => mine(p.pid)),
    listeners: live.listeners.filter((l) => l.pids.some(mine)),
    sockets: live.sockets.filter((s) => (s.pids ?? []).some(mine)),
  };
}

/** A process and all that came from it. */
export function below(live: Live, pid: number): ReadonlySet<number> {
  const found = new Set([pid]);
  for (let size = 0; size < found.size; ) {
    size = found.size;
    for (const p of live.processes) if (found.has(p.ppid)) found.add(p.pid);
  }
  return found;
}
