import { relative } from 'node:path';
import { text } from '../../model/text.ts';
import type { DockerDeed } from '../../system/deeds.ts';
import { CannotTell, type Ground } from './context.ts';
import type { Mounted } from './mounts.ts';

/** A file of a folder that is mounted from the project, with what the plan made of it. */
export interface Edited {
  /** Absolute, as it lies in the project. */
  readonly path: string;
  /** The same in a stage. */
  readonly staged: string;
}

/** Copies of what is mounted, by type and source; the services of one world share them as they share the originals. */
export type Shelf = ReadonlyMap<string, string>;

export const keyOf = (m: Pick<Mounted, 'type' | 'source'>): string => `${m.type}:${m.source}`;

interface Source {
  readonly key: string;
  /** Where it lies on the engine's machine; undefined for a volume that is not there yet. */
  readonly at?: string;
  readonly volume: string;
  readonly edits: readonly Edited[];
}

const MOST_KILOBYTES = 512 * 1024;
const SCRATCH = '/s';

/** Commas and colons part options and folders from each other. */
const escaped = (path: string): string => path.replace(/[\\,:]/g, '\\$&');

/** The top of an overlay is the upper folder's: it must be whose the original is. */
const PREPARE = 'for i in "$@"; do mkdir -p "/s/$i/u" "/s/$i/w" && chown "$(stat -c %u:%g "/l/$i")" "/s/$i/u" && chmod "$(stat -c %a "/l/$i")" "/s/$i/u" || exit 1; done';
/** A socket that somebody live listens on must not be found in a copy; what stops well takes it away itself. */
const CLEAN = 'for i in "$@"; do find "/m/$i" -xdev -type s -exec rm -f {} + || exit 1; done';
const COPY = `for i in "$@"; do kb=$(du -sk "/l/$i" | cut -f1); [ "$kb" -le ${MOST_KILOBYTES} ] || exit 9; cp -a "/l/$i/." "/m/$i/" && chown "$(stat -c %u:%g "/l/$i")" "/m/$i" && chmod "$(stat -c %a "/l/$i")" "/m/$i" || exit 1; done`;
/** Over what is there, so that its owner stays; what is new is whose it is in the stage. */
const EDIT = 'while [ $# -gt 1 ]; do t=$2; if [ -e "$t" ]; then cat "$1" > "$t"; else mkdir -p "${t%/*}" && cat "$1" > "$t" && chown "$(stat -c %u:%g "$1")" "$t"; fi && chmod "$(stat -c %a "$1")" "$t" || exit 1; shift 2; done';

type Mounts = Extract<DockerDeed, { deed: 'helper' }>['mounts'];

async function run(ground: Ground, script: string, args: readonly string[], mounts: Mounts): Promise<number> {
  const { code } = await ground.docker.act({ deed: 'helper', image: ground.shell, user: '0:0', argv: ['sh', '-c', script, 'sh', ...args], mounts });
  return code;
}

const numbers = (sources: readonly Source[]): readonly string[] => sources.map((_, i) => String(i));
const lowers = (sources: readonly Source[]): Mounts => sources.map((s, i) => ({ type: 'bind', source: s.at ?? '', target: `/l/${i}`, readOnly: true }));
const merged = (sources: readonly Source[]): Mounts => sources.map((s, i) => ({ type: 'volume', source: s.volume, target: `/m/${i}` }));

/** Copy on write over each source (measured: a chown of 200 MB costs 32 KB with `metacopy`). False where the engine can't. */
async function overlaid(ground: Ground, sources: readonly Source[], upper: string, more: string): Promise<boolean> {
  const { docker, labels } = ground;
  for (const [i, s] of sources.entries()) {
    const options = { type: 'overlay', device: 'overlay', o: `lowerdir=${escaped(s.at ?? '')},upperdir=${escaped(upper)}/${i}/u,workdir=${escaped(upper)}/${i}/w${more}` };
    await docker.act({ deed: 'make-volume', name: s.volume, labels, options });
  }
  const works = await run(ground, CLEAN, numbers(sources), merged(sources)).then((code) => code === 0, () => false);
  if (!works) for (const s of sources) await docker.act({ deed: 'remove-volume', name: s.volume }).catch(() => undefined);
  return works;
}

async function copiedWhole(ground: Ground, sources: readonly Source[]): Promise<void> {
  for (const s of sources) await ground.docker.act({ deed: 'make-volume', name: s.volume, labels: ground.labels });
  const code = await run(ground, COPY, numbers(sources), [...lowers(sources), ...merged(sources)]);
  if (code === 9) throw new CannotTell(text('A volume is larger than 512 MB, and this engine can only copy it whole.', '有一个卷超过 512 MB，而这个引擎只能整个复制。'));
  if (code !== 0 || (await run(ground, CLEAN, numbers(sources), merged(sources))) !== 0) throw new CannotTell(text('A volume could not be copied.', '有一个卷无法复制。'));
}

/** Volumes that nobody has yet: empty, and whose the folder is that they stand for. What the image has there comes into them. */
export async function freshVolumes(ground: Ground, world: string, wanted: readonly { readonly key: string; readonly uid?: number; readonly gid?: number }[]): Promise<Shelf> {
  const made = wanted.map((w, i) => ({ ...w, volume: `harden-tui-rehearsal-${ground.id}-${world}-new-${i}` }));
  for (const { volume, uid = 0, gid = 0 } of made) {
    await ground.docker.act({ deed: 'make-volume', name: volume, labels: ground.labels });
    if (uid + gid > 0) await run(ground, 'chown "$1" /m/0', [`${uid}:${gid}`], [{ type: 'volume', source: volume, target: '/m/0' }]);
  }
  return new Map(made.map((m) => [m.key, m.volume]));
}

/** A copy of every volume and folder of one world. What is written there goes to the copy; the originals are only read. */
export async function shelf(ground: Ground, world: string, mounts: readonly Mounted[], edits: readonly Edited[], stage: string | undefined): Promise<Shelf> {
  const { docker, system, id, labels } = ground;
  const prefix = `harden-tui-rehearsal-${id}-${world}`;
  const keys = [...new Map(mounts.filter((m) => m.type !== 'tmpfs' && m.source !== '').map((m) => [keyOf(m), m])).values()];
  const sources = await Promise.all(keys.map(async (m, i): Promise<Source> => {
    const at = m.type === 'volume' ? (await docker.look.volume(m.source))?.Mountpoint : (await system.files.stat(m.source).catch(() => ({}))) ? m.source : undefined;
    return { key: keyOf(m), volume: `${prefix}-${i}`, ...(at ? { at } : {}), edits: m.type === 'bind' ? edits.filter((e) => e.path.startsWith(`${m.source}/`)) : [] };
  }));
  // The engine would make a folder that a bind names and that is not there: in the copy it is an empty volume.
  const there = sources.filter((s) => s.at);
  for (const s of sources) if (!s.at) await docker.act({ deed: 'make-volume', name: s.volume, labels });
  if (there.length > 0) {
    const scratch = `${prefix}-scratch`;
    await docker.act({ deed: 'make-volume', name: scratch, labels });
    const upper = (await docker.look.volume(scratch))?.Mountpoint;
    const ready = upper !== undefined && (await run(ground, PREPARE, numbers(there), [{ type: 'volume', source: scratch, target: SCRATCH }, ...lowers(there)])) === 0;
    if (!ready || !upper || !((await overlaid(ground, there, upper, ',metacopy=on')) || (await overlaid(ground, there, upper, '')))) await copiedWhole(ground, there);
    const written = there.flatMap((s, i) => s.edits.map((e) => ({ at: `/m/${i}${e.path.slice((s.at ?? '').length)}`, from: stage ? `/stage/${relative(stage, e.staged)}` : '' })));
    if (written.length > 0 && stage) {
      const code = await run(ground, EDIT, written.flatMap((w) => [w.from, w.at]), [{ type: 'bind', source: stage, target: '/stage', readOnly: true }, ...merged(there)]);
      if (code !== 0) throw new CannotTell(text('The planned files could not be put into the copy of a folder.', '无法把方案里的文件放进目录的副本。'));
    }
  }
  return new Map(sources.map((s) => [s.key, s.volume]));
}
