import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stop } from '../model/errors.ts';
import { text, type Text } from '../model/text.ts';
import { BY, KEEP, LABEL, REHEARSED, type DockerDeed } from '../system/deeds.ts';
import type { Ours, System } from '../system/system.ts';
import { demosLeft } from './demos-left.ts';
import { history, putAside, readRun } from './journal.ts';
import { STAGES } from './rehearse/context.ts';

export interface Leftover {
  readonly kind: Ours['kind'] | 'folder' | 'demo';
  /** What it is removed by. */
  readonly id: string;
  readonly name: string;
}

export interface Whose {
  /** The compose project that it was built for. */
  readonly project?: string;
  readonly made?: string;
}

export interface Leftovers {
  /** Disposable things of processes that are not alive any more. */
  readonly left: readonly Leftover[];
  /** Tags that keep an image for an undo, and no journal here names them: another user's, or of a state that was removed. */
  readonly keeps: readonly string[];
  /** What their images can tell of whose they are. */
  readonly whose?: Readonly<Record<string, Whose>>;
  /** Builds of the user's own that made room when a run of this history was taken back. */
  readonly builds?: readonly string[];
}

export interface LeftoversContext {
  readonly system: System;
  readonly state: string;
}

/** Where nobody can tell any more whose it is (an older version made it, or another machine): nothing disposable lives this long. */
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const isKept = ({ kind, name }: Ours): boolean => kind === 'image' && name.startsWith(`${KEEP}:`);
const isDisposable = ({ labels, name, kind }: Ours): boolean => LABEL in labels || (kind === 'image' && name.startsWith('harden-tui/'));

/** The pid in the name of what a rehearsal, or the build before it, makes without a label: an image, a folder. */
const pidIn = (name: string): string | undefined => /^(?:[0-9a-f]{8}|baseline|build-.*-baseline)-(\d+)(?![0-9a-f])/.exec(name)?.[1];

/** The process that made it: its label says it, or its name. */
const makerOf = ({ kind, name, labels }: Ours): string | undefined =>
  labels[BY] ?? (kind === 'image' && name.startsWith(`${REHEARSED}:`) ? pidIn(name.slice(REHEARSED.length + 1)) : undefined);

/** Its maker is gone. */
async function isLeft({ processes, now }: System, { made }: Ours, by: string | undefined): Promise<boolean> {
  const lives = by === undefined ? undefined : await processes.lives(by);
  return lives === undefined ? made !== undefined && now().getTime() - Date.parse(made) > DAY_MS : !lives;
}

/** Images that a run built which was taken back, without a name and without a container: nobody would know them any more. */
async function builtAndLeft({ system: { files, docker }, state }: LeftoversContext): Promise<readonly Leftover[]> {
  if (!docker) return [];
  const back = (await history(files, state)).filter(({ ending }) => ending !== 'applied' && ending !== 'unfinished');
  const read = await Promise.all(back.map(({ run }) => readRun(files, state, run)));
  const built = new Map(read.flatMap((r) => (r?.built ?? []).map(({ service, image }) => [image, `${image.slice(7, 19)} (${service}, ${r?.head.run ?? ''})`] as const)));
  if (built.size === 0) return [];
  const used = new Set((await docker.look.containers()).map((c) => c.Image));
  const found = await Promise.all([...built].map(async ([id, name]): Promise<readonly Leftover[]> => {
    const image = used.has(id) || !/^sha256:[0-9a-f]{64}$/.test(id) ? undefined : await docker.look.image(id).catch(() => undefined);
    return image && (image.RepoTags ?? []).length === 0 ? [{ kind: 'image', id, name }] : [];
  }));
  return found.flat();
}

/** Every tag that a journal of this state names, for an undo or as one about to be made. */
async function named({ system, state }: LeftoversContext): Promise<string> {
  const runs = await history(system.files, state);
  const read = await Promise.all(runs.map(({ run }) => readRun(system.files, state, run)));
  return JSON.stringify(read.map((r) => [...(r?.begun.values() ?? []), ...(r?.keeps ?? [])]));
}

/** A text that was shown to its program lies in a folder of its own for that moment (changes/checked.ts). */
const CHECKED = /^harden-tui-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

async function checkedTexts({ files, uid, now }: System): Promise<readonly Leftover[]> {
  const at = tmpdir();
  const names = (await files.list(at).catch(() => [])).filter((e) => e.kind === 'directory' && CHECKED.test(e.name));
  const found = await Promise.all(names.map(async ({ name }): Promise<readonly Leftover[]> => {
    const stat = await files.stat(join(at, name)).catch(() => undefined);
    const old = stat?.written !== undefined && now().getTime() - stat.written.getTime() > HOUR_MS;
    return old && stat.uid === uid ? [{ kind: 'folder', id: join(at, name), name: join(at, name) }] : [];
  }));
  return found.flat();
}

/** Staged copies of a project, of a rehearsal whose process is gone. */
async function stages({ system, state }: LeftoversContext, isGone: (pid: string) => Promise<boolean>): Promise<readonly Leftover[]> {
  const at = join(state, STAGES);
  const found = await Promise.all((await system.files.list(at).catch(() => [])).map(async ({ name }): Promise<readonly Leftover[]> => {
    const pid = pidIn(name);
    return pid !== undefined && (await isGone(pid)) ? [{ kind: 'folder', id: join(at, name), name: join(at, name) }] : [];
  }));
  return found.flat();
}

/** What an image itself can tell of whose it is. */
const whoseOf = ({ labels, made }: Ours): Whose => {
  const project = labels['com.docker.compose.project'];
  return { ...(project === undefined ? {} : { project }), ...(made === undefined ? {} : { made }) };
};

/** What crashes left behind. Nothing of a run that is going on now is in it. */
export async function leftovers(context: LeftoversContext): Promise<Leftovers> {
  const { system } = context;
  const all = (await system.docker?.look.ours()) ?? [];
  const known = await named(context);
  const kept = all.filter((o) => isKept(o) && !known.includes(JSON.stringify(o.name)));
  const own = await putAside(system.files, context.state);
  const builds = kept.map((o) => o.name).filter((tag) => own.includes(tag));
  const others = kept.filter((o) => !own.includes(o.name));
  const left = await Promise.all(all.filter((o) => isDisposable(o) && !isKept(o)).map(async (o): Promise<readonly Leftover[]> => ((await isLeft(system, o, makerOf(o))) ? [{ kind: o.kind, id: o.id, name: o.name }] : [])));
  return {
    left: [...left.flat(), ...(await builtAndLeft(context)), ...(await stages(context, async (pid) => (await system.processes.lives(pid)) === false)), ...(await checkedTexts(system)), ...(await demosLeft(system)).map((folder): Leftover => ({ kind: 'demo', id: folder, name: folder }))],
    keeps: others.map((o) => o.name), ...(others.length > 0 ? { whose: Object.fromEntries(others.map((o) => [o.name, whoseOf(o)])) } : {}), ...(builds.length > 0 ? { builds } : {}),
  };
}

/** Containers hold volumes and networks; a copy-on-write volume has its upper folder in a `-scratch` one. */
const ORDER: readonly Leftover['kind'][] = ['demo', 'container', 'network', 'volume', 'image', 'folder'];
const rank = ({ kind, name }: Leftover): number => ORDER.indexOf(kind) + (name.endsWith('-scratch') ? 0.5 : 0);

const deedFor = ({ kind, id }: Leftover): DockerDeed | undefined => {
  switch (kind) {
    case 'container': return { deed: 'remove', container: id, withVolumes: true };
    case 'network': return { deed: 'remove-network', network: id };
    case 'volume': return { deed: 'remove-volume', name: id };
    case 'image': return { deed: 'untag', tag: id };
    case 'demo':
    case 'folder': return undefined;
  }
};

/** Takes them away; what could not be, and why. A demo is more than its folder: `demo` knows how it goes. */
export async function clear(left: readonly Leftover[], { docker, files }: Pick<System, 'docker' | 'files'>, demo: (folder: string) => Promise<void> = (folder) => files.remove(folder)): Promise<readonly Text[]> {
  const failed: Text[] = [];
  for (const one of [...left].sort((a, b) => rank(a) - rank(b))) {
    const deed = deedFor(one);
    try {
      if (deed) await docker?.act(deed);
      else if (one.kind === 'demo') await demo(one.id);
      else await files.remove(one.id);
    } catch (error) {
      failed.push(text(`${one.name}: ${(error as Error).message}`, `${one.name}：${(error as Error).message}`));
    }
  }
  return failed;
}

/** Everything disposable that one process made; for whoever knows that it is dead. */
export async function clearOf(by: string, context: LeftoversContext): Promise<readonly Text[]> {
  const { system } = context;
  const its = (maker: string | undefined): boolean => maker === by || maker === by.split(':')[0];
  const all = (await system.docker?.look.ours()) ?? [];
  return clear([...all.filter((o) => its(makerOf(o)) && !isKept(o)), ...(await stages(context, async (pid) => its(pid)))], system);
}

/** Releases one kept image by its tag, where no run here could need it. */
export async function release(tag: string, context: LeftoversContext): Promise<void> {
  const { docker } = context.system;
  if (!docker) throw new Stop(text('Docker does not answer, and the image lies there.', '镜像在 Docker 里，而 Docker 没有响应。'), [text('Start Docker and run the command again.', '启动 Docker 后再运行一次。')]);
  const see = text('See what there is: harden-tui history', '查看已有的运行：harden-tui history');
  if (!tag.startsWith(`${KEEP}:`) || !(await docker.look.image(tag))) throw new Stop(text(`There is no kept image ${tag}.`, `没有名为 ${tag} 的保留镜像。`), [see]);
  if ((await named(context)).includes(JSON.stringify(tag))) throw new Stop(text(`A run of the history keeps ${tag} for its undo.`, `历史中有运行为撤销保留着 ${tag}。`), [text('Forget that run instead: harden-tui history --forget RUN', '请改为忘记那次运行：harden-tui history --forget RUN')]);
  await docker.act({ deed: 'untag', tag });
}

