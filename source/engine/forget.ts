import { keptName } from '../changes/stop-services.ts';
import { Stop } from '../model/errors.ts';
import { text } from '../model/text.ts';
import { KEEP } from '../system/deeds.ts';
import type { Docker, System } from '../system/system.ts';
import { effaceRun, readRun, type Recorded } from './journal.ts';
import { lockOf, withLock } from './lock.ts';

/** What lies on this machine for the sake of one run's undo. */
export interface Kept {
  readonly run: string;
  /** Tags of ours. `bytes` is what goes at most: layers that another image shares stay. */
  readonly images: readonly { readonly tag: string; readonly bytes: number }[];
  /** Stopped containers that were set aside. */
  readonly containers: readonly { readonly id: string; readonly name: string }[];
  readonly journal: number;
}

export interface ForgetContext {
  readonly system: System;
  readonly state: string;
  readonly allowRemote: boolean;
}

/** The parts of the deeds' undos that name something kept; a journal is data, and so every one is looked at again. */
interface KeptUndo {
  readonly kept?: string;
  readonly containers?: readonly { readonly raw: { readonly Id: string }; readonly keptAs?: string; readonly layer?: string }[];
}

async function recordOf(run: string, { system, state }: ForgetContext): Promise<Recorded> {
  const recorded = await readRun(system.files, state, run);
  if (!recorded) throw new Stop(text(`There is no run ${run}.`, `没有第 ${run} 次运行。`), [text('See what there is: harden-tui history', '查看已有的运行：harden-tui history')]);
  if (recorded.ending !== 'unfinished') return recorded;
  throw new Stop(text(`Run ${run} was cut off in the middle. What is kept is the only way back.`, `第 ${run} 次运行中途被切断，保留的内容是唯一的退路。`), [text(`Take it back first: harden-tui undo ${run}`, `请先撤销它：harden-tui undo ${run}`)]);
}

const undosOf = ({ begun }: Recorded): readonly KeptUndo[] => [...begun.values()].filter((u): u is KeptUndo => typeof u === 'object' && u !== null);

async function imagesOf(undos: readonly KeptUndo[], { look }: Docker): Promise<Kept['images']> {
  const tags = new Set(undos.flatMap((u) => [u.kept, ...(u.containers ?? []).map((c) => c.layer)]).filter((t) => t?.startsWith(`${KEEP}:`)));
  const used = new Set((await look.containers()).map((c) => c.Image));
  const found = await Promise.all([...tags].map(async (tag) => {
    const image = tag === undefined ? undefined : await look.image(tag);
    if (!image || tag === undefined) return [];
    // With another name, or a container on it, the image itself stays.
    const goes = (image.RepoTags ?? []).every((t) => t === tag) && !used.has(image.Id);
    return [{ tag, bytes: goes ? (image.Size ?? 0) : 0 }];
  }));
  return found.flat();
}

async function containersOf(run: string, undos: readonly KeptUndo[], { look }: Docker): Promise<Kept['containers']> {
  const set = undos.flatMap((u) => u.containers ?? []).flatMap(({ raw, keptAs }) => (keptAs === undefined ? [] : [{ id: raw.Id, name: keptAs }]));
  const there = await Promise.all(set.map(async ({ id, name }) => {
    const now = await look.container(id);
    // One that an undo brought back runs under its own name again, and is not ours to remove.
    return now && now.Name === `/${name}` && name.endsWith(keptName(run, '')) && !now.State.Running ? [{ id, name }] : [];
  }));
  return there.flat();
}

/** What would be released, and nothing done. */
export async function keptOf(run: string, context: ForgetContext): Promise<Kept> {
  const recorded = await recordOf(run, context);
  const undos = undosOf(recorded);
  const { docker } = context.system;
  const journal = { run, journal: recorded.bytes };
  if (!undos.some((u) => u.kept !== undefined || (u.containers ?? []).some((c) => c.keptAs ?? c.layer))) return { ...journal, images: [], containers: [] };
  const facts = await docker?.look.facts();
  if (!docker || !facts || facts.id !== recorded.head.daemon) {
    throw new Stop(
      text(`What is kept for run ${run} lies on another Docker daemon (${recorded.head.endpoint ?? ''}), or on one that does not answer.`, `第 ${run} 次运行保留的内容在另一个 Docker 守护进程（${recorded.head.endpoint ?? ''}）上，或者它没有响应。`),
      [text('Choose it with --docker-host or --context, or start Docker.', '用 --docker-host 或 --context 选择它，或先启动 Docker。')],
    );
  }
  if (facts.remote && !context.allowRemote) throw new Stop(text(`Docker at ${docker.endpoint} is another machine: it is only looked at.`, `${docker.endpoint} 上的 Docker 是另一台机器：只查看，不修改。`), [text('To change it, add --allow-remote.', '若要修改它，请加 --allow-remote。')]);
  return { ...journal, images: await imagesOf(undos, docker), containers: await containersOf(run, undos, docker) };
}

/** Releases what was kept for a run; it is not in the history any more, and can't be taken back. Its number is not given again. */
export async function forget(run: string, context: ForgetContext): Promise<Kept> {
  const { system, state } = context;
  const { head } = await recordOf(run, context);
  return withLock(system.files, system.processes, state, lockOf(head), async () => {
    const kept = await keptOf(run, context);
    for (const { id } of kept.containers) await system.docker?.act({ deed: 'remove', container: id });
    for (const { tag } of kept.images) await system.docker?.act({ deed: 'untag', tag });
    await effaceRun(system.files, state, run, system.now());
    return kept;
  });
}
