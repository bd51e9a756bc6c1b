import type { Live, Process } from '../model/process.ts';
import type { Processes } from '../system/system.ts';
import { readConnected, readProcess, readTcp, readUnix } from './proc-text.ts';

export interface SeenProcesses {
  readonly byContainer: ReadonlyMap<string, Live>;
  readonly host: readonly Process[];
}

/** The runtime on its way into a container (a health check, an exec) is root for a moment, and nobody's program. */
export const isRuntime = (argv: readonly string[]): boolean => /(?:^|\/)(?:runc|crun|youki) init$/.test(argv.join(' '));

/** PID 1 of the container first, then by pid. */
export const inOrder = (a: Process, b: Process): number => (a.innerPid ?? a.pid) - (b.innerPid ?? b.pid);

async function withWrites(source: Processes, p: Process): Promise<Process> {
  const writes = await source.writing(p.pid);
  return writes.length > 0 ? { ...p, writes } : p;
}

/** What a group of processes that share a network listens on, and the files that they write. */
export async function inside(source: Processes, group: readonly Process[]): Promise<Live> {
  const processes = await Promise.all(group.map((p) => withWrites(source, p)));
  const first = processes[0];
  const net = first && (await source.network(first.pid));
  if (!first || !net) return { processes, listeners: [], sockets: [] };
  const held = new Map<number, number[]>();
  await Promise.all(
    processes.map(async (p) => {
      for (const inode of await source.socketInodes(p.pid)) held.set(inode, [...(held.get(inode) ?? []), p.pid]);
    }),
  );
  const listeners = [...readTcp(net.tcp, 'tcp'), ...readTcp(net.tcp6, 'tcp6')].map(({ inode, ...row }) => ({ ...row, pids: held.get(inode) ?? [] }));
  // With host networking the table holds the whole host's sockets: only those that a process in here holds count.
  const mine = listeners.filter((l) => l.pids.length > 0 || held.size === 0);
  const holders = new Map<string, number[]>();
  for (const { path, inode } of readUnix(net.unix)) if (held.size === 0 || held.has(inode)) holders.set(path, [...(holders.get(path) ?? []), ...(held.get(inode) ?? [])]);
  const sockets = await Promise.all(
    [...holders].map(async ([path, pids]) => {
      // supervisord binds `x.sock.1234`, links it to `x.sock` and takes the first name away: the kernel remembers that one.
      const names = [path, ...(/\.\d+$/.test(path) ? [path.replace(/\.\d+$/, '')] : [])];
      for (const name of names) {
        const stat = await source.statInside(first.pid, name);
        if (stat) return { path: name, mode: stat.mode & 0o777, uid: stat.uid, gid: stat.gid, pids };
      }
      return { path, pids };
    }),
  );
  const all = [...readConnected(net.tcp), ...readConnected(net.tcp6)].filter((c) => mine.some((l) => l.port === c.port));
  const connected = [...new Map(all.map((c) => [`${c.port} ${c.address}`, c])).values()];
  return { processes, listeners: mine, sockets, ...(connected.length > 0 ? { connected } : {}) };
}

/** Reads /proc once: every container's processes by their cgroup, and the host's own. */
export async function inspectProcesses(source: Processes): Promise<SeenProcesses> {
  const groups = new Map<string, Process[]>();
  const host: Process[] = [];
  const all = (await source.list()).map(readProcess).filter((p) => !isRuntime(p.argv));
  // In a container ourselves, its processes are the machine as we see it.
  const ours = all.find((p) => p.pid === source.self)?.container;
  for (const process of all) {
    if (!process.container || process.container === ours) host.push(process);
    else groups.set(process.container, [...(groups.get(process.container) ?? []), process]);
  }
  const seen = await Promise.all([...groups].map(async ([id, list]) => [id, await inside(source, list.sort(inOrder))] as const));
  return { byContainer: new Map(seen), host };
}
