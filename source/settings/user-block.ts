import { effectiveUser, isRootUser, lineage, type EffectiveUser, type Instruction, type Stage } from '../files/dockerfile.ts';
import { eol } from '../files/span.ts';
import type { EditFile, SpanEdit } from '../model/change.ts';
import { editOf } from './edit.ts';
import { baseOf, workdirOf, type Shipped } from './service-files.ts';
import type { RunAs } from './run-as.ts';
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

/** What the base distribution makes users with. */
export type Distribution = 'debian' | 'alpine' | 'rpm' | 'bare';
export function distributionOf(s: Shipped): Distribution {
  const base = baseOf(s);
  if (/alpine|busybox/.test(base)) return 'alpine';
  if (/fedora|centos|rockylinux|almalinux|amazonlinux|oraclelinux|redhat|\bubi\d|suse/.test(base)) return 'rpm';
  return /distroless|scratch|chainguard|cgr\.dev/.test(base) ? 'bare' : 'debian';
}

/** A path as the Dockerfile would write it: relative below the working directory. */
function shown(folder: string, workdir: string): string {
  if (folder === workdir) return '.';
  const path = workdir !== '/' && folder.startsWith(`${workdir}/`) ? folder.slice(workdir.length + 1) : folder;
  return /^[\w./+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

export interface Block {
  readonly named: boolean;
  readonly user: RunAs;
  readonly folders: readonly string[];
  /** Files of the image that the app changes. */
  readonly files?: readonly string[];
  readonly home: boolean;
  /** False leaves the USER line out (a step-down at start, or `user:` in compose decides). */
  readonly setUser: boolean;
}

/** `app`, unless the Dockerfile has an account of that name. */
const accountName = (s: Shipped, uid: number): string => (/\b(?:useradd|adduser|groupadd|addgroup)\b[^\n]{0,300}\bapp\b/.test(s.df.text) ? `app${uid}` : 'app');

function makeUser(s: Shipped, { uid, gid, ownerOf, groupOf }: RunAs): string {
  const home = shown(workdirOf(s), '/') === '.' ? '/' : shown(workdirOf(s), '/');
  const name = accountName(s, uid);
  if (distributionOf(s) === 'alpine') return `addgroup -g ${gid} ${name} && adduser -D -H -u ${uid} -G ${name} -h ${home} ${name}`;
  // Another program's group may be there already (www-data) or not.
  if (groupOf !== undefined) return `(getent group ${gid} > /dev/null || groupadd -g ${gid} ${name}) && useradd -u ${uid} -g ${gid} -d ${home} ${name}`;
  // The owner of a folder is often 1000, and many a base has somebody of that number.
  const any = ownerOf === undefined ? '' : '-o ';
  return `groupadd ${any}-g ${gid} ${name} && useradd ${any}-u ${uid} -g ${name} -d ${home} ${name}`;
}

/** Behind the image's own USER nothing may be made or given away: root for these lines, then as it was. */
export function asRoot(s: Shipped, lines: readonly string[]): readonly string[] {
  const user = ownUser(s);
  return user && (!user.root || user.raw.includes('$')) ? ['USER root', ...lines, `USER ${user.raw}`] : lines;
}

/** An image with a user of its own that has given it the folder already. */
export function givenAway(s: Shipped, folder: string): boolean {
  const user = ownUser(s);
  if (!user || user.root) return false;
  const plain = (path: string): string => path.replace(/[^\w/]/g, '\\$&');
  const mentioned = new RegExp(`\\bchown\\b[^\\n;&|]{0,500}\\s(?:\\./|${plain(workdirOf(s))}/)?${plain(shown(folder, workdirOf(s)))}/?(?![\\w./-])`);
  return lineage(s.stage, s.df).some((stage) => stage.instructions.some((i) => i.keyword === 'RUN' && mentioned.test(i.args)));
}

function own(paths: readonly string[], owner: string, files: readonly string[] = []): string {
  const made = paths.filter((p) => p !== '.').join(' ');
  return paths.length + files.length > 0 ? `${made ? `mkdir -p ${made} && ` : ''}chown ${owner} ${[...paths, ...files].join(' ')}` : '';
}

/** The lines that give an image its user: the account when it has one, the folders it writes; USER stands apart. */
function blockLines(s: Shipped, block: Block, folders: readonly string[]): readonly string[] {
  const workdir = workdirOf(s);
  const name = accountName(s, block.user.uid);
  const owned = own(folders.map((f) => shown(f, workdir)), block.named && block.user.groupOf === undefined ? `${name}:${name}` : `${block.user.uid}:${block.user.gid}`, (block.files ?? []).map((f) => shown(f, workdir)));
  const lines: string[] = [];
  if (block.named) {
    lines.push(`RUN ${makeUser(s, block.user)}${owned ? ' \\' : ''}`);
    if (owned) lines.push(`    && ${owned}`);
  } else if (owned) lines.push(`RUN ${owned}`);
  const home = block.home && !block.named ? [`ENV HOME=${block.folders.find((f) => /^[\w./+-]+$/.test(f)) ?? '/tmp'}`] : [];
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
  const edits: SpanEdit[] = early.map(({ folder, at }) => ({ ...above(s, at, [`RUN ${own([shown(folder, '/')], `${uid}:${gid}`)}`]), rank: 50 }));
  if (all.length > 0) edits.push(atEnd(s, all, 50));
  if (said) edits.push({ start: said.valueSpan.start, end: said.valueSpan.end, text: `${uid}:${gid}` });
  return editOf(s.file, edits);
}
