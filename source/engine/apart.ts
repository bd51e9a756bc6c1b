import { resolve } from 'node:path';
import type { Plan, Step } from '../model/plan.ts';
import { list, text, type Text } from '../model/text.ts';
import type { Files } from '../system/system.ts';

const names = (content: string, port: number): boolean => new RegExp(`(?<!\\d)${port}(?!\\d)`).test(content);

/** What the run wrote into a file names that port. */
const wrote = ({ change }: Step, port: number): boolean => change.kind === 'edit-file' && change.edits.some((e) => names(e.text, port));

const nameOf = ({ change }: Step): Text | undefined => {
  if (change.kind === 'edit-file' || change.kind === 'create-file') return text(change.path, change.path);
  if (change.kind !== 'own-mount' && change.kind !== 'set-folder') return undefined;
  const { source, type } = change.mount;
  return type === 'volume' ? text(`the volume ${source}`, `卷 ${source}`) : text(`the folder ${source}`, `目录 ${source}`);
};

const and = (names: readonly Text[]): Text => text(list(names.map((one) => one.en)).en, list(names.map((one) => one['zh-CN']))['zh-CN']);

/**
 * A file that was left as it is, because somebody edited it since, and what went back of the very fix that it is part of:
 * the two don't fit together any more, and nobody would see it before the next build.
 */
export async function apart(steps: readonly Step[], left: readonly number[], undos: ReadonlyMap<number, unknown>, { root, ties = [] }: Pick<Plan, 'root' | 'ties'>, files: Pick<Files, 'read'>): Promise<readonly Text[]> {
  const all: Text[] = [];
  for (const step of steps) {
    const name = left.includes(step.number) ? nameOf(step) : undefined;
    if (!name || !('path' in step.change)) continue;
    const others = steps.filter((one) => !left.includes(one.number) && undos.has(one.number) && nameOf(one) && one.because.some((id) => step.because.includes(id)));
    if (others.length === 0) continue;
    const now = (await files.read(resolve(root, step.change.path)).catch(() => Buffer.from(''))).toString('utf8');
    // A port that the fix moved: this file has it still, the others have the old one again.
    const moved = ties.filter((t) => step.because.includes(t.finding)).flatMap((t) => t.moves ?? []).find(({ to }) => wrote(step, to) && names(now, to));
    const alike = moved ? others.filter((one) => wrote(one, moved.to)) : [];
    const found = moved && alike.length > 0 ? moved : undefined;
    const valued = (one: Text, value: number | undefined): Text => (value === undefined ? one : text(`${one.en} (${value})`, `${one['zh-CN']}（${value}）`));
    // Where a port tells it, the files that have one are enough.
    const named = and([valued(name, found?.to), ...(found ? alike : others).map((one) => valued(nameOf(one)!, found?.from))]);
    const so = found ? text('a build from these files will not answer.', '用这些文件构建出来的服务不会有响应。')
      : others.some(({ change }) => change.kind === 'own-mount') ? text('what is built from it may not be able to write there.', '用它构建出来的服务可能无法写入那里。')
      : text('look at all of them before the next build.', '下次构建之前请一并查看。');
    all.push(text(`${named.en} belong together: ${so.en}`, `${named['zh-CN']} 是配套的：${so['zh-CN']}`.replaceAll('） ', '）')));
  }
  return all;
}
