import { posix } from 'node:path';
import type { Change } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import { refuse, type Refusal } from '../model/risk.ts';
import { text } from '../model/text.ts';
import { heldBy } from './code-folder.ts';
import { gunicornFiles } from './gunicorn-files.ts';
import { heldInImage } from './image-folder.ts';
import { gunicornSockets } from './gunicorn-socket.ts';
import type { Gunicorn } from './gunicorn.ts';
import type { Directories } from './unit-service.ts';

/** Folders that belong to everybody: an app gets its own file or folder in them, never the folder. */
const COMMON = /^\/(?:$|(?:var\/)?(?:run|log|lib|tmp|cache)$|tmp$|etc(?:\/|$)|usr(?:\/|$)|opt$|srv$|home$|root(?:\/|$)|dev(?:\/|$))/;
const OPEN = /^\/(?:var\/)?tmp$/;

const LOGS = ['accesslog', 'errorlog'] as const;

/** Files that a gunicorn makes itself, absolute: logs, pid file, unix sockets. */
const made = (machine: Machine, g: Gunicorn): { readonly logs: readonly string[]; readonly others: readonly string[] } => {
  const plain = (files: readonly string[]): readonly string[] => files.filter((f) => f.startsWith('/') && !f.startsWith('/dev/')).map((f) => posix.normalize(f));
  const sockets = gunicornSockets(machine, g.program.service).filter((s) => s.gunicorn.program.name === g.program.name).map((s) => posix.normalize(s.path));
  return { logs: plain(gunicornFiles(machine, g, LOGS)), others: [...plain(gunicornFiles(machine, g, ['pidfile'])), ...sockets] };
};

/** Why the folder of what a gunicorn makes can't be the app's, on this machine or in its image. */
const held = (machine: Machine, g: Gunicorn, folder: string): ReturnType<typeof heldBy> => {
  const { logs, others } = made(machine, g);
  if (g.program.service.host) return heldBy(machine, g.program, folder, [...logs, ...others]);
  return heldInImage(machine, g.program, folder, [...logs, ...others]) === undefined ? undefined : 'supervisord';
};

/** A socket or pid file is made anew at each start: its folder would have to be the app's. */
function besideCode(machine: Machine, g: Gunicorn, file: string): Refusal | undefined {
  const folder = posix.dirname(file);
  const by = OPEN.test(folder) ? undefined : held(machine, g, folder);
  if (by === 'code') return refuse(text(`${file} lies beside the code and configuration: give it a folder of its own first, ${posix.join(folder, 'run')}`, `${file} 和代码、配置放在一起：请先给它单独的目录，比如 ${posix.join(folder, 'run')}`));
  return by && refuse(text(`${file} lies beside what supervisord opens as root: give it a folder of its own first, ${posix.join(folder, g.program.name)}`, `${file} 和 supervisord 以 root 身份打开的文件放在一起：请先给它单独的目录，比如 ${posix.join(folder, g.program.name)}`));
}

const KEYS: readonly [RegExp, Directories['key']][] = [
  [/^(?:\/var)?\/run\/([\w.-]+)$/, 'RuntimeDirectory'], [/^\/var\/log\/([\w.-]+)$/, 'LogsDirectory'], [/^\/var\/lib\/([\w.-]+)$/, 'StateDirectory'], [/^\/var\/cache\/([\w.-]+)$/, 'CacheDirectory'],
];

/** The same folders as systemd makes them and hands them over at each start. */
export function unitDirectories(machine: Machine, g: Gunicorn): readonly Directories[] {
  const { logs, others } = made(machine, g);
  const folders = [...new Set([...logs, ...others].map((f) => posix.dirname(f)))].filter((f) => held(machine, g, f) === undefined);
  return folders.flatMap((folder) => KEYS.flatMap(([pattern, key]) => { const name = pattern.exec(folder)?.[1]; return name === undefined ? [] : [{ key, name }]; }));
}

/** Folders of an image in which a gunicorn that is not root makes its logs, sockets and pid file; one that holds what root reads stays root's. */
export const imageFolders = (machine: Machine, g: Gunicorn): readonly string[] =>
  [...new Set([...made(machine, g).logs, ...made(machine, g).others].map((f) => posix.dirname(f)))].filter((folder) => !COMMON.test(folder) && held(machine, g, folder) === undefined);

/** Logs of an image in a folder that stays root's: they are made there, and handed over by themselves. */
export const imageLogs = (machine: Machine, g: Gunicorn): readonly string[] =>
  [...new Set(made(machine, g).logs)].filter((f) => !OPEN.test(posix.dirname(f)) && (/^\/var\/log$/.test(posix.dirname(f)) || held(machine, g, posix.dirname(f)) !== undefined));

/** Why a gunicorn without root could not make its socket or pid file where it is told to. */
const stuckBeside = (machine: Machine, g: Gunicorn): Refusal | undefined => made(machine, g).others.map((f) => besideCode(machine, g, f)).find((r) => r !== undefined);

/**
 * What has to belong to the account on this machine, so that gunicorn can make its logs, its pid file and its sockets
 * without root. Refused where only root may make them: a pid file right in /run, a socket beside the code. Of a log
 * that lies there only the file itself is handed over.
 */
export function placesFor(machine: Machine, g: Gunicorn, owner: string, group: string, given: readonly Directories[]): readonly Change[] | Refusal {
  const { logs, others } = made(machine, g);
  const stuck = others.find((f) => COMMON.test(posix.dirname(f)) && !OPEN.test(posix.dirname(f)));
  if (stuck) return refuse(text(`${stuck}: only root may make files there; give it a folder of its own first, ${posix.dirname(stuck)}/${g.program.name.replace(/\.service$/, '')}`, `${stuck}：那里只有 root 能建文件；请先放到单独的目录里，比如 ${posix.dirname(stuck)}/${g.program.name.replace(/\.service$/, '')}`));
  const beside = stuckBeside(machine, g);
  if (beside) return beside;
  if (!g.program.service.host?.running) return [];
  const bySystemd = (folder: string): boolean => given.some((d) => KEYS.some(([pattern, key]) => key === d.key && pattern.exec(folder)?.[1] === d.name));
  const kept = (folder: string): boolean => COMMON.test(folder) || held(machine, g, folder) !== undefined;
  const folders = [...new Set([...logs, ...others].map((f) => posix.dirname(f)))].filter((f) => !kept(f) && !bySystemd(f));
  const loose = [...new Set(logs)].filter((f) => kept(posix.dirname(f)));
  return [
    ...folders.map((path): Change => ({ kind: 'set-path', path, uid: owner, gid: group, below: true })),
    ...loose.map((path): Change => ({ kind: 'set-path', path, uid: owner, gid: group, optional: true })),
  ];
}
