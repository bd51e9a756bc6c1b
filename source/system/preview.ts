import { dirname } from 'node:path';
import { owning } from './deeds.ts';
import { previewDocker } from './preview-docker.ts';
import type { ProcTexts, Ran, System } from './system.ts';

export interface KeptFile {
  readonly path: string;
  readonly before: Buffer | undefined;
  readonly beforeMode: number | undefined;
  readonly after: Buffer | undefined;
  readonly mode: number | undefined;
}

export interface Preview {
  readonly system: System;
  /** Files as they would be, in the order of their first write. */
  files(): readonly KeptFile[];
  /** Every command that would run, as argv. */
  commands(): readonly (readonly string[])[];
}

const DONE: Ran = { code: 0, stdout: '', stderr: '' };

/** Reads through, keeps writes. The same deeds run on it as on the real system, so what it shows is what apply does. */
export function preview(system: System): Preview {
  const kept = new Map<string, { before: Buffer | undefined; beforeMode: number | undefined; after: Buffer | undefined; mode: number | undefined; uid: number; gid: number }>();
  /** Folders and sockets that are there, and would not be any more. */
  const gone = new Set<string>();
  const owned = new Map<string, { readonly uid?: number; readonly gid?: number; readonly mode?: number }>();
  const said: (readonly string[])[] = [];
  const { post: _, ...rest } = system;
  const { files } = rest;
  const engine = rest.docker && previewDocker(rest.docker, (argv) => said.push(argv));
  let processes: Promise<readonly ProcTexts[]> | undefined;

  async function keep(path: string, after: Buffer | undefined, { mode, uid, gid }: { mode?: number; uid?: number; gid?: number } = {}): Promise<void> {
    const known = kept.get(path);
    if (known) {
      Object.assign(known, { after, mode: mode ?? known.mode, uid: uid ?? known.uid, gid: gid ?? known.gid });
      return;
    }
    const stat = await files.stat(path);
    kept.set(path, { before: stat ? await files.read(path) : undefined, beforeMode: stat?.mode, after, mode: mode ?? stat?.mode ?? 0o644, uid: uid ?? stat?.uid ?? 0, gid: gid ?? stat?.gid ?? 0 });
  }

  return {
    files: () => [...kept].map(([path, { before, beforeMode, after, mode }]) => ({ path, before, beforeMode, after, mode })),
    commands: () => said,
    system: {
      ...rest,
      files: {
        ...files,
        async stat(path) {
          const known = kept.get(path);
          if (gone.has(path)) return undefined;
          if (!known) {
            const stat = await files.stat(path);
            return stat && { ...stat, ...owned.get(path) };
          }
          if (!known.after) return undefined;
          return { kind: 'file', mode: known.mode ?? 0o644, uid: known.uid, gid: known.gid, size: known.after.length, ...owned.get(path) };
        },
        async read(path) {
          return kept.get(path)?.after ?? files.read(path);
        },
        async list(folder) {
          const there = (await files.stat(folder)) ? await files.list(folder) : [];
          const fresh = [...kept].filter(([path, k]) => dirname(path) === folder && k.after && !k.before).map(([path]) => ({ name: path.slice(folder.length + 1), kind: 'file' as const }));
          const stays = (path: string): boolean => !gone.has(path) && (kept.get(path)?.after !== undefined || !kept.has(path));
          return [...there.filter((e) => stays(`${folder}/${e.name}`)), ...fresh];
        },
        write: (path, bytes, as) => keep(path, bytes, as),
        async remove(path) {
          for (const [other, k] of kept) if (other.startsWith(`${path}/`)) k.after = undefined;
          const stat = kept.has(path) ? undefined : await files.stat(path);
          if (stat && stat.kind !== 'file') gone.add(path);
          else if (stat || kept.has(path)) await keep(path, undefined);
        },
        copy: async (from, to) => keep(to, await files.read(from)),
        makeFolder: async (path) => void gone.delete(path),
        set: async (path, { uid, gid, mode }) => {
          said.push(...owning(path, { uid, gid, mode }));
          owned.set(path, { ...owned.get(path), ...(typeof uid === 'number' ? { uid } : {}), ...(typeof gid === 'number' ? { gid } : {}), ...(mode === undefined ? {} : { mode }) });
        },
        append: async () => {},
        claim: async () => true,
      },
      shell: {
        // Nor a checker: it is asked when the text is about to take the place of the old one.
        ask: async () => DONE,
        run: async (argv) => {
          said.push(argv);
          engine?.heard(argv);
          return DONE;
        },
        hand: async () => 0,
      },
      // Nothing ends and nothing begins: one picture is enough, and nothing is worth waiting for.
      processes: { ...rest.processes, list: () => (processes ??= rest.processes.list()) },
      pause: async () => undefined,
      ...(engine ? { docker: engine.docker } : {}),
    },
  };
}
