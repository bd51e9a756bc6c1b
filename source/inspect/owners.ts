import { posix, sep } from 'node:path';
import type { Container, Mount } from '../model/container.ts';
import type { System } from '../system/system.ts';
import { isProgram } from './state-folders.ts';

/** Past this many entries the count is left open: the first screen must not wait for a media archive. */
const MOST = 20_000;

/** Files of uid 0 below a path, as the process sees it, and whether all that lies there is data; links are not followed. */
async function below(system: System, pid: number, top: string): Promise<{ readonly owned: number; readonly data: boolean } | undefined> {
  let seen = 0;
  let owned = 0;
  let data = true;
  const todo = [top];
  for (let folder = todo.pop(); folder !== undefined; folder = todo.pop()) {
    const entries = await system.processes.listInside(pid, folder);
    if (!entries) return undefined;
    for (const e of entries) {
      if (++seen > MOST) return undefined;
      // Folders are counted as ways, files as things: "23 files" is what a person sees there.
      if (e.kind !== 'directory' && e.uid === 0) owned++;
      if (e.kind !== 'directory' && isProgram(e.name, e, e)) data = false;
      if (e.kind === 'directory') todo.push(`${folder}/${e.name}`);
    }
  }
  return { owned, data };
}

async function ofMount(system: System, root: string, c: Container, m: Mount): Promise<Mount> {
  if (m.type !== 'volume' && m.type !== 'bind') return m;
  const first = c.processes[0];
  const inside = first?.container && !m.source.endsWith('.sock') ? first.pid : undefined;
  const mine = m.type === 'bind' && (m.source + sep).startsWith(root + sep);
  // A bind mount's source is a folder here, also where the container's own view can't be read.
  const stat = inside !== undefined ? await system.processes.statInside(inside, m.target).catch(() => undefined) : mine ? await system.files.stat(m.source).catch(() => undefined) : undefined;
  const found = inside !== undefined && !m.readOnly && (m.type === 'volume' || mine) ? await below(system, inside, m.target).catch(() => undefined) : undefined;
  return { ...m, ...(stat ? { owner: { uid: stat.uid, gid: stat.gid, mode: stat.mode } } : {}), ...(found ? { rootEntries: found.owned, ...(m.type === 'bind' && found.data ? { data: true } : {}) } : {}) };
}

/** Who owns what is mounted, and how much of it is root's. */
export async function withOwners(system: System, root: string, c: Container): Promise<Container> {
  return { ...c, mounts: await Promise.all(c.mounts.map((m) => ofMount(system, root, c, m))) };
}

/** Owner and mode of some paths of a container as they lie there now, each with its folder. */
export async function withStats(system: System, c: Container, paths: readonly string[]): Promise<Container> {
  const first = c.processes[0];
  if (!first?.container || paths.length === 0) return c;
  const all = [...new Set(paths.flatMap((p) => [p, posix.dirname(p)]))];
  const found = await Promise.all(all.map(async (path) => ({ path, stat: await system.processes.statInside(first.pid, path).catch(() => undefined) })));
  return { ...c, lies: new Map(found.flatMap(({ path, stat }) => (stat ? [[path, { uid: stat.uid, gid: stat.gid, mode: stat.mode & 0o7777 }] as const] : []))) };
}
