import type { OwnMount } from '../model/change.ts';
import { text } from '../model/text.ts';
import { docker, StepFailed, type Bench, type Deed } from './deed.ts';
import { imageFor } from './stand-in.ts';

export interface OwnedEntry {
  readonly path: string;
  /** Whose it was; root's where nothing is said. */
  readonly uid?: number;
  readonly gid: number;
  readonly mode: number;
}

export interface OwnUndo {
  /** Everything of uid 0, and of who goes along, before the deed. */
  readonly entries: readonly OwnedEntry[];
  /** Entries that had the new uid already: then only what is recorded goes back. */
  readonly already: number;
}

const AT = '/mnt';
const BATCH = 200;

async function helper(change: OwnMount, bench: Bench, argv: readonly string[], mayMiss = false): Promise<string> {
  const { code, stdout, stderr } = await docker(bench).act({ deed: 'helper', image: await imageFor(change.image, bench), argv, user: '0:0', mounts: [{ ...change.mount, target: AT }] });
  const said = stderr.split('\n').filter(Boolean);
  if (code !== 0 && !(mayMiss && said.length > 0 && said.every((line) => /No such file or directory/.test(line)))) {
    throw new StepFailed(text(`The owner of ${change.mount.source} could not be changed.`, `无法更改 ${change.mount.source} 的属主。`), said.slice(-5));
  }
  return stdout;
}

/** Whose entries change hands. */
const from = ({ also }: OwnMount): readonly number[] => [0, ...(also === undefined ? [] : [also])];
const ofOneOf = (uids: readonly number[]): readonly string[] => (uids.length === 1 ? ['-uid', String(uids[0])] : ['(', ...uids.flatMap((uid, i) => [...(i > 0 ? ['-o'] : []), '-uid', String(uid)]), ')']);

/** NUL between entries: a file name may hold anything else. */
async function listed(change: OwnMount, bench: Bench): Promise<OwnUndo> {
  const mounts = [{ ...change.mount, target: AT }];
  const { code, stdout, stderr } = await docker(bench).ask({
    kind: 'helper', image: change.image, user: '0:0', mounts,
    argv: ['find', AT, '-xdev', ...ofOneOf([...from(change), change.uid]), '-printf', '%U %G %m %P\\0'],
  });
  if (code !== 0) throw new StepFailed(text(`The files in ${change.mount.source} could not be listed.`, `无法列出 ${change.mount.source} 中的文件。`), [stderr]);
  const rows = stdout.split('\0').filter(Boolean).map((row) => {
    const [uid = '', gid = '', mode = '', ...path] = row.split(' ');
    return { uid: Number(uid), gid: Number(gid), mode: parseInt(mode, 8), path: path.join(' ') };
  });
  const entries = rows.filter((r) => from(change).includes(r.uid)).map(({ uid, ...rest }): OwnedEntry => (uid === 0 ? rest : { uid, ...rest }));
  return { entries, already: rows.filter((r) => r.uid === change.uid).length };
}

async function inBatches(paths: readonly string[], each: (batch: readonly string[]) => Promise<unknown>): Promise<void> {
  for (let i = 0; i < paths.length; i += BATCH) await each(paths.slice(i, i + BATCH));
}

const absolute = (path: string): string => (path ? `${AT}/${path}` : AT);

/** What the app has removed or replaced since is not missed; what is somebody else's by now stays theirs. */
const entriesOnly = (change: OwnMount, paths: readonly string[], does: readonly string[]): readonly string[] => ['find', ...paths, '-maxdepth', '0', '-uid', String(change.uid), '-exec', ...does, '{}', '+'];

export const ownMount: Deed<'own-mount', OwnUndo> = {
  tell: (change) => text(`${change.mount.source} to ${change.uid}`, `${change.mount.source} 归 ${change.uid}`),
  prepare: listed,
  async run(change, undo, bench) {
    // -h: a link in the volume must not hand over what it points at (measured, DECISIONS.md). One file system, theirs only.
    await helper(change, bench, ['find', AT, '-xdev', ...ofOneOf(from(change)), '-exec', 'chown', '-h', `${change.uid}:${change.gid}`, '{}', '+']);
    await restoreModes(change, undo, bench);
  },
  async revert(change, undo, bench) {
    const engine = docker(bench);
    if (change.mount.type === 'volume' && !(await engine.look.volume(change.mount.source))) {
      return [text(`The volume ${change.mount.source} is gone: there is nothing to give back.`, `卷 ${change.mount.source} 已不存在，无需归还。`)];
    }
    const ownerOf = ({ uid = 0, gid }: OwnedEntry): string => `${uid}:${gid}`;
    // One by one what was not plainly root's. What came since goes with the rest, where nothing was the new user's before.
    for (const owner of new Set(undo.entries.map(ownerOf).filter((o) => o !== '0:0' || undo.already > 0))) {
      const paths = undo.entries.filter((e) => ownerOf(e) === owner).map((e) => absolute(e.path));
      await inBatches(paths, (batch) => helper(change, bench, entriesOnly(change, batch, ['chown', '-h', owner]), true));
    }
    if (undo.already === 0) await helper(change, bench, ['find', AT, '-xdev', '-uid', String(change.uid), '-exec', 'chown', '-h', '0:0', '{}', '+']);
    await restoreModes(change, undo, bench);
    return [];
  },
  async still(change, _undo, bench) {
    const { source } = change.mount;
    const { code, stdout, stderr } = await docker(bench).ask({
      kind: 'helper', image: change.image, user: '0:0', mounts: [{ ...change.mount, target: AT }],
      argv: ['find', AT, '-xdev', ...ofOneOf(from(change)), '-printf', '%P\\n', '-quit'],
    });
    if (code !== 0) return [{ held: 'cannot-tell', what: text(`${source} could not be looked at: ${stderr.trim()}`, `无法查看 ${source}：${stderr.trim()}`) }];
    const who = change.also === undefined ? text('root', ' root ') : text(`root or ${change.also}`, ` root 或 ${change.also} `);
    return stdout === '' ? [] : [{ held: 'drifted', what: text(`in ${source} something belongs to ${who.en} again: ${stdout.trim() || '/'}`, `${source} 里又有属于${who['zh-CN']}的内容：${stdout.trim() || '/'}`) }];
  },
};

/** chown clears setuid and setgid bits (measured: 4755 became 755): they are given again. */
async function restoreModes(change: OwnMount, undo: OwnUndo, bench: Bench): Promise<void> {
  for (const mode of new Set(undo.entries.map((e) => e.mode).filter((m) => (m & 0o6000) !== 0))) {
    const paths = undo.entries.filter((e) => e.mode === mode).map((e) => absolute(e.path));
    // Never of what a link points at, and nothing that is gone.
    await inBatches(paths, (batch) => helper(change, bench, ['find', ...batch, '-maxdepth', '0', '!', '-type', 'l', '-exec', 'chmod', mode.toString(8), '{}', '+'], true));
  }
}
