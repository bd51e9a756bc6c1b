import { join } from 'node:path';
import { StepFailed } from '../../changes/deed.ts';
import type { BuildImage } from '../../model/change.ts';
import type { Machine } from '../../model/machine.ts';
import type { Plan } from '../../model/plan.ts';
import { text } from '../../model/text.ts';
import { REHEARSED } from '../../system/deeds.ts';
import { buildTagged, builtBefore, driftOf, mustBeAccepted, unbuildable, type Drift, type Tagged } from '../baseline.ts';
import { CannotTell, mayGoOn, slug, type Ground } from './context.ts';
import type { Images } from './roles.ts';
import type { Stage } from './stage.ts';

const isBuild = (plan: Plan): readonly BuildImage[] => plan.steps.flatMap(({ change }) => (change.kind === 'build-image' ? [change] : []));

export interface Built {
  readonly images: Images;
  readonly drift: readonly Drift[];
}

/** Folders of git that a build without a .dockerignore takes along: the one that runs may have them, or may not. */
async function addGit(ground: Ground, plan: Plan, stage: Stage, contexts: readonly string[]): Promise<boolean> {
  const { files } = ground.system;
  let added = false;
  const walk = async (from: string, to: string): Promise<void> => {
    await files.makeFolder(to, (await files.stat(from))?.mode ?? 0o755);
    for (const e of await files.list(from)) await (e.kind === 'directory' ? walk(join(from, e.name), join(to, e.name)) : files.copy(join(from, e.name), join(to, e.name)));
  };
  for (const context of contexts) {
    const git = join(plan.root, context, '.git');
    if ((await files.stat(git).catch(() => undefined))?.kind !== 'directory') continue;
    for (const side of [stage.before, stage.after]) await walk(git, join(side, context, '.git'));
    added = true;
  }
  return added;
}

/** The images of both: built from copies of the files, under names of ours. The unmodified ones are held against what runs. */
export async function built(ground: Ground, plan: Plan, machine: Machine, stage: Stage, say: (line: string) => void, refuseDrift = false): Promise<Built> {
  const { system, docker, id } = ground;
  const tagOf = (change: BuildImage, which: string): Tagged => ({ change, tag: `${REHEARSED}:${id}-${slug(change.service)}-${which}` });
  const [old, now] = [builtBefore(plan, machine).map((c) => tagOf(c, 'before')), isBuild(plan).map((c) => tagOf(c, 'after'))];
  const buildOld = async (at: string): Promise<readonly Drift[]> => {
    const ran = await buildTagged(system, old, at, stage.root, say);
    if (ran.code !== 0) throw new CannotTell(unbuildable(old[0]?.change as BuildImage, ran).what);
    return driftOf(machine, docker, old);
  };
  let drift = await buildOld(stage.before);
  if (drift.length > 0 && (await addGit(ground, plan, stage, [...new Set(old.map((o) => o.change.build.context))]))) drift = await buildOld(stage.before);
  // A builder may know the folder itself and not its copy: what it makes of that one is the last word, as it is where nothing is rehearsed.
  if (drift.length > 0) drift = await buildOld(plan.root);
  if (refuseDrift) mustBeAccepted(drift, false);
  mayGoOn(ground.interrupt);
  const { code, stdout, stderr } = await buildTagged(system, now, stage.after, stage.root, say);
  if (code !== 0) {
    const log = `${stdout}\n${stderr}`.split('\n').filter((l) => l.trim()).slice(-30);
    throw new StepFailed(text('The images as planned could not be built.', '按方案修改后的镜像构建失败。'), log);
  }
  mayGoOn(ground.interrupt);
  const references = (some: readonly Tagged[]): ReadonlyMap<string, string> => new Map(some.map(({ change, tag }) => [change.image, tag]));
  return { images: { before: references(old), after: references(now), own: new Map(now.map(({ change, tag }) => [change.service, tag])) }, drift };
}
