import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { deedOf } from '../../changes/index.ts';
import { Stop } from '../../model/errors.ts';
import type { Plan } from '../../model/plan.ts';
import { text } from '../../model/text.ts';
import type { Files, System } from '../../system/system.ts';
import { fillOnce } from '../fill.ts';
import { isFileChange } from '../edits.ts';

/** The project twice, as far as it is needed: as it is, and with the plan's edits in it. Absolute folders. */
export interface Stage {
  readonly root: string;
  readonly before: string;
  readonly after: string;
}

/** More than this is not copied. */
export const MOST_BYTES = 512 * 1024 * 1024;

const SKIPPED = new Set(['.git', '.hg', '.svn']);
const within = (path: string, folder: string): boolean => path === folder || path.startsWith(folder + sep);

/** Folders and files to take along, relative to the root; a folder with all that is below. */
export interface Wanted {
  readonly contexts: readonly string[];
  readonly files: readonly string[];
}

/** Plain names and folders of a `.dockerignore`; with `!`, wildcards or a parent in it, the builder alone decides. */
async function ignored(files: Files, context: string): Promise<(path: string) => boolean> {
  const lines = (await files.read(join(context, '.dockerignore')).catch(() => Buffer.alloc(0))).toString('utf8').split('\n').map((l) => l.trim()).filter((l) => l !== '' && !l.startsWith('#'));
  if (lines.some((l) => l.startsWith('!'))) return () => false;
  const plain = lines.map((l) => l.replace(/^\.?\//, '').replace(/\/+$/, '')).filter((l) => l !== '' && !/[*?[\]\\]|\.\./.test(l));
  return (path) => plain.some((p) => path === p || path.startsWith(`${p}/`));
}

const tooLarge = (): Stop => new Stop(text('The project is larger than 512 MB: it was not copied.', '项目超过 512 MB：没有复制。'), []);

/** Copies what is wanted, each file as it lies there; what may not be read is left out, as a build would refuse it by itself. */
async function copied(files: Files, root: string, to: string, wanted: Wanted, whole = false): Promise<void> {
  const done = new Set<string>();
  let bytes = 0;
  const folder = async (path: string): Promise<void> => {
    if (done.has(path)) return;
    done.add(path);
    if (path !== '') await folder(dirname(path) === '.' ? '' : dirname(path));
    const stat = path === '' ? undefined : await files.stat(join(root, path)).catch(() => undefined);
    await files.makeFolder(join(to, path), stat?.mode ?? 0o755);
    // The umask had a say.
    if (stat) await files.set(join(to, path), { mode: stat.mode }).catch(() => undefined);
  };
  const one = async (path: string): Promise<void> => {
    if (done.has(path)) return;
    const stat = await files.stat(join(root, path)).catch(() => undefined);
    if (stat?.kind !== 'file' && stat?.kind !== 'link') return;
    bytes += stat.size;
    if (bytes > MOST_BYTES) throw tooLarge();
    await folder(dirname(path) === '.' ? '' : dirname(path));
    done.add(path);
    await files.copy(join(root, path), join(to, path)).catch((error: unknown) => {
      if (!['EACCES', 'EPERM', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    });
  };
  const walk = async (path: string, leaves: (path: string) => boolean, top: string): Promise<void> => {
    await folder(path);
    for (const entry of await files.list(join(root, path)).catch(() => [])) {
      const below = path === '' ? entry.name : `${path}/${entry.name}`;
      if (leaves(top === '' ? below : below.slice(top.length + 1))) continue;
      if (entry.kind === 'directory') {
        if (!SKIPPED.has(entry.name)) await walk(below, leaves, top);
      } else await one(below);
    }
  };
  await folder('');
  for (const context of wanted.contexts) await walk(context, whole ? () => false : await ignored(files, join(root, context)), context);
  for (const path of wanted.files) await one(path);
}

/** Files whose every write must stay below a folder, through any link. */
export function below(files: Files, folder: string): Files {
  const mine = async (path: string): Promise<void> => {
    const real = await files.realpath(path).catch(async () => join(await files.realpath(dirname(path)).catch(() => dirname(path)), 'x'));
    if (!within(real, folder)) throw new Stop(text(`${path} leads out of the copy.`, `${path} 指向副本之外。`), []);
  };
  return {
    ...files,
    write: async (path, bytes, as) => { await mine(path); await files.write(path, bytes, as); },
    remove: async (path) => { await mine(path); await files.remove(path); },
    set: async (path, to) => { await mine(path); await files.set(path, to); },
    makeFolder: async (path, mode, owner) => {
      if (!within(resolve(path), folder)) throw new Stop(text(`${path} leads out of the copy.`, `${path} 指向副本之外。`), []);
      await files.makeFolder(path, mode, owner);
    },
  };
}

/** A path of the project, as it lies in a stage; undefined for what lies elsewhere. */
export function staged(path: string, root: string, stage: string): string | undefined {
  const rel = relative(root, isAbsolute(path) ? path : join(root, path));
  return rel.startsWith('..') || isAbsolute(rel) ? undefined : join(stage, rel);
}

/** The plan's own deeds, on the copy. What lies outside the project is left alone. */
async function changed(plan: Plan, system: System, after: string): Promise<void> {
  const bench = { system: { ...system, files: below(system.files, after) }, root: after, run: 'rehearsal', say: () => undefined, fill: fillOnce() };
  for (const { change } of plan.steps) {
    const mine = isFileChange(change) ? !isAbsolute(change.path) : (change.kind === 'set-path' || change.kind === 'make-folder') && staged(change.path, plan.root, after) !== undefined;
    if (!mine) continue;
    const there = 'path' in change && isAbsolute(change.path) ? { ...change, path: staged(change.path, plan.root, after) ?? change.path } : change;
    const deed = deedOf(there.kind);
    const work = (async () => deed.run(there, await deed.prepare(there, bench), bench))();
    // Owners may need an account that the plan makes first; what is built from a copy does not see owners.
    await (isFileChange(change) ? work : work.catch(() => undefined));
  }
}

/** Two copies of what the plan needs, below a folder that nobody else may enter. */
export async function makeStage(plan: Plan, wanted: Wanted, at: string, system: System): Promise<Stage> {
  const { files } = system;
  const real = async (): Promise<string> => {
    await files.makeFolder(at, 0o700);
    return files.realpath(at);
  };
  const root = await real();
  // Under a name that no other build ever had: BuildKit takes folders of one name for one folder, and sends only what it
  // thinks has changed (measured: COPY gave another layer, though every file was the same).
  const [before, after] = [join(root, `before-${basename(at)}`), join(root, `after-${basename(at)}`)];
  await copied(files, plan.root, before, wanted);
  await copied(files, before, after, { contexts: [''], files: [] }, true);
  await changed(plan, system, after);
  return { root, before, after };
}
