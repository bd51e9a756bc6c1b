import type { Entry, Files, Stat, System } from './system.ts';

const missing = (path: string): Error => Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' });

interface Kept {
  bytes: Buffer;
  mode: number;
}

/** Files in memory, below any root: for tests of what is pure but for its reading. Folders exist where a file lies below. */
export function memoryFiles(initial: Readonly<Record<string, string>>): Files & { readonly all: ReadonlyMap<string, Kept> } {
  const all = new Map<string, Kept>(Object.entries(initial).map(([path, text]) => [path, { bytes: Buffer.from(text), mode: 0o644 }]));
  const isFolder = (path: string): boolean => [...all.keys()].some((p) => p.startsWith(path === '/' ? '/' : `${path}/`));
  const stat = (path: string): Stat | undefined => {
    const file = all.get(path);
    if (file) return { kind: 'file', mode: file.mode, uid: 0, gid: 0, size: file.bytes.length };
    return isFolder(path) ? { kind: 'directory', mode: 0o755, uid: 0, gid: 0, size: 0 } : undefined;
  };
  return {
    all,
    async realpath(path) {
      if (!stat(path)) throw missing(path);
      return path;
    },
    stat: async (path) => stat(path),
    async list(folder): Promise<readonly Entry[]> {
      const names = new Map<string, Entry['kind']>();
      for (const path of all.keys()) {
        if (!path.startsWith(`${folder}/`)) continue;
        const [head = '', ...rest] = path.slice(folder.length + 1).split('/');
        names.set(head, rest.length > 0 ? 'directory' : 'file');
      }
      return [...names].sort().map(([name, kind]) => ({ name, kind }));
    },
    async read(path) {
      const file = all.get(path);
      if (!file) throw missing(path);
      return file.bytes;
    },
    async write(path, bytes, as) {
      all.set(path, { bytes, mode: as?.mode ?? all.get(path)?.mode ?? 0o644 });
    },
    async remove(path) {
      for (const p of [...all.keys()]) if (p === path || p.startsWith(`${path}/`)) all.delete(p);
    },
    async copy(from, to) {
      const file = all.get(from);
      if (!file) throw missing(from);
      all.set(to, { ...file });
    },
    makeFolder: async () => undefined,
    async set(path, { mode }) {
      const file = all.get(path);
      if (!file) throw missing(path);
      if (mode !== undefined) file.mode = mode;
    },
    async append(path, line) {
      const old = all.get(path);
      all.set(path, { bytes: Buffer.concat([old?.bytes ?? Buffer.alloc(0), Buffer.from(line)]), mode: 0o600 });
    },
    async claim(path, content) {
      if (all.has(path)) return false;
      all.set(path, { bytes: Buffer.from(content), mode: 0o600 });
      return true;
    },
  };
}

/** A machine without engine, processes or network: files only. */
export function memorySystem(files: Files): System {
  const none = async (): Promise<never> => {
    throw new Error('there is no shell in memory');
  };
  return {
    files,
    shell: { ask: none, run: none, hand: none },
    processes: { available: false, self: 0, list: async () => [], me: async () => 'me', lives: async (name) => name === 'me', network: async () => undefined, socketInodes: async () => [], writing: async () => [], startedAt: async () => undefined, environment: async () => undefined, statInside: async () => undefined, listInside: async () => undefined, readInside: async () => undefined },
    net: { get: async () => undefined, connects: async () => false, connectsAs: async () => undefined, addresses: () => [] },
    now: () => new Date(0),
    pause: async () => undefined,
  };
}
