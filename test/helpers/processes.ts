// What runs inside a container, read from the kernel by the tests themselves: nothing of source/ has a part in it.
import { readFileSync, readdirSync } from 'node:fs';

export interface Seen {
  readonly pid: number;
  /** Effective uid inside the container's user namespace. */
  readonly uid: number;
  readonly gid: number;
  /** Effective capabilities. */
  readonly caps: bigint;
  readonly args: readonly string[];
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function innerId(id: number, map: string): number {
  for (const line of map.trim().split('\n')) {
    const [to = 0, from = 0, length = 0] = line.trim().split(/\s+/).map(Number);
    if (id >= from && id < from + length) return to + id - from;
  }
  throw new Error(`id ${id} is not in the map ${map}`);
}

/** Every process whose cgroup holds the container's id, in the container's own order: a machine's numbers begin anew once they are used up. */
export function processesOf(container: string): readonly Seen[] {
  const seen = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
    if (!read(`/proc/${pid}/cgroup`)?.includes(container)) return [];
    const [status, cmdline, uids, gids] = ['status', 'cmdline', 'uid_map', 'gid_map'].map((name) => read(`/proc/${pid}/${name}`));
    // Ended in between, or a zombie that nobody has asked after yet.
    if (!status || !cmdline || !uids || !gids) return [];
    // The runtime on its way in (a health check begins) is root for a moment, and no program of the container's.
    if (/(^|\/)runc\0init\0$/.test(cmdline)) return [];
    const field = (name: string): string[] => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1]?.split(/\s+/) ?? [];
    return [{
      inside: Number(field('NSpid').at(-1)), pid: Number(pid), uid: innerId(Number(field('Uid')[1]), uids), gid: innerId(Number(field('Gid')[1]), gids),
      caps: BigInt(`0x${field('CapEff')[0]}`), args: cmdline.split('\0').slice(0, -1),
    }];
  });
  return seen.sort((a, b) => a.inside - b.inside).map(({ inside: _, ...one }) => one);
}

/** Ports that something listens on in the network namespace of a process. */
export function listening(pid: number): readonly number[] {
  const rows = ['tcp', 'tcp6'].flatMap((name) => (read(`/proc/${pid}/net/${name}`) ?? '').split('\n'));
  const open = rows.map((row) => row.trim().split(/\s+/)).filter((words) => words[3] === '0A' && !words[1]!.startsWith('0B00007F'));
  return [...new Set(open.map((words) => parseInt(words[1]!.split(':')[1]!, 16)))].sort((a, b) => a - b);
}
