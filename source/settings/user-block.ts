import { effectiveUser, isRootUser, type EffectiveUser, type Instruction, type Stage } from '../files/dockerfile.ts';
import { eol } from '../files/span.ts';
import type { EditFile, SpanEdit } from '../model/change.ts';
import { editOf } from './edit.ts';
import { baseOf, tidy, workdirOf, type Shipped } from './service-files.ts';
import type { RunAs } from './run-as.ts';
import { isRootBase, ownUser } from './user.ts';

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
  if (!user || user.unresolved || user.instruction !== deeds.at(-1) || !isRootUser(user.value)) return undefined;
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
export type Distribution = 'debian' | 'alpine' | 'bare';
export function distributionOf(s: Shipped): Distribution {
  const base = baseOf(s);
  if (/alpine|busybox/.test(base)) return 'alpine';
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
  readonly home: boolean;
  /** False leaves the USER line out (a step-down at start, or `user:` in compose decides). */
  readonly setUser: boolean;
}

function makeUser(s: Shipped, { uid, gid }: RunAs): string {
  const home = workdirOf(s);
  return distributionOf(s) === 'alpine'
    ? `addgroup -g ${gid} app && adduser -D -H -u ${uid} -G app -h ${home} app`
    : `groupadd -g ${gid} app && useradd -u ${uid} -g app -d ${home} app`;
}

/** The lines that give an image its user: the account when it has one, the folders it writes, USER by number. */
export function blockLines(s: Shipped, block: Block): readonly string[] {
  const workdir = workdirOf(s);
  const paths = block.folders.map((f) => shown(f, workdir)).join(' ');
  const made = paths && paths !== '.' ? `mkdir -p ${paths} && ` : '';
  const owner = block.named ? 'app:app' : `${block.user.uid}:${block.user.gid}`;
  const own = paths ? `${made}chown ${owner} ${paths}` : '';
  const lines: string[] = [];
  if (block.named) {
    lines.push(`RUN ${makeUser(s, block.user)}${own ? ' \\' : ''}`);
    if (own) lines.push(`    && ${own}`);
  } else if (own) lines.push(`RUN ${own}`);
  if (block.home && !block.named) lines.push(`ENV HOME=${block.folders[0] ?? '/tmp'}`);
  if (block.setUser) lines.push(`USER ${block.user.uid}:${block.user.gid}`);
  return lines;
}

/** The edit of the Dockerfile: the block at the end of its stage; a USER that says root in that end goes. */
export function blockEdit(s: Shipped, block: Block): EditFile {
  const lines = blockLines(s, block);
  const edits: SpanEdit[] = lines.length > 0 ? [atEnd(s, lines, 50)] : [];
  const user = effectiveUser(s.stage, s.df);
  const last = s.stage.instructions.filter((i) => i.keyword !== 'USER').at(-1);
  // `USER root` as the last word of the stage would take back ours.
  if (block.setUser && user && user.stage === s.stage.index && last && user.span.start > (trailing(s.stage)?.span.start ?? last.span.end)) {
    edits.push({ start: user.valueSpan.start, end: user.valueSpan.end, text: `${block.user.uid}:${block.user.gid}` });
  }
  return editOf(s.file, edits);
}
