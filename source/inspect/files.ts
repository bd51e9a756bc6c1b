import { createHash } from 'node:crypto';
import { basename, dirname, extname, join, sep } from 'node:path';
import type { Blind, SourceFile } from '../model/machine.ts';
import { same, text } from '../model/text.ts';
import { isDockerfile } from './names.ts';
import { excludedBy } from '../settings/excluded.ts';
import { isSudoers } from '../settings/sudoers-name.ts';
import type { Files } from '../system/system.ts';
import { isNote } from '../settings/run-lines.ts';
import { namedEnvFiles } from './named-env-files.ts';

const CONFIG = '.harden-tui.yaml';
const MAX_BYTES = 4 * 1024 * 1024;
const MAX_DEPTH = 8;
export const SKIPPED = new Set(['.git', '.hg', '.svn', 'node_modules', '__pycache__', '.venv', '.tox', 'site-packages', '.mypy_cache', 'dist-packages']);

/** `env/` is somebody's packages, or where env files lie: what is in it tells. */
const PERHAPS = new Set(['env', 'venv']);
const OF_PACKAGES = new Set(['pyvenv.cfg', 'conda-meta', 'bin', 'Scripts']);
export const isOfPackages = (folder: string, entries: readonly { readonly name: string }[]): boolean => PERHAPS.has(basename(folder)) && entries.some((e) => OF_PACKAGES.has(e.name));

/** Read only where it tells how a container is started: what is written there for people is moved along with what it is about. */
const TELLS_RUN = /\b(?:docker|podman)\s+(?:container\s+)?(?:run|create)\b[^]{0,2000}?(?:\s-p|--publish)\b/;

/** Files that can decide something we know: by name, by ending. Everything else is never opened. */
export function isOfInterest(path: string): boolean {
  const name = basename(path);
  if (isDockerfile(path) || isSudoers(path)) return true;
  if (/\.dockerignore$|^\.gitignore$|^\.env(\..+)?$|\.env$|^\.harden-tui\.yaml$/.test(name)) return true;
  // Which Celery it is; keys and certificates, of which a private one is never kept.
  if (/^requirements.*\.txt$|^pyproject\.toml$|\.(pem|key|crt|acl)$/.test(name) || /(^|\/)requirements\/[^/]+\.txt$/.test(path)) return true;
  if (/^(docker-)?compose([.-].+)?\.ya?ml$/.test(name)) return true;
  if (isNote(path) || /^(?:GNU)?[Mm]akefile$|^[Jj]ustfile$|\.mk$/.test(name)) return true;
  return ['.py', '.ini', '.conf', '.cfg', '.service', '.socket', '.sh', '.yml', '.yaml'].includes(extname(name)) || /entrypoint/i.test(name);
}

/** SHA-256 of the bytes as read: the base hash that an edit is refused against. */
export const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

const posix = (path: string): string => path.split(sep).join('/');

function unreadable(path: string, error: unknown): Blind {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return {
    what: path,
    why: code === 'EACCES' || code === 'EPERM' ? text('may not be read by this user', '当前用户无权读取') : same(code || String(error)),
    remedy: text(`let this user read it: chmod u+r ${path}`, `让当前用户可读：chmod u+r ${path}`),
  };
}

/** Owner and mode of the folder that a file really lies in. */
async function folderOf(files: Files, real: string): Promise<Pick<SourceFile, 'folder'>> {
  const stat = await files.stat(dirname(real)).catch(() => undefined);
  return stat ? { folder: { uid: stat.uid, gid: stat.gid, mode: stat.mode & 0o7777 } } : {};
}

async function readOne(files: Files, root: string, path: string): Promise<SourceFile | Blind | undefined> {
  const at = join(root, path);
  // A link may point anywhere; it counts only where its target is a regular file that stays in the project.
  const real = await files.realpath(at);
  if (real !== root && !real.startsWith(root + sep)) {
    return { what: path, why: text('is a link that leaves the project', '是指向项目之外的链接'), remedy: text('put the file itself into the project', '把文件本身放进项目里') };
  }
  const stat = await files.stat(real);
  if (stat?.kind !== 'file') return undefined;
  if (stat.size > MAX_BYTES) {
    return { what: path, why: text('is larger than 4 MB', '大于 4 MB'), remedy: text('nothing we know is that large; look at it by hand', '我们认识的文件都没有这么大，请手动查看') };
  }
  const bytes = await files.read(real);
  return { path, text: withoutKey(path, bytes.toString('utf8')), hash: hashOf(bytes), mode: stat.mode, uid: stat.uid, gid: stat.gid, ...(await folderOf(files, real)) };
}

/** Of a file that is a private key only its first and last line are kept; no edit of its text is ever made. */
const withoutKey = (path: string, text: string): string => !/\.(pem|key|crt)$/.test(path) ? text : text.replace(/(-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----)[\s\S]*?(-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g, '$1\n$2');

/** A file that the join leads to, by its absolute path; one that really lies in the project keeps its relative path. */
export async function readOutside(files: Files, root: string, path: string): Promise<SourceFile | undefined> {
  try {
    const real = await files.realpath(path);
    const stat = await files.stat(real);
    if (stat?.kind !== 'file' || stat.size > MAX_BYTES) return undefined;
    const bytes = await files.read(real);
    const key = real.startsWith(root + sep) ? posix(real.slice(root.length + 1)) : path;
    return { path: key, text: bytes.toString('utf8'), hash: hashOf(bytes), mode: stat.mode, uid: stat.uid, gid: stat.gid, ...(await folderOf(files, real)) };
  } catch {
    return undefined;
  }
}

/** Reads what can decide something below `root`, once, in parallel. Nothing is executed and no path leaves `root`. */
export async function inspectFiles(files: Files, root: string): Promise<{ files: ReadonlyMap<string, SourceFile>; blind: readonly Blind[] }> {
  const found: SourceFile[] = [];
  const blind: Blind[] = [];

  async function take(path: string): Promise<void> {
    try {
      const one = await readOne(files, root, path);
      if (one && 'why' in one) blind.push(...(isNote(path) ? [] : [one]));
      else if (one && isNote(path) && !TELLS_RUN.test(one.text)) return;
      else if (one) found.push(one);
    } catch (error) {
      blind.push(unreadable(path, error));
    }
  }

  const config = await files.read(join(root, CONFIG)).then((b) => b.toString('utf8')).catch(() => '');
  const excluded = new Set(excludedBy(config));

  async function walk(folder: string, depth: number): Promise<void> {
    if (excluded.has(folder)) {
      blind.push({ what: folder, why: text(`is left out by ${CONFIG}`, `被 ${CONFIG} 排除在外`), remedy: text('take it off the list there', '从那里的列表中去掉') });
      return;
    }
    let entries;
    try {
      entries = await files.list(join(root, folder));
    } catch (error) {
      blind.push(unreadable(folder || '.', error));
      return;
    }
    if (isOfPackages(folder, entries)) return;
    await Promise.all(
      entries.map(async (entry) => {
        const path = posix(join(folder, entry.name));
        if (entry.kind === 'directory') {
          if (!SKIPPED.has(entry.name) && depth < MAX_DEPTH) await walk(path, depth + 1);
        } else if ((entry.kind === 'file' || entry.kind === 'link') && isOfInterest(path)) await take(path);
      }),
    );
  }

  await walk('', 0);
  // What a service is given decides whatever the file is called.
  const read = new Set(found.map((f) => f.path));
  const isThere = async (path: string): Promise<boolean> => (await files.stat(join(root, path)).catch(() => undefined))?.kind === 'file';
  await Promise.all(namedEnvFiles(new Map(found.map((f) => [f.path, f]))).filter((p) => !read.has(p) && ![...excluded].some((e) => p.startsWith(`${e}/`))).map(async (p) => ((await isThere(p)) ? take(p) : undefined)));
  found.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files: new Map(found.map((f) => [f.path, f])), blind };
}
