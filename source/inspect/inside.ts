import { posix } from 'node:path';
import type { Closed, Container } from '../model/container.ts';
import { SYSTEM, under } from '../settings/own-places.ts';
import { leaves } from '../settings/leaves.ts';
import type { Entry, Stat, System } from '../system/system.ts';
import { withAccounts } from './accounts.ts';

/** Past this many entries the rest of a working folder is left unread: the first screen must not wait for somebody's packages. */
const MOST = 3_000;
const SKIPPED = new Set(['.git', 'node_modules', '__pycache__', '.venv', 'venv']);

/** Closed to everybody else: a file that can't be read, a folder that can't be gone through. */
const shut = ({ kind, mode }: Stat): boolean => (kind === 'file' && (mode & 0o004) === 0) || (kind === 'directory' && (mode & 0o005) !== 0o005);

/** As it is told, with its owner where that is somebody else than root. */
const closedAt = (path: string, { kind, uid, gid, mode }: Stat): Closed => ({ path, folder: kind === 'directory', ...(uid === 0 && gid === 0 ? {} : { owner: { uid, gid, mode: mode & 0o7777 } }) });

/** What only its owner and group may read, below a folder. */
async function shutBelow(system: System, pid: number, top: string, mounted: readonly string[]): Promise<readonly Closed[]> {
  const found: Closed[] = [];
  let seen = 0;
  const todo = [top];
  for (let folder = todo.shift(); folder !== undefined && seen < MOST; folder = todo.shift()) {
    const entries: readonly (Entry & Stat)[] = (await system.processes.listInside(pid, folder).catch(() => undefined)) ?? [];
    seen += entries.length;
    for (const e of entries) {
      const path = posix.join(folder, e.name);
      if (SKIPPED.has(e.name) || mounted.some((m) => under(path, m))) continue;
      if (shut(e)) found.push(closedAt(path, e));
      if (e.kind === 'directory') todo.push(path);
    }
  }
  return found;
}

/** `/a/b/c`: `/a`, `/a/b`, `/a/b/c`. */
const onTheWay = (path: string): readonly string[] => path.split('/').slice(1).map((_, i, all) => `/${all.slice(0, i + 1).join('/')}`).filter((p) => p !== '/');

/** Absolute paths among the words of command lines, also behind `--option=`; a program may have written its own title over them. */
const namedIn = (c: Container): readonly string[] => [...c.processes.flatMap((p) => p.argv), ...[...c.entrypoint, ...c.cmd].flatMap((w) => w.split(/[\s;&|"']+/))].map((w) => w.replace(/^--?[\w-]+=/, '')).filter((w) => /^\/[\w./+@-]+$/.test(w) && !/^\/(?:proc|sys|dev)\//.test(w));

/** New paths right in a folder of the system, and below /etc: whether they are folders decides what is made of them. */
const doubtful = (c: Container): readonly string[] => leaves(c.written ?? []).filter((p) => SYSTEM.has(posix.dirname(p)) || under(p, '/etc'));

/**
 * What somebody else than root would not get at, looked up in `/proc/PID/root` as root's processes see it: nothing is
 * executed. Without /proc all of it stays unknown.
 */
export async function withInside(system: System, c: Container): Promise<Container> {
  const first = c.processes.find((p) => p.container !== undefined && p.uid.effective === 0);
  if (!first || !system.processes.available) return c;
  const stat = (path: string): Promise<Stat | undefined> => system.processes.statInside(first.pid, path).catch(() => undefined);
  const mounted = [...c.mounts.map((m) => m.target), ...(c.tmpfs ?? []).map((t) => t.split(':')[0] ?? t)];
  const kinds = await Promise.all(doubtful(c).map(async (path) => ({ path, kind: (await stat(path))?.kind })));
  const workdir = c.workdir === '' ? '/' : c.workdir;
  const ways = [...new Set([workdir, ...namedIn(c)].flatMap(onTheWay))].filter((p) => !mounted.some((m) => under(p, m)));
  const onWay = (await Promise.all(ways.map(async (path) => { const s = await stat(path); return s && shut(s) ? [closedAt(path, s)] : []; }))).flat();
  const below = workdir === '/' ? [] : await shutBelow(system, first.pid, workdir, mounted);
  const closed = [...new Map([...onWay, ...below].map((one) => [one.path, one])).values()];
  const owners = await Promise.all((c.tmpfs ?? []).map(async (t) => { const path = t.split(':')[0] ?? t; const s = await stat(path); return s ? [[path, { uid: s.uid, gid: s.gid, mode: s.mode & 0o7777 }] as const] : []; }));
  return {
    ...(await withAccounts(system, c, first.pid)), directories: kinds.filter((k) => k.kind === 'directory').map((k) => k.path),
    ...(closed.length > 0 ? { closed } : {}),
    ...(owners.flat().length > 0 ? { lies: new Map([...(c.lies ?? []), ...owners.flat()]) } : {}),
  };
}
