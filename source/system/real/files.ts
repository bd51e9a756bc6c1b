import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs/promises';
import type { Dirent, Stats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Entry, Files, Stat } from '../system.ts';
import { setOwner } from './owner.ts';

const kindOf = (s: Stats | Dirent): Stat['kind'] =>
  s.isFile() ? 'file' : s.isDirectory() ? 'directory' : s.isSymbolicLink() ? 'link' : s.isSocket() ? 'socket' : 'other';

export const statOf = (s: Stats): Stat => ({ kind: kindOf(s), mode: s.mode & 0o7777, uid: s.uid, gid: s.gid, size: s.size, written: s.mtime });

/** Nothing there, or nothing that we may see from here. */
export const missing = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');

async function flushFolder(folder: string): Promise<void> {
  const handle = await fs.open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export const realFiles: Files = {
  realpath: (path) => fs.realpath(path),
  async stat(path) {
    try {
      return statOf(await fs.lstat(path));
    } catch (error) {
      if (missing(error)) return undefined;
      throw error;
    }
  },
  async list(folder): Promise<readonly Entry[]> {
    const entries = await fs.readdir(folder, { withFileTypes: true });
    return entries.map((e) => ({ name: e.name, kind: kindOf(e) })).sort((a, b) => (a.name < b.name ? -1 : 1));
  },
  read: (path) => fs.readFile(path),
  async write(path, bytes, as = {}) {
    const target = await fs.realpath(path).catch(() => path);
    const old = await fs.lstat(target).catch(() => undefined);
    const folder = dirname(target);
    // The name starts with a dot and ends apart, so that no watcher or COPY pattern takes the half for the whole.
    const half = join(folder, `.${basename(target)}.${randomBytes(4).toString('hex')}.half`);
    try {
      const handle = await fs.open(half, 'wx', as.mode ?? (old ? old.mode & 0o7777 : 0o644));
      try {
        await handle.writeFile(bytes);
        await handle.chmod(as.mode ?? (old ? old.mode & 0o7777 : 0o644));
        const uid = as.uid ?? old?.uid;
        const gid = as.gid ?? old?.gid;
        if (uid !== undefined && gid !== undefined && process.getuid?.() === 0) await handle.chown(uid, gid);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await fs.rename(half, target);
    } catch (error) {
      await fs.rm(half, { force: true });
      throw error;
    }
    await flushFolder(folder);
  },
  async remove(path) {
    await fs.rm(path, { force: true, recursive: true });
  },
  async copy(from, to) {
    const stat = await fs.lstat(from);
    if (stat.isSymbolicLink()) await fs.symlink(await fs.readlink(from), to);
    else await fs.copyFile(from, to);
    if (process.getuid?.() === 0) await fs.lchown(to, stat.uid, stat.gid);
    if (stat.isSymbolicLink()) return;
    await fs.chmod(to, stat.mode & 0o7777);
    await fs.utimes(to, stat.atime, stat.mtime);
  },
  async makeFolder(path, mode, owner) {
    const first = await fs.mkdir(path, { recursive: true, mode });
    if (!owner || first === undefined || process.getuid?.() !== 0) return;
    for (let made = path; made.length >= first.length; made = dirname(made)) await fs.chown(made, owner.uid, owner.gid);
  },
  set: setOwner,
  async append(path, line) {
    const handle = await fs.open(path, 'a', 0o600);
    try {
      await handle.writeFile(line);
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
  async claim(path, content) {
    try {
      await fs.writeFile(path, content, { flag: 'wx', mode: 0o600 });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  },
};
