import { posix } from 'node:path';
import type { Change } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import { refuse, type Refusal } from '../model/risk.ts';
import { text } from '../model/text.ts';
import { gunicornFiles } from './gunicorn-files.ts';
import { gunicornSockets } from './gunicorn-socket.ts';
import type { Gunicorn } from './gunicorn.ts';
import type { Directories } from './unit-service.ts';

/** Folders that belong to everybody: an app gets its own file or folder in them, never the folder. */
const COMMON = /^\/(?:$|(?:var\/)?(?:run|log|lib|tmp|cache)$|tmp$|etc(?:\/|$)|usr(?:\/|$)|opt$|srv$|home$|root(?:\/|$)|dev(?:\/|$))/;
const OPEN = /^\/(?:var\/)?tmp$/;

/** Files that a gunicorn makes itself, absolute: logs, pid file, unix sockets. */
const made = (machine: Machine, g: Gunicorn): { readonly logs: readonly string[]; readonly others: readonly string[] } => {
  const all = gunicornFiles(machine, g).filter((f) => f.startsWith('/') && !f.startsWith('/dev/'));
  const sockets = gunicornSockets(machine, g.program.service).filter((s) => s.gunicorn.program.name === g.program.name).map((s) => s.path);
  return { logs: all.filter((f) => !f.endsWith('.pid')), others: [...all.filter((f) => f.endsWith('.pid')), ...sockets] };
};

const KEYS: readonly [RegExp, Directories['key']][] = [
  [/^(?:\/var)?\/run\/([\w.-]+)$/, 'RuntimeDirectory'], [/^\/var\/log\/([\w.-]+)$/, 'LogsDirectory'], [/^\/var\/lib\/([\w.-]+)$/, 'StateDirectory'], [/^\/var\/cache\/([\w.-]+)$/, 'CacheDirectory'],
];

/** The same folders as systemd makes them and hands them over at each start. */
export function unitDirectories(machine: Machine, g: Gunicorn): readonly Directories[] {
  const { logs, others } = made(machine, g);
  const folders = [...new Set([...logs, ...others].map((f) => posix.dirname(f)))];
  return folders.flatMap((folder) => KEYS.flatMap(([pattern, key]) => { const name = pattern.exec(folder)?.[1]; return name === undefined ? [] : [{ key, name }]; }));
}

/** Folders of an image in which a gunicorn that is not root makes its sockets and pid file. */
export const imageFolders = (machine: Machine, g: Gunicorn): readonly string[] =>
  [...new Set([...made(machine, g).logs, ...made(machine, g).others].map((f) => posix.dirname(f)))].filter((folder) => !COMMON.test(folder));

/**
 * What has to belong to the account on this machine, so that gunicorn can make its logs, its pid file and its sockets
 * without root. Refused where only root may make them: a pid file right in /run.
 */
export function placesFor(machine: Machine, g: Gunicorn, owner: string, group: string, given: readonly Directories[]): readonly Change[] | Refusal {
  const { logs, others } = made(machine, g);
  const stuck = others.find((f) => COMMON.test(posix.dirname(f)) && !OPEN.test(posix.dirname(f)));
  if (stuck) return refuse(text(`${stuck}: only root may make files there; give it a folder of its own first, ${posix.dirname(stuck)}/${g.program.name.replace(/\.service$/, '')}`, `${stuck}：那里只有 root 能建文件；请先放到单独的目录里，比如 ${posix.dirname(stuck)}/${g.program.name.replace(/\.service$/, '')}`));
  if (!g.program.service.host?.running) return [];
  const bySystemd = (folder: string): boolean => given.some((d) => KEYS.some(([pattern, key]) => key === d.key && pattern.exec(folder)?.[1] === d.name));
  const folders = [...new Set([...logs, ...others].map((f) => posix.dirname(f)))].filter((f) => !COMMON.test(f) && !bySystemd(f));
  const loose = logs.filter((f) => COMMON.test(posix.dirname(f)));
  return [
    ...folders.map((path): Change => ({ kind: 'set-path', path, uid: owner, gid: group, below: true })),
    ...loose.map((path): Change => ({ kind: 'set-path', path, uid: owner, gid: group, optional: true })),
  ];
}
