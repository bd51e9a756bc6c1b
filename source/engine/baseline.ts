import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { dockerArgv, cliOptions } from '../changes/docker-cli.ts';
import { Stop } from '../model/errors.ts';
import type { Machine } from '../model/machine.ts';
import type { Plan } from '../model/plan.ts';
import { text } from '../model/text.ts';
import { KEEP } from '../system/deeds.ts';
import type { System } from '../system/system.ts';

/**
 * A plain container is tied to its Dockerfile by its image's history, which is a likeness and no proof. Before anything
 * is written the unmodified Dockerfile is built: only if layers and configuration equal the running image's is the
 * rebuild nothing but the fix (DECISIONS.md, "Baseline").
 */
export async function mustEqualBaseline(plan: Plan, machine: Machine, system: System, acceptDrift: boolean): Promise<void> {
  const { docker } = system;
  if (!docker || acceptDrift) return;
  for (const { change } of plan.steps) {
    if (change.kind !== 'build-image' || change.compose) continue;
    const service = machine.services.find((s) => s.name === change.service);
    const running = machine.containers.find((c) => c.id === service?.containers[0]);
    const old = running && (await docker.look.image(running.imageId));
    if (!old) continue;
    const tag = `${KEEP}:baseline`;
    const argv = dockerArgv(docker.endpoint, 'build', '-t', tag, '-f', join(plan.root, change.build.dockerfile), ...(change.build.target ? ['--target', change.build.target] : []), join(plan.root, change.build.context));
    const { code } = await system.shell.run(argv, cliOptions());
    const now = code === 0 ? await docker.look.image(tag) : undefined;
    if (now) await docker.act({ deed: 'untag', tag }).catch(() => undefined);
    if (now && isDeepStrictEqual(now.RootFS.Layers, old.RootFS.Layers) && sameConfig(now.Config, old.Config)) continue;
    throw new Stop(
      text(
        now ? `Building ${change.build.dockerfile} as it is gives another image than ${change.service} runs: a rebuild would bring more than the fix.` : `${change.build.dockerfile} as it is can't be built, so it could not be held against what ${change.service} runs.`,
        now ? `用现在的 ${change.build.dockerfile} 构建出的镜像与 ${change.service} 正在运行的不同：重新构建会带来修复之外的变化。` : `现在的 ${change.build.dockerfile} 无法构建，因此无法与 ${change.service} 正在运行的镜像比较。`,
      ),
      [text('Start the container anew from this Dockerfile first, or add --accept-drift.', '请先用这个 Dockerfile 重新启动容器，或加 --accept-drift。')],
    );
  }
}

/** Fields that say how it runs; the legacy builder also records its last step's own container. */
function sameConfig(a: Record<string, unknown>, b: Record<string, unknown>): boolean {
  return ['User', 'Env', 'Cmd', 'Entrypoint', 'WorkingDir', 'ExposedPorts', 'Volumes', 'Healthcheck'].every((key) => isDeepStrictEqual(a[key] ?? null, b[key] ?? null));
}
