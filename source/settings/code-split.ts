import { effectiveUser, insertAfter, isRootUser, lineage, removeInstruction, type Instruction } from '../files/dockerfile.ts';
import type { Word } from '../files/shellwords.ts';
import type { SpanEdit } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import { refuse, type Refusal } from '../model/risk.ts';
import type { Service } from '../model/service.ts';
import { text } from '../model/text.ts';
import { accountCalls } from './account-calls.ts';
import type { CodeOwner, Gift } from './code-owner.ts';
import { distributionOf } from './distribution.ts';
import { commandsOf, callOf } from './run-words.ts';
import { tidy, workdirOf, type Shipped } from './service-files.ts';
import { isSeen, isRootBase } from './user.ts';
import { asRoot, atEnd } from './user-block.ts';
import { writtenPlaces } from './written-places.ts';

const under = (path: string, folder: string): boolean => path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`);
const PLAIN = /^[\w./+@-]+$/;

/** Folders that the Dockerfile makes below its code: nobody makes a folder in an image but to write in it. */
function madeIn(image: Shipped): readonly string[] {
  const workdir = workdirOf(image);
  return lineage(image.stage, image.df).flatMap((s) => s.instructions).filter((i) => i.keyword === 'RUN').flatMap(commandsOf).flatMap((words) => callOf(words, /^mkdir$/)?.slice(1) ?? [])
    .map((w) => w.value).filter((v) => !v.startsWith('-') && PLAIN.test(v)).map((v) => tidy(v.startsWith('/') ? v : `${workdir}/${v}`));
}

/** Folders below the code that stay the app's: seen being written, made for it, or a volume's. */
function state(machine: Machine, services: readonly Service[], owner: CodeOwner): readonly string[] | Refusal {
  const places = writtenPlaces(machine, services);
  const below = [...places.folders, ...places.files.map((f) => f.replace(/\/[^/]*$/, '')), ...madeIn(owner.image)];
  const inside = (f: string): boolean => owner.code.some((c) => under(f, c)) || owner.gifts.some((g) => g.kind === 'chown' && under(f, g.folder));
  const mine = [...new Set(below.filter(inside))].sort();
  const among = [...places.folders, ...places.files.map((f) => f.replace(/\/[^/]*$/, ''))].find((f) => owner.code.includes(f));
  if (among !== undefined) return refuse(text(`the app writes right among its code, in ${among}: that must move to a folder of its own first`, `应用直接写在代码所在的 ${among} 里：要先把这些挪到单独的目录`));
  // The folder above has those below it.
  return mine.filter((f) => !owner.code.includes(f) && !mine.some((o) => o !== f && under(f, o) && !owner.code.includes(o)));
}

/** A folder that is somebody's home is theirs as a whole: they could rename what lies in it. One that was given back to root is not. */
function inHome({ image, code, roots }: CodeOwner): string | undefined {
  const homes = accountCalls(image, distributionOf(image) === 'alpine').flatMap((c) => [c.flags.get('-d'), c.flags.get('--home-dir'), c.flags.get('--home'), c.flags.get('-h')]).filter((h) => h !== undefined && h.startsWith('/') && !roots.includes(tidy(h)));
  return code.find((c) => c.startsWith('/home/') || homes.some((h) => h !== undefined && h !== '/' && under(c, h)));
}

const userAt = (s: Shipped, i: Instruction): boolean => {
  const before = effectiveUser({ ...s.stage, instructions: s.stage.instructions.filter((o) => o.span.start < i.span.start) }, s.df);
  return before ? isRootUser(before.value) : isRootBase(s);
};

/** A RUN behind the code that is not root's: it would write where it may no more, and the build would end. */
const buildsAsUser = ({ image, gifts }: CodeOwner): Instruction | undefined =>
  image.stage.instructions.find((i) => i.keyword === 'RUN' && i.span.start > gifts[0].instruction.span.start && !userAt(image, i));

const withoutFlag = (image: Shipped, gift: Extract<Gift, { kind: 'copy' }>): SpanEdit | undefined => {
  const flag = gift.copy.instruction.flags.find((f) => f.name === 'chown');
  if (!flag) return undefined;
  const blanks = /^[ \t]*/.exec(image.file.text.slice(flag.span.end))?.[0].length ?? 0;
  return { start: flag.span.start, end: flag.span.end + blanks, text: '' };
};

/** One command of a chain, with the sign that ties it to the one before it (or behind it). */
function withoutCommand(image: Shipped, i: Instruction, command: readonly Word[]): SpanEdit {
  const all = commandsOf(i);
  const at = all.findIndex((c) => c[0]?.start === command[0]?.start);
  const [first, last] = [command[0], command.at(-1)];
  const [before, behind] = [all[at - 1]?.at(-1), all[at + 1]?.[0]];
  if (before && last) return { start: before.end, end: last.end, text: '' };
  return behind && first ? { start: first.start, end: behind.start, text: '' } : removeInstruction(image.df, i);
}

/** `chown -R app:app /app` for the folders that are written, or not at all. */
function narrowed(image: Shipped, gift: Extract<Gift, { kind: 'chown' }>, folders: readonly string[]): SpanEdit[] {
  const mine = folders.filter((f) => under(f, gift.folder));
  const paths = gift.command.filter((w) => !w.value.startsWith('-')).slice(2);
  if (mine.length === 0) {
    if (paths.length <= 1) return [withoutCommand(image, gift.instruction, gift.command)];
    const blanks = /[ \t]*$/.exec(image.file.text.slice(0, gift.word.start))?.[0].length ?? 0;
    return [{ start: gift.word.start - blanks, end: gift.word.end, text: '' }];
  }
  const start = gift.command[0]?.start ?? gift.word.start;
  return [{ start, end: start, text: `mkdir -p ${mine.join(' ')} && ` }, { start: gift.word.start, end: gift.word.end, text: mine.join(' ') }];
}

export interface Split {
  readonly edits: readonly SpanEdit[];
  readonly state: readonly string[];
}

/** The code becomes root's; what is written below it stays the app's. */
export function splitOwner(machine: Machine, services: readonly Service[], owner: CodeOwner): Split | Refusal {
  const { image, gifts } = owner;
  const unseen = services.find((s) => !isSeen(machine, s));
  if (unseen) return refuse(text(`${unseen.name} does not run: what it writes among its code was not seen`, `${unseen.name} 没有在运行：没有看到它在代码目录里写什么`));
  const foreign = gifts.find((g) => g.instruction.stage !== image.stage.index);
  if (foreign) return refuse(text('it is said in an earlier stage, which others may build on', '写在前面的构建阶段里，其他阶段可能也在用'));
  const home = inHome(owner);
  if (home !== undefined) return refuse(text(`${home} is the home of its user, who may rename whatever lies there: the code has to move out of it first`, `${home} 是该用户的主目录，里面的东西它都能改名替换：要先把代码移出去`));
  const build = buildsAsUser(owner);
  if (build) return refuse(text(`line ${build.line} of ${image.file.path} builds as that user among the code: it would have to run before USER`, `${image.file.path} 第 ${build.line} 行以该用户身份在代码目录里构建：要先移到 USER 之前`));
  const folders = state(machine, services, owner);
  if ('refused' in folders) return folders;
  const odd = folders.find((f) => !PLAIN.test(f));
  if (odd !== undefined) return refuse(text(`${odd} can't be written into a Dockerfile by itself`, `${odd} 无法直接写进 Dockerfile`));
  const chowned = gifts.filter((g) => g.kind === 'chown');
  const edits = [...gifts.flatMap((g) => (g.kind === 'copy' ? (withoutFlag(image, g) ?? []) : narrowed(image, g, folders)))];
  const open = folders.filter((f) => !chowned.some((g) => under(f, g.folder)));
  const group = gifts.flatMap((g) => (g.kind === 'copy' ? (g.copy.chown ?? []) : [g.owner]))[0] ?? owner.user;
  return { edits: open.length > 0 ? [...edits, given(image, `RUN mkdir -p ${open.join(' ')} && chown -R ${group} ${open.join(' ')}`, gifts.at(-1)?.instruction)] : edits, state: folders };
}

/** Behind the last COPY where it is still root's turn, else at the end, as root for that one line. */
function given(image: Shipped, line: string, last: Instruction | undefined): SpanEdit {
  if (last && userAt(image, last)) return { ...insertAfter(image.df, last, [line]), rank: 40 };
  return atEnd(image, asRoot(image, [line]), 40);
}
