import { join } from 'node:path';
import { list, same, text } from '../model/text.ts';
import { KEEP, LABEL } from '../system/deeds.ts';
import { docker, staying, StepFailed, type Bench, type Deed, type Remark } from './deed.ts';
import { cliOptions, composeArgv, dockerArgv } from './docker-cli.ts';
import type { BuildImage } from '../model/change.ts';
import type { Docker } from '../system/system.ts';

export interface BuildUndo {
  /** Id of the image that the name meant before; undefined when there was none. */
  readonly image?: string;
  /** Our own tag on it: a re-tagged image is dangling, and `docker image prune` would destroy the way back. */
  readonly kept?: string;
}

function argv(change: BuildImage, { system, root }: Bench): readonly string[] {
  const endpoint = docker({ system }).endpoint;
  if (change.compose) return composeArgv(endpoint, root, change.compose, 'build', '--builder', 'default', change.compose.service);
  const { build } = change;
  const args = Object.entries(build.args).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]);
  return dockerArgv(endpoint, 'build', '-t', change.image, '-f', join(root, build.dockerfile), ...(build.target ? ['--target', build.target] : []), ...args, join(root, build.context));
}

/** A tag for what is about to be kept. Another state on this engine (under sudo, a demo's) counts its runs from 1 as well: one that is taken is never moved. */
export async function freeTag(service: string, bench: Bench, ending = ''): Promise<string> {
  const tag = `${KEEP}:${bench.run}-${service.toLowerCase().replace(/[^a-z0-9_.-]/g, '-')}${ending}`;
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? tag : `${tag}-${n}`;
    if (await docker(bench).look.image(candidate)) continue;
    await bench.keeps?.(candidate);
    return candidate;
  }
}

/** The name means another image by now than the one that the run left running: somebody built it again. */
export const builtSince = (change: BuildImage, undo: BuildUndo, now: string | undefined, left: Bench['left']): boolean =>
  now !== undefined && now !== undo.image && (left?.some((c) => c.service === change.service) ?? false) && !left?.some((c) => c.imageId === now);

/** What a run built, by the state that it is taken back with: `revert` takes its name, `settle` the image. */
const built = new WeakMap<BuildUndo, string>();

export const buildImage: Deed<'build-image', BuildUndo> = {
  tell: (change) => same(change.image),
  async prepare(change, bench) {
    const old = await docker(bench).look.image(change.image);
    if (!old) return {};
    const kept = await freeTag(change.service, bench);
    await docker(bench).act({ deed: 'tag', image: old.Id, tag: kept });
    return { image: old.Id, kept };
  },
  async run(change, undo, bench) {
    const { code, stdout, stderr } = await bench.system.shell.run(argv(change, bench), cliOptions(bench.say));
    if (code === 0) {
      const now = await docker(bench).look.image(change.image).catch(() => undefined);
      if (now && now.Id !== undo.image) await bench.built?.(change.service, now.Id);
      return;
    }
    const log = `${stdout}\n${stderr}`.split('\n').filter((l) => l.trim()).slice(-30);
    throw new StepFailed(text(`The image of ${change.service} could not be built.`, `${change.service} 的镜像构建失败。`), log);
  },
  async revert(change, undo, bench) {
    const engine = docker(bench);
    const now = await engine.look.image(change.image);
    // The name goes first and the image last: who dies between would leave one that nobody knows.
    // Two services of one tag are two builds of ours: under the name of the later one the first one's comes to light.
    const theirs = now !== undefined && builtSince(change, undo, now.Id, bench.left) && !bench.builtBefore?.some((one) => one.image === now.Id);
    if (now && now.Id !== undo.image && !theirs) await bench.built?.(change.service, now.Id);
    if (undo.image && undo.kept) {
      if (!(await engine.look.image(undo.image))) {
        return [staying(same(change.image), text(`The old image of ${change.service} is gone (${undo.kept}): it was removed since. Build it again from the restored files${change.compose ? `: docker compose up -d --build ${change.compose.service}` : ''}. Then undo once more: the rest goes back.`, `${change.service} 的旧镜像（${undo.kept}）已被删除。请用还原后的文件重新构建${change.compose ? `：docker compose up -d --build ${change.compose.service}` : ''}。然后再撤销一次，其余的也会还原。`))];
      }
      if (now && theirs) {
        const tag = await freeTag(change.service, bench, '-since');
        await bench.aside?.(tag);
        await engine.act({ deed: 'tag', image: now.Id, tag });
        await engine.act({ deed: 'tag', image: undo.image, tag: change.image });
        if (await engine.look.image(undo.kept)) await engine.act({ deed: 'untag', tag: undo.kept });
        const again = change.compose ? `docker compose up -d --build ${change.compose.service}` : 'docker build';
        return [
          { ...staying(text(`your build of ${change.image}`, `你构建的 ${change.image}`), text(
            `${change.image} was built again since, and ${change.service} runs the code of before the run now. Your build is kept as ${tag}.`,
            `${change.image} 之后被重新构建过，而 ${change.service} 现在运行的是那次运行之前的代码。你的构建保留为 ${tag}。`,
          )), done: true },
          { ...text(`With the files as they are: ${again}`, `要用现在的文件：${again}`), told: true, builds: true },
        ];
      }
      await engine.act({ deed: 'tag', image: undo.image, tag: change.image });
      // A taking back that was cut off may have come this far before.
      if (await engine.look.image(undo.kept)) await engine.act({ deed: 'untag', tag: undo.kept });
    }
    if (now && now.Id !== undo.image) {
      built.set(undo, now.Id);
      if (!undo.image) await engine.act({ deed: 'untag', tag: change.image }).catch(() => undefined);
    }
    return [];
  },
  // What we built has no name now. The containers that were made of it are replaced by now, but for those that somebody started since; a helper of ours that looks into a volume is gone in a moment.
  async settle(change, undo, bench) {
    const engine = docker(bench);
    const mine = built.get(undo);
    const remarks: Remark[] = mine === undefined ? [] : [...(await released(mine, change, engine))];
    // And what a taking back that was cut off has left without its name.
    for (const { service, image } of bench.builtBefore ?? []) {
      if (service === change.service && image !== mine && image !== undo.image && (await engine.look.image(image))) remarks.push(...(await released(image, change, engine)));
    }
    return remarks;
  },
};

/** Without a name, and without a container that runs it, it goes. One that somebody gave a name since is theirs. */
async function released(id: string, change: BuildImage, engine: Docker): Promise<readonly Remark[]> {
  const own = /:[^/]+$/.test(change.image) ? change.image : `${change.image}:latest`;
  if (((await engine.look.image(id))?.RepoTags ?? []).some((tag) => tag !== own)) return [];
  const names = list((await engine.look.containers()).filter((c) => c.Image === id && c.State.Running && !(LABEL in (c.Config.Labels ?? {}))).map((c) => c.Name.replace(/^\//, '')));
  if (names.en !== '') {
    const [en, zh] = change.compose ? [`: docker compose up -d ${change.compose.service}`, `：docker compose up -d ${change.compose.service}`] : ['.', '。'];
    return [staying(names, text(`${names.en} was started since, and still runs the image that the run built. Start it anew from the old one${en}`, `${names['zh-CN']} 是之后启动的，仍在使用那次运行构建的镜像。请用旧镜像重新启动它${zh}`))];
  }
  await engine.act({ deed: 'untag', tag: id }).catch(() => undefined);
  return [];
}
