import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { cliOptions, composeArgv, dockerArgv } from '../changes/docker-cli.ts';
import { instructionOf } from '../inspect/docker.ts';
import type { BuildImage } from '../model/change.ts';
import { Stop } from '../model/errors.ts';
import type { Container } from '../model/container.ts';
import type { Machine } from '../model/machine.ts';
import type { Plan } from '../model/plan.ts';
import { list, same, text, type Text } from '../model/text.ts';
import { sharers } from '../settings/built-by.ts';
import { REHEARSED } from '../system/deeds.ts';
import type { RawHistory, RawImage } from '../system/raw.ts';
import type { Docker, Ran, System } from '../system/system.ts';
import { differsInTimesAlone } from './same-copy.ts';

/** What a rebuild brings besides the fix. */
export interface Drift {
  readonly service: string;
  readonly brings: readonly Text[];
}

/** Fields that say how it runs; the legacy builder also records its last step's own container. */
const RUNS = ['User', 'Env', 'Cmd', 'Entrypoint', 'WorkingDir', 'ExposedPorts', 'Volumes', 'Healthcheck', 'StopSignal', 'Shell'] as const;

/** Names of variables only: a value may be a secret. */
function configDiffers(key: (typeof RUNS)[number], a: unknown, b: unknown): Text {
  if (key !== 'Env') return text(`${key} is another`, `${key} 不同`);
  const [old, now] = [a, b].map((env) => (env as readonly string[] | null) ?? []);
  const names = [...(old ?? []).filter((e) => !now?.includes(e)), ...(now ?? []).filter((e) => !old?.includes(e))].map((e) => e.split('=')[0] ?? '');
  const said = list([...new Set(names)]);
  return text(`the variable ${said.en}`, `变量 ${said['zh-CN']}`);
}

/** Instructions that made a layer each, the oldest first; undefined where the history does not tell which did. */
function makers(image: RawImage, history: readonly RawHistory[]): readonly string[] | undefined {
  const made = [...history].reverse().filter((h) => h.Size > 0 || /^(?:RUN|COPY|ADD|WORKDIR)\b/.test(instructionOf(h.CreatedBy)));
  const sized = made.filter((h) => h.Size > 0);
  const layers = image.RootFS.Layers?.length ?? 0;
  const fits = made.length === layers ? made : sized.length === layers ? sized : undefined;
  return fits?.map((h) => instructionOf(h.CreatedBy));
}

/** Nothing when the two are the same but for their names and dates. */
export function brings(running: RawImage, built: RawImage, history: readonly RawHistory[]): readonly Text[] {
  const [old, now] = [running.RootFS.Layers ?? [], built.RootFS.Layers ?? []];
  const steps = makers(built, history);
  const at = now.flatMap((layer, i) => (layer === old[i] ? [] : [i]));
  const layers = isDeepStrictEqual(old, now) ? [] : steps ? at.map((i) => text(`another result of ${(steps[i] ?? '').slice(0, 100)}`, `${(steps[i] ?? '').slice(0, 100)} 的结果不同`)) : [text(`${at.length} of ${now.length} layers are others`, `${now.length} 层中有 ${at.length} 层不同`)];
  const shorter = now.length < old.length && layers.length === 0 ? [text(`${old.length - now.length} layers are not there any more`, `少了 ${old.length - now.length} 层`)] : [];
  const config = RUNS.filter((key) => !isDeepStrictEqual(running.Config[key] ?? null, built.Config[key] ?? null)).map((key) => configDiffers(key, running.Config[key], built.Config[key]));
  return [...layers, ...shorter, ...config];
}

/** Images that are to be built under a name of ours, each with that name. */
export interface Tagged {
  readonly change: BuildImage;
  readonly tag: string;
}

/** The override by which compose builds services under other names than their own. */
const overrideFor = (some: readonly Tagged[]): string => `${JSON.stringify({ services: Object.fromEntries(some.map(({ change, tag }) => [change.compose?.service, { image: tag }])) })}\n`;

/** The same builder, targets and arguments as the real step, files from where `at` says. One call for each project. `scratch`: a folder for what compose is told. */
export async function buildTagged(system: System, some: readonly Tagged[], at: string, scratch: string, say?: (line: string) => void): Promise<Ran> {
  const endpoint = system.docker?.endpoint ?? '';
  const groups = new Map<string, Tagged[]>();
  for (const one of some) groups.set(one.change.compose?.project ?? one.tag, [...(groups.get(one.change.compose?.project ?? one.tag) ?? []), one]);
  for (const group of groups.values()) {
    const [{ change, tag } = { change: undefined, tag: '' }] = group;
    if (!change) continue;
    let argv: readonly string[];
    const override = join(scratch, `build-${tag.replace(/[^\w.-]/g, '-')}.yaml`);
    if (change.compose) {
      await system.files.makeFolder(scratch, 0o700);
      await system.files.write(override, Buffer.from(overrideFor(group)), { mode: 0o600 });
      const plain = composeArgv(endpoint, at, change.compose, 'build', '--builder', 'default', ...group.flatMap((g) => g.change.compose?.service ?? []));
      const last = plain.lastIndexOf('-f') + 2;
      argv = [...plain.slice(0, last), '-f', override, ...plain.slice(last)];
    } else {
      const { build } = change;
      const args = Object.entries(build.args).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]);
      argv = dockerArgv(endpoint, 'build', '-t', tag, '-f', join(at, build.dockerfile), ...(build.target ? ['--target', build.target] : []), ...args, join(at, build.context));
    }
    try {
      const ran = await system.shell.run(argv, cliOptions(say));
      if (ran.code !== 0) return ran;
    } finally {
      if (change.compose) await system.files.remove(override);
    }
  }
  return { code: 0, stdout: '', stderr: '' };
}

/** Nothing was begun: a rebuild would bring more than the fix, and nobody accepted that. */
export class NotAccepted extends Stop {}

/** Refused, unless the user accepts what comes along: of every service, so that it is one decision. */
export function mustBeAccepted(drifts: readonly Drift[], acceptDrift: boolean): void {
  if (drifts.length === 0 || acceptDrift) return;
  const names = list(drifts.map((d) => d.service));
  const one = drifts.length === 1;
  throw new NotAccepted(
    text(`Building ${names.en} as ${one ? 'it is gives another image than the one that runs' : 'they are gives other images than those that run'}: a rebuild would bring more than the fix. Nothing was begun.`, `用现在的文件构建 ${names['zh-CN']}，得到的镜像与正在运行的不同：重新构建会带来修复之外的变化。什么都没有开始。`),
    [
      ...drifts.map((d) => text(`${d.service}: ${d.brings.map((b) => b.en).join('; ')}`, `${d.service}：${d.brings.map((b) => b['zh-CN']).join('；')}`)),
      text(`Bring ${one ? 'the service' : 'the services'} up anew from these files first, or add --accept-drift.`, `请先用这些文件重新启动${one ? '该服务' : '这些服务'}，或加 --accept-drift。`),
    ],
  );
}

export const unbuildable = (change: BuildImage, { stdout, stderr }: Ran): Stop => new Stop(
  text(`${change.build.dockerfile} as it is can't be built, so it could not be held against what ${change.service} runs.`, `现在的 ${change.build.dockerfile} 无法构建，因此无法与 ${change.service} 正在运行的镜像比较。`),
  [...`${stdout}\n${stderr}`.split('\n').filter((l) => l.trim()).slice(-12).map((l) => same(l)), text('Mend the build first, or add --accept-drift.', '请先修好构建，或加 --accept-drift。')],
);

/** A container that runs what this build is to replace: of the service itself, or of a sibling that shares its image. */
const ranIn = (machine: Machine, change: BuildImage): Container | undefined => {
  const service = machine.services.find((s) => s.name === change.service && s.build);
  const ids = service ? [...service.containers, ...sharers(machine, service).flatMap((s) => s.containers)] : [];
  return machine.containers.find((c) => c.id === ids[0]);
};

/** Services whose image the unmodified files built; a first Dockerfile of the plan's own has nothing to be compared with. */
export const builtBefore = (plan: Plan, machine: Machine): readonly BuildImage[] =>
  plan.steps.flatMap(({ change }) => (change.kind === 'build-image' && ranIn(machine, change) ? [change] : []));

/** What the images that were built from unmodified files bring, held against those that run. */
export async function driftOf(machine: Machine, docker: Docker, built: readonly Tagged[]): Promise<readonly Drift[]> {
  const found = await Promise.all(built.map(async ({ change, tag }): Promise<readonly Drift[]> => {
    const service = machine.services.find((s) => s.name === change.service);
    const running = ranIn(machine, change);
    const [old, now] = await Promise.all([running && docker.look.image(running.imageId), docker.look.image(tag)]);
    const history = old && now ? await docker.look.history(tag) : [];
    const more = old && now ? brings(old, now, history) : [];
    const configured = old && now ? brings({ ...old, RootFS: now.RootFS }, now, history) : [];
    if (service && old && now && more.length > 0 && configured.length === 0 && await differsInTimesAlone(docker, service, old, now, { old: await docker.look.history(old.Id), now: history })) return [];
    return more.length > 0 ? [{ service: change.service, brings: more }] : [];
  }));
  return found.flat();
}

/**
 * Before anything is written the unmodified files are built: only if layers and configuration equal the running image's is
 * the rebuild nothing but the fix (DECISIONS.md, "Baseline"). A rehearsal does the same on its copies.
 */
export async function mustEqualBaseline(plan: Plan, machine: Machine, system: System, acceptDrift: boolean, scratch: string): Promise<void> {
  const { docker } = system;
  const wanted = builtBefore(plan, machine);
  if (!docker || acceptDrift || wanted.length === 0) return;
  const tagged = wanted.map((change, i) => ({ change, tag: `${REHEARSED}:baseline-${String(process.pid)}-${i}` }));
  try {
    const ran = await buildTagged(system, tagged, plan.root, scratch);
    if (ran.code !== 0 && !(await docker.look.facts().catch(() => undefined))) throw new Stop(text('Docker stopped answering. Nothing was begun.', 'Docker 停止响应。什么都没有开始。'), [text('See whether it runs: docker info', '查看它是否在运行：docker info')]);
    if (ran.code !== 0) throw unbuildable(wanted[0] as BuildImage, ran);
    mustBeAccepted(await driftOf(machine, docker, tagged), acceptDrift);
  } finally {
    for (const { tag } of tagged) await docker.act({ deed: 'untag', tag }).catch(() => undefined);
  }
}
