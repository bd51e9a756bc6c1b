import { posix } from 'node:path';
import type { Container, OwnAccount, PathOwner } from '../model/container.ts';
import { leaves } from '../settings/leaves.ts';
import { under } from '../settings/own-places.ts';
import type { System } from '../system/system.ts';

/** More folders than an app writes in; who writes in more keeps its things in one above. */
const MOST = 100;

/** What a container says of itself is text like any other: a name that is none is left out. */
export function accountsIn(passwd: string): readonly OwnAccount[] {
  return passwd.split('\n').flatMap((line): readonly OwnAccount[] => {
    const [name = '', , uid = '', gid = ''] = line.split(':');
    if (!/^[a-z_][\w.-]{0,31}\$?$/i.test(name) || !/^\d{1,9}$/.test(uid) || !/^\d{1,9}$/.test(gid) || Number(uid) === 0) return [];
    return [{ name, uid: Number(uid), gid: Number(gid) }];
  });
}

/** Whom the places belong to that a container writes, where that is not root, and who that is in there. */
export async function withAccounts(system: System, c: Container, pid: number): Promise<Container> {
  const mounted = c.mounts.map((m) => m.target);
  const folders = [...new Set(leaves(c.written ?? []).map((path) => posix.dirname(path)))].filter((f) => !mounted.some((m) => under(f, m))).slice(0, MOST);
  const found = await Promise.all(folders.map(async (path) => {
    const stat = await system.processes.statInside(pid, path).catch(() => undefined);
    return stat?.kind === 'directory' && stat.uid !== 0 ? [{ path, uid: stat.uid, gid: stat.gid, mode: stat.mode & 0o7777 } satisfies PathOwner & { path: string }] : [];
  }));
  const others = found.flat();
  const foreign = others.length > 0 || c.mounts.some((m) => (m.owner?.uid ?? 0) !== 0);
  const passwd = foreign ? await system.processes.readInside(pid, '/etc/passwd').catch(() => undefined) : undefined;
  return { ...c, ...(others.length > 0 ? { others } : {}), ...(passwd === undefined ? {} : { accounts: accountsIn(passwd) }) };
}
