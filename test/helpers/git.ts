import { mkdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { must, ran, type Told } from './program.ts';

const WHO = ['-c', 'user.name=t', '-c', 'user.email=t@localhost', '-c', 'commit.gpgsign=false', '-c', 'core.autocrlf=false', '-c', 'init.defaultBranch=main'];
const git = (cwd: string, ...words: string[]): Promise<string> => must(['git', ...WHO, ...words], { cwd });

export async function commitAll(folder: string): Promise<void> {
  await git(folder, 'init', '-q');
  await git(folder, 'add', '-A');
  await git(folder, 'commit', '-q', '-m', 'as it was');
}

export async function clone(repository: string, into: string): Promise<string> {
  mkdirSync(path.dirname(into), { recursive: true });
  await git(path.dirname(into), 'clone', '-q', repository, into);
  return into;
}

/** `git apply` reads the patch as it came from stdout. Exit code 0 alone means nothing: git skips what it does not find. */
export const applyPatch = (cwd: string, patch: string): Promise<Told> => ran(['git', 'apply', '-v', '-'], { cwd, input: patch });

/** Tracked and new files that differ from the commit. */
export async function changed(folder: string): Promise<readonly string[]> {
  await git(folder, 'add', '-A', '-N', '.');
  return (await git(folder, 'diff', '--name-only')).split('\n').filter(Boolean).sort();
}

/** Bytes, and the one mode bit that git keeps, of the named files. */
export const contents = (folder: string, files: readonly string[]): Record<string, string> =>
  Object.fromEntries(files.map((file) => {
    const at = path.join(folder, file);
    return [file, `${(statSync(at).mode & 0o111) === 0 ? '644' : '755'} ${readFileSync(at, 'base64')}`];
  }));
