import type { RunsAs, StopServices } from '../model/change.ts';
import { list, text, type Text } from '../model/text.ts';
import { heldInside } from '../settings/held-inside.ts';
import type { RawContainer } from '../system/raw.ts';
import { freeTag } from './build-image.ts';
import { docker, StepFailed, type Bench, type Deed } from './deed.ts';
import { cliOptions, composeArgv } from './docker-cli.ts';
import { containersOf, noteAddresses, startAgain, stopFirst } from './start-again.ts';

export interface StoppedContainer {
  readonly service: string;
  /** The full inspect, from before: what "configuration as before" is compared with. */
  readonly raw: RawContainer;
  /** A plain container is kept under this name until the run is forgotten; compose brings its own back. */
  readonly keptAs?: string;
  /** Our tag on what was written in the container's own layer, which compose throws away with the container. */
  readonly layer?: string;
}

export interface StopUndo {
  readonly containers: readonly StoppedContainer[];
}

/** Services that were started by nobody, or could not be, when they were stopped: to be taken back to that. */
export const didNotRun = ({ containers }: StopUndo): readonly string[] =>
  [...new Set(containers.map((c) => c.service))].filter((s) => containers.every((c) => c.service !== s || !(c.raw.State.Running || c.raw.State.Restarting)));

export const keptName = (run: string, name: string): string => `${name}-before-run-${run}`;

/** One call for each compose project: `stop`, or `up` in the order compose itself wants. */
export async function throughCompose(services: readonly RunsAs[], words: readonly string[], bench: Bench, failed: (names: Text) => Text): Promise<void> {
  const projects = new Map<string, RunsAs[]>();
  for (const s of services) if (s.compose) projects.set(s.compose.project, [...(projects.get(s.compose.project) ?? []), s]);
  for (const group of projects.values()) {
    const origin = group[0]?.compose;
    if (!origin) continue;
    const argv = composeArgv(docker(bench).endpoint, bench.root, origin, ...words, ...group.map((s) => s.compose?.service ?? s.service));
    const { code, stdout, stderr } = await bench.system.shell.run(argv, cliOptions(bench.say));
    if (code !== 0) throw new StepFailed(failed(list(group.map((s) => s.service))), `${stdout}\n${stderr}`.split('\n').filter((l) => l.trim()).slice(-20));
  }
}

/** Brings compose services up from the files and the image tags as they are now. */
export const composeUp = (services: readonly RunsAs[], bench: Bench): Promise<void> =>
  throughCompose(services, ['up', '-d', '--no-deps', '--no-build'], bench, (names) => text(`${names.en} could not be started.`, `${names['zh-CN']} 无法启动。`));

/** A layer that holds more than folders on the way is committed under our tag before it is lost (DECISIONS.md). */
async function keptLayer(service: RunsAs, raw: RawContainer, bench: Bench): Promise<{ layer?: string }> {
  const engine = docker(bench);
  const own = heldInside((await engine.look.changes(raw.Id)).map((c) => c.path), raw.Mounts.map((m) => m.Destination));
  if (own.length === 0) return {};
  const layer = await freeTag(service.service, bench, '-layer');
  bench.say(`${service.service}: ${own.length} files of its own layer are kept as ${layer}`);
  await engine.act({ deed: 'commit', container: raw.Id, tag: layer });
  return { layer };
}

export const stopServices: Deed<'stop-services', StopUndo> = {
  tell: (change) => list(change.services.map((s) => s.service)),
  async prepare(change, bench) {
    const found = await Promise.all(change.services.map(async (s) => (await containersOf(s, bench)).map(async (raw) => ({
      service: s.service, raw,
      ...(s.container ? { keptAs: keptName(bench.run, s.container.name) } : await keptLayer(s, raw, bench)),
    }))));
    return { containers: await Promise.all(found.flat()) };
  },
  async run(change, undo, bench) {
    await noteAddresses(change.services, bench);
    await stopFirst(change.again, bench);
    const seconds = Math.max(0, ...change.services.map((s) => s.seconds ?? 0));
    await throughCompose(change.services, ['stop', ...(seconds > 0 ? ['-t', String(seconds)] : [])], bench, (names) => text(`${names.en} could not be stopped.`, `${names['zh-CN']} 无法停止。`));
    for (const { raw, keptAs } of undo.containers) {
      if (!keptAs) continue;
      await docker(bench).act({ deed: 'stop', container: raw.Id, ...(seconds > 0 ? { seconds } : {}) });
      await docker(bench).act({ deed: 'rename', container: raw.Id, name: keptAs });
    }
  },
  // Nothing to revert yet: files and images come back first. What did not run before is not started, and that is said.
  async revert(_change, undo) {
    const idle = list(didNotRun(undo));
    if (idle.en === '') return [];
    return [text(`${idle.en} did not run before the run, and ${didNotRun(undo).length === 1 ? 'is' : 'are'} not started now.`, `${idle['zh-CN']} 在那次运行之前就没有运行，现在也不会启动。`)];
  },
  async resume(change, undo, bench) {
    const ran = new Set(undo.containers.filter((c) => c.raw.State.Running).map((c) => c.service));
    await composeUp(change.services.filter((s) => s.compose && ran.has(s.service)), bench);
    for (const { raw, keptAs } of undo.containers) {
      if (!keptAs) continue;
      const now = await docker(bench).look.container(raw.Id);
      if (!now) throw new StepFailed(text(`The kept container ${keptAs} is gone; it was removed since.`, `保留的容器 ${keptAs} 已被删除。`));
      const name = raw.Name.replace(/^\//, '');
      if (now.Name !== raw.Name) await docker(bench).act({ deed: 'rename', container: raw.Id, name });
      if (raw.State.Running) await docker(bench).act({ deed: 'start', container: raw.Id });
    }
    await startAgain(change.again, change.services, bench);
  },
};

export type { StopServices };
