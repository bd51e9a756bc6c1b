import { effectiveUser, isRootUser, lineage, type Instruction } from '../files/dockerfile.ts';
import { quote } from '../files/shellwords.ts';
import { eol } from '../files/span.ts';
import type { EditFile, SpanEdit } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import { accountCalls } from './account-calls.ts';
import { distributionOf } from './distribution.ts';
import { editOf } from './edit.ts';
import { baseHas, type Kind } from './known-accounts.ts';
import type { RunAs } from './run-as.ts';
import { workdirOf, type Shipped } from './service-files.ts';
import { asRoot, atEnd, makeUser } from './user-block.ts';

/** The account that a Dockerfile names and never makes. */
export interface Lacking {
  readonly kind: Kind;
  readonly name: string;
  /** The group beside it in `USER name:group`, where the image does not have that either. */
  readonly group?: string;
  readonly user: RunAs;
  /** Folders that it is known to write to, absolute. */
  readonly folders: readonly string[];
}

const names = (s: Shipped, i: Instruction, name: string): boolean => new RegExp(`(?:^|[^\\w./-])${name.replace(/[^\w-]/g, '\\$&')}(?:[^\\w./-]|$)`).test(s.df.text.slice(i.span.start, i.span.end));

/** The first line of the image that speaks of it: a COPY --chown above USER needs it already. */
export const firstMention = (s: Shipped, name: string): Instruction | undefined =>
  lineage(s.stage, s.df).flatMap((stage) => stage.instructions).find((i) => /^(?:USER|COPY|ADD|RUN)$/.test(i.keyword) && names(s, i, name));

/** Commands that make it, in the base's own tools. */
function commands(machine: Machine, s: Shipped, { kind, name, group, user }: Lacking): readonly string[] {
  const busybox = distributionOf(s) === 'alpine';
  const newGroup = (g: string): string => (busybox ? `addgroup -g ${user.gid} ${g}` : `groupadd -g ${user.gid} ${g}`);
  if (kind === 'group') return [newGroup(name)];
  const there = (g: string): boolean => baseHas(machine, s, 'group', g) === true || accountCalls(s, busybox).some((c) => /group/.test(c.tool) && c.names.includes(g));
  // A group of that name without a user of that name: the tool would refuse to make it again.
  const home = workdirOf(s);
  const own = there(name)
    ? [busybox ? `adduser -D -H -u ${user.uid} -G ${name} -h ${home} ${name}` : `useradd -u ${user.uid} -g ${name} -d ${home} ${name}`]
    : makeUser(s, user, name);
  const other = group !== undefined && group !== name ? [busybox ? `addgroup ${group}` : `groupadd ${group}`] : [];
  return [...own, ...other];
}

/** The account above the first line that needs it, and its folders above USER. Undefined where compose names it: the end of the image then. */
export function accountEdit(machine: Machine, s: Shipped, lacking: Lacking): EditFile {
  const { name, folders } = lacking;
  const said = effectiveUser(s.stage, s.df);
  const made = commands(machine, s, lacking);
  const given = folders.length > 0 ? [`mkdir -p ${quote(folders)} && chown ${name} ${quote(folders)}`] : [];
  const run = (deeds: readonly string[]): readonly string[] => deeds.map((deed, i) => `${i === 0 ? 'RUN' : '    &&'} ${deed}${i < deeds.length - 1 ? ' \\' : ''}`);
  const first = firstMention(s, name);
  if (!first) return editOf(s.file, [atEnd(s, asRoot(s, run([...made, ...given])), 45)]);
  const lines = (deeds: readonly string[], at: Instruction): SpanEdit => {
    const stage = s.df.stages[at.stage] ?? s.stage;
    const before = effectiveUser({ ...stage, instructions: stage.instructions.filter((i) => i.span.start < at.span.start) }, s.df);
    const all = before && !isRootUser(before.value) ? ['USER root', ...run(deeds), `USER ${before.raw}`] : run(deeds);
    return { start: at.commentStart, end: at.commentStart, text: all.map((l) => l + eol(s.df.text)).join(''), rank: 45 };
  };
  const user = said && said.instruction !== first && given.length > 0 ? said.instruction : undefined;
  return editOf(s.file, user ? [lines(made, first), lines(given, user)] : [lines([...made, ...given], first)]);
}
