import type { OwnMount } from '../model/change.ts';
import { text } from '../model/text.ts';
import { docker, StepFailed, type Bench, type Deed } from './deed.ts';
import { imageFor } from './stand-in.ts';

export interface OwnedEntry {
  readonly path: string;
  readonly gid: number;
  readonly mode: number;
}

export interface OwnUndo {
  /** Everything of uid 0 before the deed. */
  readonly entries: readonly OwnedEntry[];
  /** Entries that had the new uid already: then only what is recorded goes back. */
  readonly already: number;
}

const AT = '/mnt';
const BATCH = 200;

async function helper(change: OwnMount, bench: Bench, argv: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await docker(bench).act({ deed: 'helper', image: await imageFor(change.image, bench), argv, user: '0:0', mounts: [{ ...change.mount, target: AT }] });
  if (code !== 0) throw new StepFailed(text(`The owner of ${change.mount.source} could not be changed.`, `无法更改 ${change.mount.source} 的属主。`), stderr.split('\n').filter(Boolean).slice(-5));
  return stdout;
}

/** NUL between entries: a file name may hold anything else. */
async function listed(change: OwnMount, bench: Bench): Promise<OwnUndo> {
  const mounts = [{ ...change.mount, target: AT }];
  const { code, stdout, stderr } = await docker(bench).ask({
    kind: 'helper', image: change.image, user: '0:0', mounts,
    argv: ['find', AT, '-xdev', '(', '-uid', '0', '-o', '-uid', String(change.uid), ')', '-printf', '%U %G %m %P\\0'],
  });
  if (code !== 0) throw new StepFailed(text(`The files in ${change.mount.source} could not be listed.`, `无法列出 ${change.mount.source} 中的文件。`), [stderr]);
  const rows = stdout.split('\0').filter(Boolean).map((row) => {
    const [uid = '', gid = '', mode = '', ...path] = row.split(' ');
    return { uid: Number(uid), gid: Number(gid), mode: parseInt(mode, 8), path: path.join(' ') };
  });
  return { entries: rows.filter((r) => r.uid === 0).map(({ gid, mode, path }) => ({ gid, mode, path })), already: rows.filter((r) => r.uid === change.uid).length };
}

async function inBatches(paths: readonly string[], each: (batch: readonly string[]) => Promise<unknown>): Promise<void> {
  for (let i = 0; i < paths.length; i += BATCH) await each(paths.slice(i, i + BATCH));
}

const absolute = (path: string): string => (path ? `${AT}/${path}` : AT);

export const ownMount: Deed<'own-mount', OwnUndo> = {
  tell: (change) => text(`${change.mount.source} to ${change.uid}`, `${change.mount.source} 归 ${change.uid}`),
  prepare: listed,
  async run(change, undo, bench) {
    // -h: a link in the volume must not hand over what it points at (measured, DECISIONS.md). One file system, root's only.
    await helper(change, bench, ['find', AT, '-xdev', '-uid', '0', '-exec', 'chown', '-h', `${change.uid}:${change.gid}`, '{}', '+']);
    await restoreModes(change, undo, bench);
  },
  async revert(change, undo, bench) {
    const engine = docker(bench);
    if (change.mount.type === 'volume' && !(await engine.look.volume(change.mount.source))) {
      return [text(`The volume ${change.mount.source} is gone: there is nothing to give back.`, `卷 ${change.mount.source} 已不存在，无需归还。`)];
    }
    if (undo.already === 0) await helper(change, bench, ['find', AT, '-xdev', '-uid', String(change.uid), '-exec', 'chown', '-h', '0:0', '{}', '+']);
    else await inBatches(undo.entries.map((e) => absolute(e.path)), (batch) => helper(change, bench, ['chown', '-h', '0:0', ...batch]));
    const groups = new Set(undo.entries.map((e) => e.gid).filter((gid) => gid !== 0));
    for (const gid of groups) {
      const paths = undo.entries.filter((e) => e.gid === gid).map((e) => absolute(e.path));
      await inBatches(paths, (batch) => helper(change, bench, ['chown', '-h', `0:${gid}`, ...batch]));
    }
    await restoreModes(change, undo, bench);
    return [];
  },
  async still(change, _undo, bench) {
    const { source } = change.mount;
    const { code, stdout, stderr } = await docker(bench).ask({
      kind: 'helper', image: change.image, user: '0:0', mounts: [{ ...change.mount, target: AT }],
      argv: ['find', AT, '-xdev', '-uid', '0', '-printf', '%P\\n', '-quit'],
    });
    if (code !== 0) return [{ held: 'cannot-tell', what: text(`${source} could not be looked at: ${stderr.trim()}`, `无法查看 ${source}：${stderr.trim()}`) }];
    return stdout === '' ? [] : [{ held: 'drifted', what: text(`in ${source} something belongs to root again: ${stdout.trim() || '/'}`, `${source} 里又有属于 root 的内容：${stdout.trim() || '/'}`) }];
  },
};

/** chown clears setuid and setgid bits (measured: 4755 became 755): they are given again. */
async function restoreModes(change: OwnMount, undo: OwnUndo, bench: Bench): Promise<void> {
  for (const mode of new Set(undo.entries.map((e) => e.mode).filter((m) => (m & 0o6000) !== 0))) {
    const paths = undo.entries.filter((e) => e.mode === mode).map((e) => absolute(e.path));
    await inBatches(paths, (batch) => helper(change, bench, ['chmod', mode.toString(8), ...batch]));
  }
}
