import type { SetFolder } from '../model/change.ts';
import { text } from '../model/text.ts';
import { docker, StepFailed, type Bench, type Deed } from './deed.ts';
import { imageFor } from './stand-in.ts';

export interface FolderUndo {
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
}

const AT = '/mnt';

async function helper(change: SetFolder, bench: Bench, argv: readonly string[]): Promise<void> {
  const { code, stderr } = await docker(bench).act({ deed: 'helper', image: await imageFor(change.image, bench), argv, user: '0:0', mounts: [{ ...change.mount, target: AT }] });
  if (code !== 0) throw new StepFailed(text(`The folder ${change.mount.source} could not be changed.`, `无法更改目录 ${change.mount.source}。`), [stderr.trim()]);
}

async function set(change: SetFolder, bench: Bench, { uid, gid, mode }: FolderUndo): Promise<void> {
  await helper(change, bench, ['chown', '-h', `${uid}:${gid}`, AT]);
  // Behind chown, which takes the setgid bit off.
  await helper(change, bench, ['chmod', mode.toString(8), AT]);
}

/** Owner and mode of the top of a volume, and the socket that was left in it, which its next owner could not remove. */
export const setFolder: Deed<'set-folder', FolderUndo> = {
  tell: (change) => text(`${change.mount.source} to ${change.uid}:${change.gid} ${change.mode.toString(8)}`, `${change.mount.source} 设为 ${change.uid}:${change.gid} ${change.mode.toString(8)}`),
  async prepare(change, bench) {
    const { code, stdout, stderr } = await docker(bench).ask({ kind: 'helper', image: change.image, user: '0:0', argv: ['stat', '-c', '%u %g %a', AT], mounts: [{ ...change.mount, target: AT }] });
    if (code !== 0) throw new StepFailed(text(`The folder ${change.mount.source} could not be looked at.`, `无法查看目录 ${change.mount.source}。`), [stderr.trim()]);
    const [uid = 0, gid = 0, mode = 0] = stdout.trim().split(' ').map((n, i) => parseInt(n, i === 2 ? 8 : 10));
    return { uid, gid, mode };
  },
  async run(change, _undo, bench) {
    if (change.stale) await helper(change, bench, ['rm', '-f', `${AT}/${change.stale}`]);
    await set(change, bench, change);
  },
  async revert(change, undo, bench) {
    if (change.stale) await helper(change, bench, ['rm', '-f', `${AT}/${change.stale}`]);
    await set(change, bench, undo);
    return [];
  },
  async still(change, _undo, bench) {
    const { source } = change.mount;
    const { code, stdout, stderr } = await docker(bench).ask({ kind: 'helper', image: change.image, user: '0:0', argv: ['stat', '-c', '%u:%g %a', AT], mounts: [{ ...change.mount, target: AT }] });
    if (code !== 0) return [{ held: 'cannot-tell', what: text(`${source} could not be looked at: ${stderr.trim()}`, `无法查看 ${source}：${stderr.trim()}`) }];
    const wanted = `${change.uid}:${change.gid} ${change.mode.toString(8)}`;
    return stdout.trim() === wanted ? [] : [{ held: 'drifted', what: text(`${source} is ${stdout.trim()} now; the run made it ${wanted}`, `${source} 现在是 ${stdout.trim()}，运行设的是 ${wanted}`) }];
  },
};
