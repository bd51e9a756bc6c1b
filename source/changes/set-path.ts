import { basename, dirname, join, resolve } from 'node:path';
import type { SetPath } from '../model/change.ts';
import type { Trace } from '../model/held.ts';
import { text } from '../model/text.ts';
import { codeMode } from '../settings/may-write.ts';
import type { Files, Stat } from '../system/system.ts';
import { StepFailed, type Bench, type Deed } from './deed.ts';

export interface SetEntry {
  readonly path: string;
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
}

export interface SetUndo {
  /** Everything that is changed, as it was; the first is the path itself. */
  readonly entries: readonly SetEntry[];
}

const entryOf = (path: string, { uid, gid, mode }: Stat): SetEntry => ({ path, uid, gid, mode });

/** One user's entries below a folder; links are left out, and nothing is looked for behind them. */
async function entriesBelow(files: Files, folder: string, uid: number): Promise<readonly SetEntry[]> {
  const found: SetEntry[] = [];
  for (const { name } of await files.list(folder)) {
    const path = join(folder, name);
    const stat = await files.stat(path);
    if (!stat || stat.kind === 'link' || stat.kind === 'other') continue;
    if (stat.uid === uid) found.push(entryOf(path, stat));
    if (stat.kind === 'directory') found.push(...(await entriesBelow(files, path, uid)));
  }
  return found;
}

/** What of a folder of code its user may write: its own, and what is open to more than its owner. Empty folders are there to be written. */
async function codeBelow(files: Files, folder: string, from: number, but: readonly string[]): Promise<readonly SetEntry[]> {
  const found: SetEntry[] = [];
  for (const { name } of await files.list(folder)) {
    const path = join(folder, name);
    const stat = but.includes(path) ? undefined : await files.stat(path);
    if (!stat || (stat.kind !== 'file' && stat.kind !== 'directory')) continue;
    if (stat.kind === 'directory' && (await files.list(path)).length === 0) continue;
    if (stat.uid === from || (stat.mode & 0o022) !== 0) found.push(entryOf(path, stat));
    if (stat.kind === 'directory') found.push(...(await codeBelow(files, path, from, but)));
  }
  return found;
}

/**
 * The real path, which is what is opened later: a link on the way counts only where root put it (`/var/run`). One of the
 * app's user could lead anywhere.
 */
export async function realOf(files: Files, path: string): Promise<string> {
  const parts = path.split('/').filter(Boolean);
  for (let i = 1; i < parts.length; i++) {
    const at = `/${parts.slice(0, i).join('/')}`;
    const stat = await files.stat(at);
    if (stat?.kind === 'link' && stat.uid !== 0) throw new StepFailed(text(`${at} is a link of uid ${stat.uid}: what lies behind it is not given away.`, `${at} 是 uid ${stat.uid} 的链接：不会更改它后面的内容。`));
  }
  return join(await files.realpath(dirname(path)), basename(path));
}

/** Gone in the meantime: what wrote it may have taken it away. */
const isGone = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

const octal = (mode: number): string => mode.toString(8);

export const saidOwner = ({ uid, gid, mode }: Pick<SetPath, 'uid' | 'gid' | 'mode'>): string =>
  [uid === undefined && gid === undefined ? '' : `${uid ?? ''}${gid === undefined ? '' : `:${gid}`}`, mode === undefined ? '' : octal(mode)].filter(Boolean).join(' ');

async function back(entry: SetEntry, { system }: Bench): Promise<void> {
  const now = await system.files.stat(entry.path);
  if (!now || (now.uid === entry.uid && now.gid === entry.gid && now.mode === entry.mode)) return;
  await system.files.set(entry.path, { uid: entry.uid, gid: entry.gid, mode: entry.mode });
}

/** What came into the folder since goes with it: an account that is taken away leaves nothing to whoever gets its number next. */
async function cameSince(change: SetPath, { entries }: SetUndo, { system }: Bench): Promise<readonly SetEntry[]> {
  const [top] = entries;
  const now = top && (await system.files.stat(top.path));
  if (!top || !change.below || now?.kind !== 'directory' || now.uid === top.uid) return [];
  const known = new Set(entries.map((e) => e.path));
  return (await entriesBelow(system.files, top.path, now.uid)).filter((e) => !known.has(e.path)).map((e) => ({ ...e, uid: top.uid, gid: top.gid }));
}

/** Owner and mode of one path of this machine, or of root's entries below it. */
export const setPath: Deed<'set-path', SetUndo> = {
  tell: (change) => text(`${change.path} to ${saidOwner(change)}`, `${change.path} 设为 ${saidOwner(change)}`),
  async prepare(change, { system, root }) {
    const given = resolve(root, change.path);
    const stat = await system.files.stat(given);
    if (!stat && change.optional) return { entries: [] };
    if (!stat) throw new StepFailed(text(`${change.path} is not there any more.`, `${change.path} 已不存在。`));
    if (stat.kind === 'link') throw new StepFailed(text(`${change.path} is a link. Its owner is not changed: what it points at may be anybody's.`, `${change.path} 是链接，不会更改其属主：它指向的可能是别人的文件。`));
    const path = await realOf(system.files, given);
    if (change.code) {
      const real = await Promise.all(change.code.but.map((b) => realOf(system.files, b).catch(() => b)));
      return { entries: [entryOf(path, stat), ...(await codeBelow(system.files, path, change.code.from, real))] };
    }
    return { entries: [entryOf(path, stat), ...(change.below && stat.kind === 'directory' ? await entriesBelow(system.files, path, 0) : [])] };
  },
  async run({ uid, gid, mode, code }, { entries }, { system }) {
    for (const [i, { path, ...old }] of entries.entries()) {
      try {
        if (code) await system.files.set(path, { ...(old.uid === code.from ? { ...(uid === undefined ? {} : { uid }), ...(gid === undefined ? {} : { gid }) } : {}), mode: codeMode(old.mode) });
        else await system.files.set(path, { ...(uid === undefined ? {} : { uid }), ...(gid === undefined ? {} : { gid }), ...(mode === undefined || i > 0 ? {} : { mode }) });
      } catch (error) {
        if (i === 0 || !isGone(error)) throw error;
      }
    }
  },
  async revert(change, undo, bench) {
    for (const entry of [...(await cameSince(change, undo, bench)), ...undo.entries]) await back(entry, bench);
    return [];
  },
  async still(change, { entries }, { system }) {
    const [top] = entries;
    const now = top && (await system.files.stat(top.path));
    if (!top) return [];
    const drifted = (what: Trace['what']): readonly Trace[] => [{ held: 'drifted', file: top.path, what }];
    // A socket or a log is made anew whenever its program starts.
    if (!now) return change.optional ? [] : drifted(text(`${change.path} is gone`, `${change.path} 已不存在`));
    const wrong = (['uid', 'gid', 'mode'] as const).some((key) => typeof change[key] === 'number' && now[key] !== change[key]);
    return wrong ? drifted(text(`${change.path} is ${now.uid}:${now.gid} ${octal(now.mode)} now; the run gave it ${saidOwner(change)}`, `${change.path} 现在是 ${now.uid}:${now.gid} ${octal(now.mode)}，运行给的是 ${saidOwner(change)}`)) : [];
  },
};
