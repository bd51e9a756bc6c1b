import { resolve } from 'node:path';
import type { EditUndo } from '../changes/edit-file.ts';
import type { Step } from '../model/plan.ts';
import { list, text, type Text } from '../model/text.ts';
import type { Files } from '../system/system.ts';

const decode = (bytes: string): string => Buffer.from(bytes, 'base64').toString('utf8');

const wordsIn = (content: string): readonly string[] => content.match(/[\p{L}\p{N}_]+/gu) ?? [];

/** Words of one text that the other has fewer of. */
function more(of: string, than: string): readonly string[] {
  const left = new Map<string, number>();
  for (const word of wordsIn(than)) left.set(word, (left.get(word) ?? 0) + 1);
  return wordsIn(of).filter((word) => {
    const n = left.get(word) ?? 0;
    left.set(word, n - 1);
    return n <= 0;
  });
}

interface Edited {
  readonly path: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

function editOf({ number, change }: Step, undos: ReadonlyMap<number, unknown>): Edited | undefined {
  const undo = undos.get(number) as Partial<EditUndo> | undefined;
  if (change.kind !== 'edit-file' || undo?.before === undefined || undo.after === undefined) return undefined;
  const [before, after] = [decode(undo.before), decode(undo.after)];
  return { path: change.path, added: more(after, before), removed: more(before, after) };
}

const nameOf = ({ change }: Step): Text | undefined => {
  if (change.kind === 'edit-file' || change.kind === 'create-file') return text(change.path, change.path);
  if (change.kind !== 'own-mount' && change.kind !== 'set-folder') return undefined;
  const { source, type } = change.mount;
  return type === 'volume' ? text(`the volume ${source}`, `卷 ${source}`) : text(`the folder ${source}`, `文件夹 ${source}`);
};

const and = (names: readonly Text[]): Text => text(list(names.map((one) => one.en)).en, list(names.map((one) => one['zh-CN']))['zh-CN']);

/** A port that the run wrote into both files: one has it still, the other has the old one again. */
function ports(left: Edited | undefined, others: readonly (Edited | undefined)[], now: string): { readonly kept: string; readonly back: ReadonlyMap<string, string> } | undefined {
  const isPort = (word: string): boolean => /^\d{2,5}$/.test(word);
  const kept = left?.added.find((word) => isPort(word) && wordsIn(now).includes(word) && others.some((one) => one?.added.includes(word)));
  if (kept === undefined) return undefined;
  const back = new Map(others.flatMap((one) => {
    const old = one?.added.includes(kept) ? one.removed.find(isPort) : undefined;
    return one && old !== undefined ? [[one.path, old] as const] : [];
  }));
  return back.size > 0 ? { kept, back } : undefined;
}

/**
 * A file that was left as it is, because somebody edited it since, and what went back of the very fix that it is part of:
 * the two don't fit together any more, and nobody would see it before the next build.
 */
export async function apart(steps: readonly Step[], left: readonly number[], undos: ReadonlyMap<number, unknown>, root: string, files: Pick<Files, 'read'>): Promise<readonly Text[]> {
  const all: Text[] = [];
  for (const step of steps) {
    const name = left.includes(step.number) ? nameOf(step) : undefined;
    if (!name || !('path' in step.change)) continue;
    const others = steps.filter((one) => !left.includes(one.number) && undos.has(one.number) && nameOf(one) && one.because.some((id) => step.because.includes(id)));
    if (others.length === 0) continue;
    const now = (await files.read(resolve(root, step.change.path)).catch(() => Buffer.from(''))).toString('utf8');
    const found = ports(editOf(step, undos), others.map((one) => editOf(one, undos)), now);
    const valued = (one: Text, value: string | undefined): Text => (value === undefined ? one : text(`${one.en} (${value})`, `${one['zh-CN']}（${value}）`));
    // Where a port tells it, the files that have one are enough.
    const about = found ? others.filter(({ change }) => 'path' in change && found.back.has(change.path)) : others;
    const named = and([valued(name, found?.kept), ...about.map((one) => valued(nameOf(one)!, 'path' in one.change ? found?.back.get(one.change.path) : undefined))]);
    const so = found ? text('a build from these files will not answer.', '用这些文件构建出来的服务不会有响应。')
      : others.some(({ change }) => change.kind === 'own-mount') ? text('what is built from it may not be able to write there.', '用它构建出来的服务可能无法写入那里。')
      : text('look at all of them before the next build.', '下次构建之前请一并查看。');
    all.push(text(`${named.en} belong together: ${so.en}`, `${named['zh-CN']} 是配套的：${so['zh-CN']}`.replaceAll('） ', '）')));
  }
  return all;
}
