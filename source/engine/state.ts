import { join } from 'node:path';
import type { Files } from '../system/system.ts';

/** Where journals and locks live, and whose they are. */
export interface State {
  readonly folder: string;
  /** Under sudo: who called it. What is kept there is his, and is found again without sudo. */
  readonly owner?: { readonly uid: number; readonly gid: number };
}

type Env = Readonly<Record<string, string | undefined>>;

/** The home of an account, as this machine has it. */
async function homeOf(files: Pick<Files, 'read'>, uid: number): Promise<string | undefined> {
  const accounts = (await files.read('/etc/passwd').catch(() => Buffer.alloc(0))).toString('utf8').split('\n').map((line) => line.split(':'));
  return accounts.find((fields) => fields[2] === String(uid))?.[5] || undefined;
}

/**
 * `$XDG_STATE_HOME/harden-tui`, else `~/.local/state/harden-tui`; under sudo those of the user who called it, so that
 * one history holds what was done with and without it (DECISIONS.md).
 */
export async function stateOf(env: Env, home: string, files: Pick<Files, 'read'>, me = process.getuid?.()): Promise<State> {
  const [uid, gid] = [env['SUDO_UID'], env['SUDO_GID']].map((id) => (/^\d+$/.test(id ?? '') ? Number(id) : 0));
  const owner = me === 0 && uid ? { uid, gid: gid ?? 0 } : undefined;
  const base = owner ? ((await homeOf(files, owner.uid)) ?? home) : home;
  return { folder: join(env['XDG_STATE_HOME'] || join(base, '.local', 'state'), 'harden-tui'), ...(owner ? { owner } : {}) };
}

/** What is made below the state's folder belongs to its owner; everything else is as it was. */
export function keptFor(files: Files, { folder, owner }: State): Files {
  if (!owner) return files;
  const ours = (path: string): boolean => path === folder || path.startsWith(`${folder}/`);
  const made = async <T>(path: string, work: () => Promise<T>): Promise<T> => {
    const fresh = ours(path) && !(await files.stat(path));
    const answer = await work();
    if (fresh) await files.set(path, owner);
    return answer;
  };
  return {
    ...files,
    makeFolder: (path, mode, whose) => files.makeFolder(path, mode, ours(path) ? owner : whose),
    append: (path, line) => made(path, () => files.append(path, line)),
    claim: (path, content) => made(path, () => files.claim(path, content)),
    write: (path, bytes, as) => files.write(path, bytes, ours(path) ? { ...as, ...owner } : as),
  };
}
