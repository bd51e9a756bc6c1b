import * as fs from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { Processes, ProcTexts } from '../system.ts';
import { missing, statOf } from './files.ts';

const read = (path: string): Promise<string | undefined> => fs.readFile(path, 'utf8').catch(() => undefined);

async function one(pid: number): Promise<ProcTexts | undefined> {
  const at = (name: string): string => `/proc/${pid}/${name}`;
  const [status, cmdline, cgroup, uidMap, cwd] = await Promise.all([
    read(at('status')), read(at('cmdline')), read(at('cgroup')), read(at('uid_map')), fs.readlink(at('cwd')).catch(() => undefined),
  ]);
  // Gone in the meantime, or a kernel thread without a command line.
  if (!status || cmdline === undefined || cgroup === undefined) return undefined;
  return { pid, status, cmdline, cgroup, ...(uidMap === undefined ? {} : { uidMap }), ...(cwd === undefined ? {} : { cwd }) };
}

/**
 * Walks `path` below `/proc/PID/root` by hand. Measured: opening `/proc/PID/root/var/run/x.sock` follows an absolute
 * link to the *host's* file, so absolute links are re-rooted and `..` never climbs out.
 */
async function resolveInside(pid: number, path: string): Promise<string | undefined> {
  const root = `/proc/${pid}/root`;
  let done: string[] = [];
  let todo = path.split('/').filter(Boolean);
  for (let links = 0; todo.length > 0; ) {
    const [head = '', ...rest] = todo;
    todo = rest;
    if (head === '.' ) continue;
    if (head === '..') {
      done.pop();
      continue;
    }
    const here = join(root, ...done, head);
    const stat = await fs.lstat(here).catch(() => undefined);
    if (!stat) return undefined;
    if (stat.isSymbolicLink()) {
      if (++links > 40) return undefined;
      const target = await fs.readlink(here);
      if (posix.isAbsolute(target)) done = [];
      todo = [...target.split('/').filter(Boolean), ...todo];
      continue;
    }
    done.push(head);
  }
  return join(root, ...done);
}

export const realProcesses: Processes = {
  available: process.platform === 'linux',
  self: process.pid,
  async list() {
    const names = await fs.readdir('/proc').catch(() => []);
    const found = await Promise.all(names.filter((n) => /^\d+$/.test(n)).map((n) => one(Number(n))));
    return found.filter((p) => p !== undefined);
  },
  async network(pid) {
    const [tcp, tcp6, unix] = await Promise.all(['tcp', 'tcp6', 'unix'].map((n) => read(`/proc/${pid}/net/${n}`)));
    return tcp === undefined ? undefined : { tcp, tcp6: tcp6 ?? '', unix: unix ?? '' };
  },
  async socketInodes(pid) {
    const folder = `/proc/${pid}/fd`;
    const names = await fs.readdir(folder).catch(() => []);
    const links = await Promise.all(names.map((n) => fs.readlink(join(folder, n)).catch(() => '')));
    return links.flatMap((l) => /^socket:\[(\d+)\]$/.exec(l)?.[1] ?? []).map(Number);
  },
  environment: (pid) => read(`/proc/${pid}/environ`),
  async statInside(pid, path) {
    const real = await resolveInside(pid, path);
    if (!real) return undefined;
    return fs.lstat(real).then(statOf).catch(() => undefined);
  },
  async listInside(pid, path) {
    const real = await resolveInside(pid, path);
    if (!real) return undefined;
    try {
      const names = await fs.readdir(real);
      const entries = await Promise.all(
        names.map((name) => fs.lstat(join(real, name)).then((s) => ({ name, ...statOf(s) })).catch(() => undefined)),
      );
      return entries.filter((e) => e !== undefined);
    } catch (error) {
      if (missing(error) || (error as NodeJS.ErrnoException).code === 'EACCES') return undefined;
      throw error;
    }
  },
};
