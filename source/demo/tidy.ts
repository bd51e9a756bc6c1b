import { join } from 'node:path';
import { cliOptions, dockerArgv } from '../changes/docker-cli.ts';
import { history, readRun } from '../engine/journal.ts';
import { KEEP } from '../system/deeds.ts';
import type { Files } from '../system/system.ts';
import { compose, type Engine, type Project } from './project.ts';

/** Tags of the images that runs on this folder keep for their undo. */
async function keptForUndo(files: Files, state: string, root: string): Promise<readonly string[]> {
  const runs = (await history(files, state)).filter((run) => run.root === root);
  const recorded = await Promise.all(runs.map((run) => readRun(files, state, run.run)));
  return recorded.flatMap((run) => [...(run?.undos.values() ?? [])]).flatMap((undo) => (undo as { kept?: string } | null)?.kept ?? []);
}

/** Tags of ours on what was in a container's own layer: they outlive an undo, and have the project's label from the container. */
async function keptLayers(engine: Engine, name: string): Promise<readonly string[]> {
  const words = ['image', 'ls', '--format', '{{.Repository}}:{{.Tag}}', '--filter', `reference=${KEEP}`, '--filter', `label=com.docker.compose.project=${name}`];
  const { stdout } = await engine.shell.ask(dockerArgv(engine.docker.endpoint, ...words), cliOptions());
  return stdout.split('\n').filter((tag) => tag.startsWith(`${KEEP}:`));
}

/** True where the app wrote as somebody else: then we, who are not root, can't remove what it wrote. */
async function hasForeign(files: Files, folder: string, uid: number): Promise<boolean> {
  for (const entry of await files.list(folder)) {
    const at = join(folder, entry.name);
    if ((await files.stat(at))?.uid !== uid) return true;
    if (entry.kind === 'directory' && (await hasForeign(files, at, uid))) return true;
  }
  return false;
}

async function handBack(engine: Engine, { root, name }: Project, services: readonly string[]): Promise<void> {
  const owner = await engine.files.stat(root);
  if (!owner || owner.uid === 0 || !(await hasForeign(engine.files, root, owner.uid).catch(() => true))) return;
  for (const service of services) {
    const image = `${name}-${service}`;
    if (!(await engine.docker.look.image(image))) continue;
    const mounts = [{ type: 'bind' as const, source: root, target: '/mnt' }];
    await engine.docker.act({ deed: 'helper', image, argv: ['chown', '-hR', `${owner.uid}:${owner.gid}`, '/mnt'], user: '0:0', mounts });
    return;
  }
}

/** Images that were built for the project, tagged or not, by their ids: an undo leaves some without a name. */
export async function imagesOf(engine: Engine, name: string): Promise<readonly string[]> {
  const { stdout } = await engine.shell.ask(dockerArgv(engine.docker.endpoint, 'image', 'ls', '-q', '--no-trunc', '--filter', `label=com.docker.compose.project=${name}`), cliOptions());
  return [...new Set(stdout.split('\n').filter(Boolean))];
}

const GONE_MS = 20_000;

/** The engine takes its time: what it says is being removed is asked for until it is gone. */
async function containersAreGone(engine: Engine, name: string): Promise<boolean> {
  for (let waited = 0; ; waited += 500) {
    const { code, stdout } = await engine.shell.ask(dockerArgv(engine.docker.endpoint, 'ps', '-aq', '--filter', `label=com.docker.compose.project=${name}`), cliOptions());
    if (code === 0 && stdout.trim() === '') return true;
    if (waited >= GONE_MS) return false;
    await engine.pause(500);
  }
}

/** Removes the copy with all that it made: containers, volumes, networks, images, those kept for an undo, the folder. `before`: images that were there already. */
export async function tidy(engine: Engine, project: Project, what: { readonly state: string; readonly services: readonly string[]; readonly folder: string; readonly before?: readonly string[] }): Promise<boolean> {
  const kept = new Set([...(await keptForUndo(engine.files, what.state, project.root)), ...(await keptLayers(engine, project.name))]);
  let clean = true;
  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch {
      clean = false;
    }
  };
  await attempt(() => handBack(engine, project, what.services));
  const { code } = await compose(engine, project, ['down', '-v', '--rmi', 'local', '--remove-orphans', '--timeout', '3']);
  if (code !== 0) clean = false;
  for (const tag of kept) if (await engine.docker.look.image(tag)) await attempt(() => engine.docker.act({ deed: 'untag', tag }));
  const { before } = what;
  if (before) for (const id of await imagesOf(engine, project.name)) if (!before.includes(id)) await attempt(() => engine.docker.act({ deed: 'untag', tag: id }));
  if (!(await containersAreGone(engine, project.name))) clean = false;
  // The folder goes last, and only when nothing needs its compose file any more: then it can still be cleared by hand.
  if (clean) await attempt(() => engine.files.remove(what.folder));
  return clean;
}
