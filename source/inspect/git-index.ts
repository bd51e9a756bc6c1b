import { dirname, join, relative, sep } from 'node:path';
import type { Files } from '../system/system.ts';

const MOST_BYTES = 64 * 1024 * 1024;
/** Times, device, inode, mode, owner and size before the object's name (SHA-1), then two bytes of flags. */
const FIXED = 62;

/** Paths in an index of version 2 or 3 (gitformat-index); undefined for one that we can't read (version 4 leaves out what repeats). */
export function pathsIn(index: Buffer): readonly string[] | undefined {
  if (index.length < 12 || index.toString('latin1', 0, 4) !== 'DIRC') return undefined;
  const version = index.readUInt32BE(4);
  if (version !== 2 && version !== 3) return undefined;
  const paths: string[] = [];
  let at = 12;
  for (let left = index.readUInt32BE(8); left > 0; left--) {
    if (at + FIXED > index.length) return undefined;
    const extended = version === 3 && (index.readUInt16BE(at + FIXED - 2) & 0x4000) !== 0;
    const start = at + FIXED + (extended ? 2 : 0);
    const end = index.indexOf(0, start);
    if (end < 0) return undefined;
    paths.push(index.toString('utf8', start, end));
    // Padded with one to eight NULs to a multiple of eight.
    at += (Math.floor((end - at) / 8) + 1) * 8;
  }
  return paths;
}

/** Env files below `root` that git has already, relative to it: naming them in .gitignore does not take them out. `named` are some whose names don't tell. Nothing of git's is run. */
export async function trackedEnvFiles(files: Files, root: string, named: readonly string[] = []): Promise<ReadonlySet<string>> {
  for (let top = root; ; top = dirname(top)) {
    const at = join(top, '.git', 'index');
    const stat = await files.stat(at).catch(() => undefined);
    if (stat?.kind === 'file' && stat.size <= MOST_BYTES) {
      const all = pathsIn(await files.read(at).catch(() => Buffer.alloc(0))) ?? [];
      const below = all.map((p) => relative(root, join(top, p)).split(sep).join('/'));
      return new Set(below.filter((p) => !p.startsWith('..') && (/(?:^|\/)\.env(?:\.[^/]+)?$|[^/]\.env$/.test(p) || named.includes(p))));
    }
    if (dirname(top) === top) return new Set();
  }
}
