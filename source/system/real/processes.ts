import * as fs from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { Processes, ProcTexts } from '../system.ts';
import { missing, statOf } from './files.ts';
import { life } from './life.ts';

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

/** Nobody's list of accounts is longer; a file of a container may be what it likes. */
const MOST_BYTES = 256 * 1024;

/** O_WRONLY and O_RDWR among the flags of `fdinfo`, which are octal. */
const forWriting = (info: string | undefined): boolean => (parseInt(/^flags:\s*([0-7]+)/m.exec(info ?? '')?.[1] ?? '0', 8) & 3) !== 0;

/** A file that a process holds open for writing; nothing for pipes, sockets, devices and what has no name any more. */
async function written(pid: number, name: string): Promise<{ path: string; uid: number } | undefined> {
  const at = `/proc/${pid}/fd/${name}`;
  const path = await fs.readlink(at).catch(() => '');
  if (!path.startsWith('/') || path.endsWith(' (deleted)') || /^\/(?:dev|proc|sys)\//.test(path)) return undefined;
  if (!forWriting(await read(`/proc/${pid}/fdinfo/${name}`))) return undefined;
  const stat = await fs.stat(at).catch(() => undefined);
  return stat?.isFile() ? { path, uid: stat.uid } : undefined;
}

/** Ticks of a process's clock in a second: what every Linux says to programs, whatever it ticks itself. */
const HERTZ = 100;

export const realProcesses: Processes = {
  available: process.platform === 'linux',
  self: process.pid,
  ...life,
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
  async writing(pid) {
    const names = await fs.readdir(`/proc/${pid}/fd`).catch(() => []);
    const found = (await Promise.all(names.map((name) => written(pid, name)))).filter((f) => f !== undefined);
    return [...new Map(found.map((f) => [f.path, f])).values()];
  },
  async startedAt(pid) {
    const [stat, uptime] = await Promise.all([read(`/proc/${pid}/stat`), read('/proc/uptime')]);
    // The name in brackets may hold blanks; what is counted begins behind it. The twentieth there is the start.
    const ticks = Number(stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
    const up = parseFloat(uptime ?? '');
    return Number.isNaN(ticks) || Number.isNaN(up) ? undefined : Math.round(Date.now() - up * 1000 + (ticks / HERTZ) * 1000);
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
  async readInside(pid, path) {
    const real = await resolveInside(pid, path);
    if (!real) return undefined;
    // A FIFO that is put there meanwhile hangs nobody, and a link is not followed.
    const file = await fs.open(real, fs.constants.O_RDONLY | fs.constants.O_NOFOLLOW | fs.constants.O_NONBLOCK).catch(() => undefined);
    try {
      const stat = await file?.stat();
      return file && stat?.isFile() && stat.size <= MOST_BYTES ? await file.readFile('utf8') : undefined;
    } catch {
      return undefined;
    } finally {
      await file?.close();
    }
  },
};
