import { isRootUser } from '../files/dockerfile.ts';
import type { Process } from '../model/process.ts';
import type { Place } from '../model/setting.ts';
import { accounts } from './accounts.ts';
import { place } from './parsed.ts';
import { runCommands, type CommandWord } from './run-commands.ts';
import { tidy, workdirOf, type Shipped } from './service-files.ts';
import { copies } from '../files/dockerfile.ts';

/** Somebody who is not root, by number. */
export interface Somebody {
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
}

export interface Owned {
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
}

export const whoIs = (p: Process): Somebody => ({ uid: p.uid.effective, gid: p.gid.effective, groups: p.groups });

/** The kernel's own rule: the owner's bits, else the group's, else everybody's. */
export function mayWrite({ uid, gid, groups }: Somebody, { uid: owner, gid: group, mode }: Owned): boolean {
  if (uid === owner) return (mode & 0o200) !== 0;
  if (gid === group || groups.includes(group)) return (mode & 0o020) !== 0;
  return (mode & 0o002) !== 0;
}

/** Who may write in a folder may put another file in the place of one in it; in a sticky one only its owner may. */
export const mayReplace = (who: Somebody, folder: Owned, file: Owned): boolean => mayWrite(who, folder) && ((folder.mode & 0o1000) === 0 || who.uid === folder.uid || who.uid === file.uid);

/** What is code is written by its owner alone, and its group may read what the owner could. */
export const codeMode = (mode: number): number => (mode & ~0o022) | ((mode & 0o500) >> 3);

/** Names that have the same number in every Debian image. */
const KNOWN = new Map([['root', 0], ['daemon', 1], ['www-data', 33], ['nobody', 65534]]);

/** A number that only the build will choose: the same for the same name, and nobody's. */
const unknown = (name: string): number => -2 - [...name].reduce((n, c) => (n * 31 + c.charCodeAt(0)) % 1_000_000, 7);

/** `app:app`, `1000`, `app` as numbers, by the accounts that the image makes. */
export function numbersOf(s: Shipped, owner: string): { readonly uid?: number; readonly gid?: number } {
  const [name = '', group] = owner.split(':');
  const known = accounts(s);
  const account = known.find((a) => a.name === name || String(a.uid) === name);
  const uid = /^\d+$/.test(name) ? Number(name) : (account?.uid ?? KNOWN.get(name) ?? unknown(name));
  const gid = group === undefined || group === '' ? account?.gid : /^\d+$/.test(group) ? Number(group) : (known.find((a) => a.name === group)?.gid ?? KNOWN.get(group) ?? unknown(group));
  return { ...(uid === undefined ? {} : { uid }), ...(gid === undefined ? {} : { gid }) };
}

const values = (words: readonly CommandWord[]): readonly string[] => words.map((w) => w.value);

interface Deed {
  readonly at: number;
  readonly does: (now: Owned) => Owned;
}

/** `chown` and `chmod` of RUN lines that reach a path, by their place in the Dockerfile. */
function deeds(s: Shipped, path: string): readonly Deed[] {
  return runCommands(s).flatMap((words): readonly Deed[] => {
    const [name = '', ...rest] = values(words);
    const tool = name.split('/').at(-1);
    const at = words[0]?.end ?? Infinity;
    if (tool !== 'chown' && tool !== 'chmod' && tool !== 'chgrp') return [];
    const options = rest.filter((w) => w.startsWith('-') && !/^-[rwxst]+$/.test(w));
    const [what, ...paths] = rest.filter((w) => !options.includes(w));
    const whole = options.some((f) => f === '--recursive' || /^-\w*R/.test(f));
    const given = paths.map((p) => tidy(p.startsWith('/') ? p : `${workdirOf(s)}/${p}`));
    const reached = given.some((p) => p === path || (whole && path.startsWith(p === '/' ? '/' : `${p}/`)));
    if (what === undefined || !reached) return [];
    if (tool === 'chmod') return [{ at, does: (now) => ({ ...now, mode: chmod(now.mode, what) }) }];
    const { uid, gid } = numbersOf(s, tool === 'chgrp' ? `:${what}` : what);
    return [{ at, does: (now) => ({ ...now, uid: what.startsWith(':') || tool === 'chgrp' ? now.uid : (uid ?? -1), gid: gid ?? now.gid }) }];
  });
}

function chmod(mode: number, what: string): number {
  if (/^0?[0-7]{3,4}$/.test(what)) return parseInt(what, 8) & 0o777;
  return what.split(',').reduce((now, part) => {
    const [, who = 'a', sign = '+', bits = ''] = /^([ugoa]*)([+=-])([rwxXst]*)$/.exec(part) ?? [];
    // `chmod +w` without a letter heeds the umask: it adds the owner's bit alone.
    if (!bits.includes('w')) return now;
    const mask = [...(who === '' ? 'u' : who.replace('a', 'ugo'))].reduce((m, c) => m | (c === 'u' ? 0o200 : c === 'g' ? 0o020 : c === 'o' ? 0o002 : 0), 0);
    return sign === '-' ? now & ~mask : now | mask;
  }, mode);
}

/** Owner and mode of what COPY brings to a path of the image (or of a folder there), after all that its RUN lines do to it. */
export function ownedInImage(s: Shipped, path: string, kind: 'file' | 'folder'): Owned {
  const { who, mode, since } = broughtTo(s, path, kind);
  return deeds(s, path).filter((d) => d.at > since).reduce((now, d) => d.does(now), { ...who, mode });
}

/** The line of the Dockerfile that gives a path to whom it belongs: the last RUN that changes its owner or mode, else its COPY. */
export function givenBy(s: Shipped, path: string, kind: 'file' | 'folder'): Place | undefined {
  const { brought, who, mode, since } = broughtTo(s, path, kind);
  let now: Owned = { ...who, mode };
  let decides = brought?.instruction;
  for (const deed of deeds(s, path).filter((d) => d.at > since)) {
    const next = deed.does(now);
    const changed = next.uid !== now.uid || next.gid !== now.gid || next.mode !== now.mode;
    if (changed) decides = s.df.instructions.find((i) => i.span.start <= deed.at && deed.at <= i.span.end) ?? decides;
    now = next;
  }
  return decides && place(s.file, decides.span);
}

/** What COPY brings to a path, and whose that is. */
function broughtTo(s: Shipped, path: string, kind: 'file' | 'folder') {
  const workdir = workdirOf(s);
  const brought = copies(s.stage, s.df).filter((c) => {
    const dest = tidy(c.dest.value.startsWith('/') ? c.dest.value : `${workdir}/${c.dest.value}`);
    return path === dest || path.startsWith(dest === '/' ? '/' : `${dest}/`);
  }).at(-1);
  // A folder that WORKDIR made before is root's, whoever the copied files are given to (measured).
  const own = kind === 'folder' && path === workdir ? undefined : brought?.chown;
  const who = own === undefined || isRootUser(own) ? { uid: 0, gid: 0 } : { uid: -1, gid: -1, ...numbersOf(s, own) };
  const mode = brought?.chmod && /^0?[0-7]{3,4}$/.test(brought.chmod) ? parseInt(brought.chmod, 8) & 0o777 : kind === 'folder' ? 0o755 : 0o644;
  return { brought, who, mode, since: brought?.instruction.span.start ?? 0 };
}
