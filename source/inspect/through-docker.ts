import type { Live, Process } from '../model/process.ts';
import { splitWords } from './argv.ts';
import type { Docker, RunOptions } from '../system/system.ts';
import { readProcess, readTcp, readUnix } from './proc-text.ts';
import { inOrder, isRuntime } from './processes.ts';

export type { RunOptions };
const NOTHING: Live = { processes: [], listeners: [], sockets: [] };

/**
 * What the API alone shows: `top` (a GET) gives every process with its numeric uid as the engine's host sees it.
 * Group lists and capabilities stay unknown, and so do listeners.
 */
async function fromTop(docker: Docker, id: string): Promise<readonly Process[]> {
  const { Processes: rows } = await docker.look.top(id);
  return rows.map((row) => {
    const [pid, ppid, uid, ruid, gid] = row.slice(0, 5).map(Number);
    const ids = { real: ruid ?? 0, effective: uid ?? 0 };
    return { pid: pid ?? 0, ppid: ppid ?? 0, argv: splitWords(row.slice(5).join(' ')), uid: ids, gid: { real: gid ?? 0, effective: gid ?? 0 }, groups: [], container: id };
  }).filter((p) => !isRuntime(p.argv)).sort((a, b) => a.pid - b.pid);
}

/** `find` prints every status file of the container's own /proc in one exec; any user may read them. */
async function statuses(docker: Docker, id: string): Promise<readonly Process[]> {
  const cat = await docker.ask({ kind: 'exec', container: id, argv: ['find', '/proc', '-maxdepth', '2', '-path', '/proc/[0-9]*', '-name', 'status', '-exec', 'cat', '{}', '+'] });
  const texts = cat.stdout.split(/^(?=Name:\t)/m).filter((t) => t.startsWith('Name:'));
  return texts
    .map((status) => ({ ...readProcess({ pid: Number(/^Pid:\s*(\d+)/m.exec(status)?.[1]), status, cmdline: '', cgroup: '' }), container: id }))
    // The `find` and `cat` of this very question are seen too.
    .filter((p) => !/^Name:\s*(find|cat|runc:\[.*)$/m.test(texts.find((t) => new RegExp(`^Pid:\\s*${p.pid}$`, 'm').test(t)) ?? ''))
    .sort(inOrder);
}

/** After an apply, when reading commands inside containers are allowed: capabilities, listeners and socket modes as well. */
async function fromAsking(docker: Docker, id: string, top: readonly Process[]): Promise<Live> {
  const read = (path: string) => docker.ask({ kind: 'exec', container: id, argv: ['cat', path] });
  const [inner, tcp, tcp6, unix] = await Promise.all([statuses(docker, id), read('/proc/net/tcp'), read('/proc/net/tcp6'), read('/proc/net/unix')]);
  if (tcp.code !== 0) return { ...NOTHING, processes: top };
  // Both lists are ordered by start: the n-th of the one is the n-th of the other when their lengths agree.
  const processes = inner.length === top.length ? top.map((p, i) => ({ ...inner[i], ...p, uid: inner[i]?.uid ?? p.uid, gid: inner[i]?.gid ?? p.gid, groups: inner[i]?.groups ?? [] })) : top;
  const listeners = [...readTcp(tcp.stdout, 'tcp'), ...readTcp(tcp6.stdout, 'tcp6')].map(({ inode: _, ...row }) => ({ ...row, pids: [] }));
  const paths = [...new Set(readUnix(unix.stdout).map((u) => u.path))];
  const sockets = await Promise.all(
    paths.map(async (path) => {
      const { code, stdout } = await docker.ask({ kind: 'exec', container: id, argv: ['stat', '-c', '%a %u %g', path] });
      const [mode, uid, gid] = stdout.trim().split(' ');
      return code === 0 ? { path, mode: parseInt(mode ?? '', 8) & 0o777, uid: Number(uid), gid: Number(gid) } : { path };
    }),
  );
  return { processes, listeners, sockets };
}

export async function throughDocker(docker: Docker, id: string, options: { readonly asks: boolean }): Promise<Live> {
  const top = await fromTop(docker, id).catch(() => []);
  if (!options.asks) return { ...NOTHING, processes: top };
  return fromAsking(docker, id, top).catch(() => ({ ...NOTHING, processes: top }));
}
