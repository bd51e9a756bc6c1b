import { dirname } from 'node:path';
import { owning, spoken } from './deeds.ts';
import type { Ran, System } from './system.ts';

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
  const kept = new Map<string, { before: Buffer | undefined; beforeMode: number | undefined; after: Buffer | undefined; mode: number | undefined }>();
  const said: (readonly string[])[] = [];
  const { post: _, ...rest } = system;
  const { files, docker } = rest;

  async function keep(path: string, after: Buffer | undefined, mode?: number): Promise<void> {
    const known = kept.get(path);
    if (known) {
      known.after = after;
      known.mode = mode ?? known.mode;
      return;
    }
    const stat = await files.stat(path);
    kept.set(path, { before: stat ? await files.read(path) : undefined, beforeMode: stat?.mode, after, mode: mode ?? stat?.mode ?? 0o644 });
  }

  return {
    files: () => [...kept].map(([path, k]) => ({ path, ...k })),
    commands: () => said,
    system: {
      ...rest,
      files: {
        ...files,
        async stat(path) {
          const known = kept.get(path);
          if (!known) return files.stat(path);
          if (!known.after) return undefined;
          return { kind: 'file', mode: known.mode ?? 0o644, uid: 0, gid: 0, size: known.after.length };
        },
        async read(path) {
          return kept.get(path)?.after ?? files.read(path);
        },
        async list(folder) {
          const there = (await files.stat(folder)) ? await files.list(folder) : [];
          const fresh = [...kept].filter(([path, k]) => dirname(path) === folder && k.after && !k.before).map(([path]) => ({ name: path.slice(folder.length + 1), kind: 'file' as const }));
          return [...there.filter((e) => kept.get(`${folder}/${e.name}`)?.after !== undefined || !kept.has(`${folder}/${e.name}`)), ...fresh];
        },
        write: (path, bytes, as) => keep(path, bytes, as?.mode),
        async remove(path) {
          for (const [other, k] of kept) if (other.startsWith(`${path}/`)) k.after = undefined;
          if (!kept.has(path) && !(await files.stat(path))) return;
          await keep(path, undefined);
        },
        copy: async (from, to) => keep(to, await files.read(from)),
        makeFolder: async () => {},
        set: async (path, to) => void said.push(...owning(path, to)),
        append: async () => {},
        claim: async () => true,
      },
      shell: {
        // Nor a checker: it is asked when the text is about to take the place of the old one.
        ask: async () => DONE,
        run: async (argv) => {
          said.push(argv);
          return DONE;
        },
        hand: async () => 0,
      },
      ...(docker
        ? {
            docker: {
              ...docker,
              // A dry run executes nothing, not even a reading command in a container.
              ask: async () => DONE,
              act: async (deed) => {
                said.push(spoken(deed, docker.endpoint));
                return DONE;
              },
            },
          }
        : {}),
    },
  };
}
