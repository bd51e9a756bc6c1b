import { resolve } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { applyEdits } from '../files/span.ts';
import { hashOf } from '../inspect/files.ts';
import { Stop } from '../model/errors.ts';
import { generatedIn } from '../model/generated.ts';
import { same, text } from '../model/text.ts';
import { checked } from './checked.ts';
import { dropHalves } from './halves.ts';
import { staying, type Deed } from './deed.ts';
import { fileNow, otherMode, written } from './as-left.ts';
import { stillIn, threeWay } from './three-way.ts';

export interface EditUndo {
  /** The bytes as they were, base64: not every file is UTF-8. */
  readonly before: string;
  readonly after: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

const decode = (bytes: string): Buffer => Buffer.from(bytes, 'base64');

/** Inserts at one offset in the order of their rank; everything else as the spans say. */
export function edited(before: string, edits: readonly { start: number; end: number; text: string; rank?: number }[]): string {
  const ordered = [...edits].sort((a, b) => (a.rank ?? 30) - (b.rank ?? 30));
  return applyEdits(before, ordered);
}

export const editFile: Deed<'edit-file', EditUndo> = {
  tell: (change) => same(change.path),
  async prepare(change, { system, root, fill }) {
    const at = resolve(root, change.path);
    const stat = await system.files.stat(await system.files.realpath(at));
    const bytes = await system.files.read(at);
    if (hashOf(bytes) !== change.hash || !stat) {
      throw new Stop(text(`${change.path} was changed since it was read, so it was not overwritten.`, `${change.path} 在读取之后被改过，因此没有覆盖。`), [text('Run harden-tui again: it will plan with the new text.', '重新运行 harden-tui，它会按新内容重新规划。')]);
    }
    const before = bytes.toString('utf8');
    if (!Buffer.from(before, 'utf8').equals(bytes)) {
      throw new Stop(text(`${change.path} is not UTF-8 text and can't be edited safely.`, `${change.path} 不是 UTF-8 文本，无法安全编辑。`), [text('Convert it to UTF-8, or make this change by hand.', '请转换为 UTF-8，或手动修改。')]);
    }
    const edits = fill ? change.edits.map((e) => ({ ...e, text: fill(e.text) })) : change.edits;
    const after = Buffer.from(edited(before, edits), 'utf8');
    return { before: bytes.toString('base64'), after: after.toString('base64'), mode: stat.mode, uid: stat.uid, gid: stat.gid };
  },
  async run(change, undo, { system, root }) {
    await checked(system, root, change.path, decode(undo.before).toString('utf8'), decode(undo.after).toString('utf8'));
    await system.files.write(resolve(root, change.path), decode(undo.after), change.mode === undefined ? undefined : { mode: change.mode });
  },
  async revert(change, undo, { system, root, stayed }) {
    const at = resolve(root, change.path);
    await dropHalves(system.files, await system.files.realpath(at).catch(() => at));
    const now = await system.files.read(at).catch(() => undefined);
    const before = decode(undo.before);
    if (now?.equals(before) && change.mode === undefined) return [];
    if (!now || now.equals(decode(undo.after)) || now.equals(before)) {
      await system.files.write(at, before, { mode: undo.mode, uid: undo.uid, gid: undo.gid });
      return [];
    }
    const merged = threeWay(decode(undo.after).toString('utf8'), before.toString('utf8'), now.toString('utf8'));
    if (merged === undefined) {
      stayed?.push({ path: change.path, text: now.toString('utf8') });
      // A password that was made for this file is in the journal and not for the screen.
      const wanted = change.edits.some((e) => generatedIn(e.text).length > 0) ? '…' : (createTwoFilesPatch(change.path, change.path, decode(undo.after).toString('utf8'), before.toString('utf8'), '', '', { timeout: 5000 }) ?? '').replace(/^Index: .*\n=+\n/, '').trimEnd();
      return [staying(same(change.path), text(`${change.path} was edited since, on the same lines. It is left as it is; this is what undo wanted to change:\n${wanted}`, `${change.path} 之后被改过，而且是同样的行。文件保持原样；撤销原本要改的是：\n${wanted}`))];
    }
    await system.files.write(at, Buffer.from(merged, 'utf8'));
    return [{ ...text(`${change.path} was edited since. Your edit and the undo do not touch each other: both are kept.`, `${change.path} 之后被改过。你的修改与撤销互不影响：两者都保留。`), told: true }];
  },
  async still({ path, mode }, undo, { system, root }) {
    const now = await fileNow(system.files, root, path);
    if (!('bytes' in now)) return [now];
    const [before, after] = [decode(undo.before), decode(undo.after)];
    if (now.bytes.equals(after)) return otherMode(path, now.stat, mode);
    const at = { file: path, ...written(now.stat) };
    if (now.bytes.equals(before)) return [{ held: 'drifted', what: text(`${path} is again as it was before the run`, `${path} 又变回了运行之前的样子`), ...at }];
    const [old, ours, theirs] = [before, after, now.bytes].map((bytes) => bytes.toString('utf8'));
    return stillIn(old ?? '', ours ?? '', theirs ?? '')
      ? [{ held: 'holds', what: text(`${path} was edited since, on other lines than the run's`, `${path} 之后被改过，但没有动运行改的那几行`), ...at }]
      : [{ held: 'drifted', what: text(`${path} was edited since, on the very lines of the run`, `${path} 之后被改过，而且正是运行改的那几行`), ...at }];
  },
};
