import type { StateFile, StateFolder } from '../model/machine.ts';
import type { Entry, Files, Stat } from '../system/system.ts';
import { join } from 'node:path';
import { isOfInterest, isOfPackages, SKIPPED } from './files.ts';

/** Past this many entries nothing is said: a media archive is not walked through at every look. */
const MOST = 20_000;
const DEEPEST = 8;
/** Right beside code; more of them is an archive that somebody keeps there. */
const MOST_LOOSE = 200;

const byPath = (a: { readonly path: string }, b: { readonly path: string }): number => (a.path < b.path ? -1 : 1);

/** What is run, or sent to browsers as it is: whoever may write it may put words into the program's mouth. */
const PROGRAM = /\.(?:pyc|pyi|so|dll|js|mjs|cjs|jsx|ts|tsx|css|html?|vue|svelte|j2|jinja2?|tmpl|mako|php|rb|pl|lua|go|rs|java|jar|war|wasm|whl|egg|toml|env|socket|timer|lock|po|mo|sql)$/i;

export const isProgram = (path: string, entry: Entry, stat: Stat): boolean => isOfInterest(path) || PROGRAM.test(entry.name) || /^\.(?!gitkeep$|keep$)/.test(entry.name) || (stat.mode & 0o111) !== 0 || stat.kind === 'link';

/**
 * Folders of the project that hold nothing but data, all the way down, with who owns the files right in them and when the
 * newest was written. What opens a file only for a moment is not seen writing it; that it came is.
 */
export async function stateFolders(files: Files, root: string): Promise<{ readonly state: readonly StateFolder[]; readonly beside: readonly StateFile[] }> {
  const found: StateFolder[] = [];
  const beside: StateFile[] = [];
  let seen = 0;

  /** True where nothing below is a program's text. */
  async function walk(folder: string, depth: number): Promise<boolean> {
    const entries = await files.list(join(root, folder)).catch(() => undefined);
    if (entries && isOfPackages(folder, entries)) return false;
    seen += entries?.length ?? 0;
    if (!entries || seen > MOST || depth > DEEPEST) return false;
    let pure = true;
    const wrote = new Map<number, number>();
    const loose: StateFile[] = [];
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.kind === 'directory') {
        if (SKIPPED.has(entry.name) || !(await walk(path, depth + 1))) pure = false;
        continue;
      }
      const stat = await files.stat(join(root, path)).catch(() => undefined);
      if (!stat) continue;
      if (isProgram(path, entry, stat)) pure = false;
      else if (stat.kind === 'file' && stat.written) {
        wrote.set(stat.uid, Math.max(wrote.get(stat.uid) ?? 0, stat.written.getTime()));
        loose.push({ path, uid: stat.uid, at: stat.written.getTime() });
      }
    }
    if (pure && wrote.size > 0 && folder !== '') found.push({ path: folder, wrote: [...wrote].map(([uid, at]) => ({ uid, at })) });
    else if (!pure || folder === '') beside.push(...loose.slice(0, MOST_LOOSE));
    return pure;
  }

  await walk('', 0);
  return seen > MOST ? { state: [], beside: [] } : { state: found.sort(byPath), beside: beside.sort(byPath) };
}
