import { effectiveUser, isRootUser, type EffectiveUser, type Instruction, type Stage } from '../files/dockerfile.ts';
import { eol } from '../files/span.ts';
import type { EditFile, SpanEdit } from '../model/change.ts';
import { distributionOf } from './distribution.ts';
import { editOf } from './edit.ts';
import { emptyFolder } from './empty-folder.ts';
import { tidy, workdirOf, type Shipped } from './service-files.ts';
import type { RunAs } from './run-as.ts';
import type { WrittenPlaces } from './written-places.ts';
import { isRootBase, ownUser } from './user.ts';
import { imageVolumes } from './volumes.ts';

/** Instructions at the end of a stage that only describe it: the user's block stands before them, next to what it concerns. */
const TRAILING = new Set(['EXPOSE', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK', 'STOPSIGNAL', 'LABEL', 'VOLUME']);

/** First instruction of the describing end of a stage; undefined where the stage ends with a deed. */
export function trailing(stage: Stage): Instruction | undefined {
  let at: Instruction | undefined;
  for (const i of [...stage.instructions].reverse()) {
    if (!TRAILING.has(i.keyword)) break;
    at = i;
  }
  return at;
}

/** `USER root` as the last deed of a stage that was root's anyway: the line that says who runs, so ours takes its place. */
function lastWord(s: Shipped): EffectiveUser | undefined {
  const deeds = s.stage.instructions.filter((i) => !TRAILING.has(i.keyword));
  const user = effectiveUser(s.stage, s.df);
  if (!user || user.raw.includes('$') || user.instruction !== deeds.at(-1) || !isRootUser(user.value)) return undefined;
  const before = effectiveUser({ ...s.stage, instructions: s.stage.instructions.filter((i) => i !== user.instruction) }, s.df);
  return (before ? isRootUser(before.value) : isRootBase(s)) ? user : undefined;
}

const above = (s: Shipped, i: Instruction, lines: readonly string[]): SpanEdit => ({ start: i.commentStart, end: i.commentStart, text: lines.map((l) => l + eol(s.df.text)).join('') });

/** Lines in front of the describing end of the stage with its comments, or behind its last instruction. */
export function atEnd(s: Shipped, lines: readonly string[], rank: number): SpanEdit {
  const before = lastWord(s)?.instruction ?? trailing(s.stage);
  if (before) return { ...above(s, before, lines), rank };
  const last = s.stage.instructions.at(-1) ?? s.stage.from;
  const newline = eol(s.df.text);
  return { start: last.span.end, end: last.span.end, text: lines.map((l) => newline + l).join(''), rank };
}

/** A path as the Dockerfile would write it: relative below the working directory. */
function shown(folder: string, workdir: string): string {
  if (folder === workdir) return '.';
  const path = workdir !== '/' && folder.startsWith(`${workdir}/`) ? folder.slice(workdir.length + 1) : folder;
  return /^[\w./+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

export interface Block {
  readonly named: boolean;
  /** The account's name, where it is not to be the app's. */
  readonly name?: string;
  readonly user: RunAs;
  readonly folders: readonly string[];
  /** Files of the image that the app changes. */
  readonly files?: readonly string[];
  /** More of what it wrote or read as root. */
  readonly more?: Pick<WrittenPlaces, 'made' | 'run' | 'closed'>;
  readonly home: boolean;
  /** False leaves the USER line out (a step-down at start, or `user:` in compose decides). */
  readonly setUser: boolean;
  /** Group 0 may do what the owner may: a platform gives the container any number, and that group. */
  readonly byGroup?: boolean;
}

/** `app`, unless the Dockerfile has an account of that name. */
export const accountName = (s: Shipped, uid: number): string => (/\b(?:useradd|adduser|groupadd|addgroup)\b[^\n]{0,300}\bapp\b/.test(s.df.text) ? `app${uid}` : 'app');

/** Where there is no tool, or it would refuse a number that somebody has: the two lines that a tool would write. */
const byHand = (name: string, { uid, gid }: RunAs, home: string): readonly string[] =>
  [`echo '${name}:x:${gid}:' >> /etc/group`, `echo '${name}:x:${uid}:${gid}::${home.replaceAll("'", '')}:/sbin/nologin' >> /etc/passwd`];

/** Commands, each on a line of its own. */
export function makeUser(s: Shipped, user: RunAs, wish?: string): readonly string[] {
  const { uid, gid, ownerOf, groupOf, placesOf } = user;
  const home = shown(workdirOf(s), '/') === '.' ? '/' : shown(workdirOf(s), '/');
  const name = wish ?? accountName(s, uid);
  const distribution = distributionOf(s);
  if (distribution === 'shell' || (distribution === 'alpine' && (ownerOf !== undefined || groupOf !== undefined || placesOf !== undefined))) return byHand(name, user, home);
  if (distribution === 'alpine') return [`addgroup -g ${gid} ${name} && adduser -D -H -u ${uid} -G ${name} -h ${home} ${name}`];
  // Another program's group may be there already (www-data) or not.
  if (groupOf !== undefined) return [`(getent group ${gid} > /dev/null || groupadd -g ${gid} ${name}) && useradd -u ${uid} -g ${gid} -d ${home} ${name}`];
  // The owner of a folder is often 1000, and many a base has somebody of that number; whose the places are that it writes, has a name.
  const any = ownerOf === undefined && placesOf === undefined ? '' : '-o ';
  return [`groupadd ${any}-g ${gid} ${name} && useradd ${any}-u ${uid} -g ${name} -d ${home} ${name}`];
}

/** Behind the image's own USER nothing may be made or given away: root for these lines, then as it was. */
export function asRoot(s: Shipped, lines: readonly string[]): readonly string[] {
  const user = ownUser(s);
  return user && (!user.root || user.raw.includes('$')) ? ['USER root', ...lines, `USER ${user.raw}`] : lines;
}

/** Folders that a line above makes already, named as `shown` names them: made twice, a reader wonders which of the two counts. */
function madeAbove(s: Shipped, workdir: string): ReadonlySet<string> {
  const { instructions } = s.stage;
  const moved = instructions.findLastIndex((i) => i.keyword === 'WORKDIR');
  const commands = instructions.flatMap((i, at) => (i.keyword === 'RUN' && !i.json ? i.args.split(/&&|;|\n/).map((command) => ({ at, words: command.trim().split(/\s+/) })) : []));
  const paths = commands.filter(({ words }) => words[0] === 'mkdir').flatMap(({ at, words }) => words.slice(1).filter((word) => /^[\w./-]+$/.test(word) && !word.startsWith('-') && (word.startsWith('/') || at > moved)));
  return new Set(paths.map((path) => shown(tidy(path.startsWith('/') ? path : `${workdir}/${path}`), workdir)));
}

function own(paths: readonly string[], owner: string, files: readonly string[] = [], empty: readonly string[] = [], there: ReadonlySet<string> = new Set()): string {
  const made = paths.filter((p) => p !== '.' && !there.has(p)).join(' ');
  const all = [...paths, ...empty, ...files];
  return all.length > 0 ? `${made ? `mkdir -p ${made} && ` : ''}${empty.length > 0 ? `touch ${empty.join(' ')} && ` : ''}chown ${owner} ${all.join(' ')}` : '';
}

/** In /run everybody may make files and nobody touch another's, as in /tmp; what only root could read, the app's group may read, too. */
function opening({ run, closed }: Pick<WrittenPlaces, 'run' | 'closed'>, group: string, workdir: string): readonly string[] {
  const paths = closed.map(({ path }) => shown(path, workdir)).join(' ');
  // X: of a folder, to go through it. No more than that: Debian's own are the group's to write, too.
  return [...(run ? ['chmod 1777 /run'] : []), ...(paths ? [`chgrp ${group} ${paths} && chmod g=rX ${paths}`] : [])];
}

/** The same for any image, by absolute paths. */
export const givingLine = ({ folders, files, made, ...rest }: WrittenPlaces, { uid, gid }: RunAs): string =>
  [own(folders.map((f) => shown(f, '/')), `${uid}:${gid}`, files.map((f) => shown(f, '/')), made.map((f) => shown(f, '/'))), ...opening(rest, String(gid), '/')].filter(Boolean).join(' && ');

/** What root's group needs to do the owner's work in these folders. */
function opened(paths: readonly string[], files: readonly string[], empty: readonly string[] = []): string {
  const whole = paths.filter((p) => p !== '.').join(' ');
  // The folder that the code lies in is opened itself; what is in it stays root's.
  const flat = [...paths.filter((p) => p === '.'), ...empty, ...files].join(' ');
  return [...(empty.length > 0 ? [`touch ${empty.join(' ')}`] : []), ...(whole ? [`mkdir -p ${whole}`, `chgrp -R 0 ${whole}`, `chmod -R g=u ${whole}`] : []), ...(flat ? [`chgrp 0 ${flat}`, `chmod g=u ${flat}`] : [])].join(' && ');
}

/** The lines that give an image its user: the account when it has one, the folders it writes; USER stands apart. */
function blockLines(s: Shipped, block: Block, folders: readonly string[]): readonly string[] {
  const empty = emptyFolder(s, folders);
  const home = block.home ? [`ENV HOME=${block.folders.find((f) => /^[\w./+-]+$/.test(f)) ?? '/tmp'}`] : [];
  if (empty) return [...folders.map((f) => empty.copied(`${block.user.uid}:${block.user.gid}`, f)), ...home];
  const workdir = workdirOf(s);
  const name = block.name ?? accountName(s, block.user.uid);
  const [paths, files] = [folders.map((f) => shown(f, workdir)), (block.files ?? []).map((f) => shown(f, workdir))];
  const owner = block.named && block.user.groupOf === undefined ? `${name}:${name}` : `${block.user.uid}:${block.user.gid}`;
  const touched = (block.more?.made ?? []).map((f) => shown(f, workdir));
  const owned = block.byGroup ? opened(paths, files, touched) : own(paths, owner, files, touched, madeAbove(s, workdir));
  const more = block.more ? opening(block.more, block.byGroup ? '0' : owner.split(':')[1] ?? owner, workdir) : [];
  const deeds = [...(block.named ? makeUser(s, block.user, block.name) : []), ...(owned ? [owned] : []), ...more];
  const lines = deeds.map((deed, i) => `${i === 0 ? 'RUN' : '    &&'} ${deed}${i < deeds.length - 1 ? ' \\' : ''}`);
  return [...(lines.length > 0 ? asRoot(s, lines) : []), ...home];
}

/**
 * A VOLUME that stands above the block: the legacy builder throws away what a later RUN changes there (measured), so
 * such a folder is made in front of it.
 */
function volumeAbove(s: Shipped, folder: string): Instruction | undefined {
  const end = trailing(s.stage)?.span.start ?? Infinity;
  const found = imageVolumes(s).find(({ path, instruction }) => (folder === path || folder.startsWith(`${path}/`)) && instruction.stage === s.stage.index && instruction.span.start < end)?.instruction;
  if (!found) return undefined;
  const before = effectiveUser({ ...s.stage, instructions: s.stage.instructions.filter((i) => i.span.start < found.span.start) }, s.df);
  return !before || isRootUser(before.value) ? found : undefined;
}

/** The edit of the Dockerfile: the block at the end of its stage; a USER that says root there gives its place to ours. */
export function blockEdit(s: Shipped, block: Block): EditFile {
  const { uid, gid } = block.user;
  const early = block.folders.flatMap((folder) => { const at = volumeAbove(s, folder); return at ? [{ folder, at }] : []; });
  const lines = blockLines(s, block, block.folders.filter((f) => !early.some((e) => e.folder === f)));
  const said = block.setUser ? lastWord(s) : undefined;
  const all = block.setUser && !said ? [...lines, `USER ${uid}:${gid}`] : lines;
  const empty = emptyFolder(s, block.folders);
  const edits: SpanEdit[] = early.map(({ folder, at }) => ({ ...above(s, at, [empty ? empty.copied(`${uid}:${gid}`, folder) : `RUN ${block.byGroup ? opened([shown(folder, '/')], []) : own([shown(folder, '/')], `${uid}:${gid}`)}`]), rank: 50 }));
  // Programs of one image that get the same account write its line once, whatever each of them owns.
  const account = block.named && !block.setUser ? blockLines(s, { named: block.named, user: block.user, folders: [], home: block.home, setUser: false, ...(block.name === undefined ? {} : { name: block.name }) }, []) : [];
  const rest = account.length > 0 ? blockLines(s, { ...block, named: false, user: block.user, home: false }, block.folders.filter((f) => !early.some((e) => e.folder === f))) : all;
  if (account.length > 0) edits.push(atEnd(s, account, 45));
  if (rest.length > 0) edits.push(atEnd(s, rest, 50));
  if (empty && block.folders.length > 0) edits.push(atEnd(empty.from, [empty.made], 50));
  if (said) edits.push({ start: said.valueSpan.start, end: said.valueSpan.end, text: `${uid}:${gid}` });
  return editOf(s.file, edits);
}
