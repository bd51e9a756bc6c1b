import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import type { Plan } from '../model/plan.ts';
import type { System } from '../system/system.ts';

/** How the files of a plan stand in git. */
export interface Repository {
  /** Undefined where HEAD is no branch. */
  readonly branch?: string;
  /** Files of the plan that git has as they lie here, and those that it has not, or has otherwise. */
  readonly committed: readonly string[];
  readonly changed: readonly string[];
}

// Only objects that lie here are read: no index is refreshed, no filter, hook or monitor of the repository's own is run, and nothing is fetched.
const GIT = ['git', '--no-optional-locks', '-c', 'protocol.allow=never', '-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'] as const;
const ENV = { GIT_NO_LAZY_FETCH: '1', GIT_ALLOW_PROTOCOL: '', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };

/** The name of a file's content as git gives it. */
function objectOf(bytes: Buffer, kind: 'sha1' | 'sha256'): string {
  return createHash(kind).update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** What is committed of the files that a plan edits; undefined where there is no git, or it won't say. */
export async function repositoryOf({ steps, root }: Pick<Plan, 'steps' | 'root'>, { shell, files }: System): Promise<Repository | undefined> {
  const paths = [...new Set(steps.flatMap(({ change }) => (change.kind === 'edit-file' && !change.path.startsWith('/') ? [change.path] : [])))];
  const ask = (...words: readonly string[]) => shell.ask([...GIT, ...words], { cwd: root, env: ENV, timeoutMs: 5000 }).catch(() => undefined);
  const [head, tree] = await Promise.all([ask('symbolic-ref', '--short', '-q', 'HEAD'), paths.length === 0 ? undefined : ask('ls-tree', '-z', 'HEAD', '--', ...paths)]);
  if (!head || !tree || tree.code !== 0) return undefined;
  const known = new Map(tree.stdout.split('\0').filter(Boolean).map((row) => {
    const [about = '', path = ''] = row.split('\t');
    return [path, about.split(' ')[2] ?? ''] as const;
  }));
  const isCommitted = async (path: string): Promise<boolean> => {
    const object = known.get(path);
    const bytes = await files.read(resolve(join(root, path))).catch(() => undefined);
    if (object === undefined || !bytes) return false;
    const kind = object.length === 64 ? 'sha256' : 'sha1';
    // Where git turns line ends, it has them as LF.
    return [bytes, Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')].some((one) => objectOf(one, kind) === object);
  };
  const states = await Promise.all(paths.map(isCommitted));
  const branch = head.code === 0 ? head.stdout.trim() : '';
  return { ...(branch === '' ? {} : { branch }), committed: paths.filter((_, i) => states[i]), changed: paths.filter((_, i) => !states[i]) };
}
