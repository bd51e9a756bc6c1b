import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import type { Files, Owning } from '../system.ts';

/** open(2) with O_PATH: a name for what lies there, sockets too, that nobody can swap for something else. Linux, all that runs here. */
const O_PATH = 0o10000000;

const named = async (file: string, name: string, what: string): Promise<number> => {
  for (const line of (await fs.readFile(file, 'utf8')).split('\n')) {
    const [first, , id] = line.split(':');
    if (first === name) return Number(id);
  }
  throw Object.assign(new Error(`there is no ${what} ${name} on this machine`), { code: 'ENOENT', path: file });
};

const uidOf = (uid: number | string): Promise<number> | number => (typeof uid === 'number' ? uid : named('/etc/passwd', uid, 'user'));
const gidOf = (gid: number | string): Promise<number> | number => (typeof gid === 'number' ? gid : named('/etc/group', gid, 'group'));

/**
 * Opens every folder on the way by the one before it, none of them through a link: what an app's user may rename in the
 * meantime must not lead us to /etc/shadow.
 */
async function opened(path: string): Promise<fs.FileHandle> {
  const flags = O_PATH | fs.constants.O_NOFOLLOW;
  let at = await fs.open('/', flags | fs.constants.O_DIRECTORY);
  const names = path.split('/').filter(Boolean);
  for (const [i, name] of names.entries()) {
    try {
      const next = await fs.open(join(`/proc/self/fd/${at.fd}`, name), i < names.length - 1 ? flags | fs.constants.O_DIRECTORY : flags);
      await at.close();
      at = next;
    } catch (error) {
      await at.close();
      throw Object.assign(error as Error, { path });
    }
  }
  return at;
}

export const setOwner: Files['set'] = async (path: string, { uid, gid, mode }: Owning) => {
  const handle = await opened(path);
  try {
    const stat = await handle.stat();
    if (stat.isSymbolicLink()) throw Object.assign(new Error(`${path} is a link, and links are not followed`), { code: 'ELOOP', path });
    const it = `/proc/self/fd/${handle.fd}`;
    if (uid !== undefined || gid !== undefined) await fs.chown(it, uid === undefined ? stat.uid : await uidOf(uid), gid === undefined ? stat.gid : await gidOf(gid));
    // Behind chown, which takes setuid and setgid off (measured: 4755 became 755).
    if (mode !== undefined || (stat.mode & 0o6000) !== 0) await fs.chmod(it, mode ?? stat.mode & 0o7777);
  } finally {
    await handle.close();
  }
};
