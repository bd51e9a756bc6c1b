import { randomBytes } from 'node:crypto';
import type { FillVolume } from '../model/change.ts';
import { Stop } from '../model/errors.ts';
import { text } from '../model/text.ts';
import { REHEARSED } from '../system/deeds.ts';
import { docker, staying, StepFailed, type Bench, type Deed } from './deed.ts';

export interface FillUndo {
  /** The volume was not there: all that is in it came from the container, or was written since. */
  readonly made: true;
}

/** Disposable, and called after our process, so that a crash leaves it to `history --clean`. */
const tagFor = (bench: Bench): string => `${REHEARSED}:${randomBytes(4).toString('hex')}-${String(bench.system.processes.self)}-fill`;

/**
 * The engine itself fills an empty volume with what an image has where it is mounted, owners and modes with it: so the
 * stopped container becomes an image for that moment, and nothing in it is read or run by us.
 */
async function filled(change: FillVolume, bench: Bench): Promise<void> {
  const engine = docker(bench);
  const image = tagFor(bench);
  try {
    await engine.act({ deed: 'commit', container: change.container, tag: image });
    const { code, stderr } = await engine.act({ deed: 'helper', image, user: '0:0', argv: ['true'], mounts: [{ type: 'volume', source: change.volume, target: change.path, filled: true }] });
    if (code !== 0) throw new StepFailed(text(`What ${change.service} keeps in ${change.path} could not be put into the volume.`, `无法把 ${change.service} 在 ${change.path} 里的内容放进卷中。`), stderr.trim().split('\n').slice(-5));
  } finally {
    await engine.act({ deed: 'untag', tag: image }).catch(() => undefined);
  }
}

export const fillVolume: Deed<'fill-volume', FillUndo> = {
  tell: (change) => text(`${change.path} of ${change.service} into ${change.volume}`, `${change.service} 的 ${change.path} 放进 ${change.volume}`),
  async prepare(change, bench) {
    if (await docker(bench).look.volume(change.volume)) {
      // Seen on paper already, before anything is begun.
      throw new Stop(text(`There is a volume ${change.volume} already: what lies in it is not mixed with what ${change.service} keeps in ${change.path}. Remove or rename it first.`, `已经有名为 ${change.volume} 的卷：不会把其中的内容与 ${change.service} 在 ${change.path} 里的内容混在一起。请先删除或改名。`));
    }
    return { made: true };
  },
  async run(change, _undo, bench) {
    await docker(bench).act({ deed: 'make-volume', name: change.volume, labels: change.labels });
    await filled(change, bench);
  },
  revert: async () => [],
  // Somebody's data: it is never thrown away with the fix.
  async settle(change, _undo, bench) {
    if (!(await docker(bench).look.volume(change.volume))) return [];
    return [{ ...staying(
      text(`volume ${change.volume}`, `卷 ${change.volume}`),
      text(`The volume ${change.volume} stays: it holds what ${change.service} kept in ${change.path}, and what it wrote there since. Without the fix ${change.service} does not see it.`, `卷 ${change.volume} 会保留：里面是 ${change.service} 原来存在 ${change.path} 的内容，以及之后写入的内容。没有这个修复，${change.service} 看不到它。`),
    ), done: true }];
  },
  async still(change, _undo, bench) {
    return (await docker(bench).look.volume(change.volume)) ? [] : [{ held: 'drifted', what: text(`the volume ${change.volume} is gone`, `卷 ${change.volume} 已不存在`) }];
  },
};
