import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { withInside } from '../../source/inspect/inside.ts';
import type { Container } from '../../source/model/container.ts';
import { memorySystem } from '../../source/system/memory.ts';
import type { Entry, Files, Stat, System } from '../../source/system/system.ts';

const stat = (kind: Stat['kind'], mode: number): Stat => ({ kind, mode, uid: 0, gid: 0, size: 0 });

/** A container's tree by path; nothing else of a system is asked. */
function system(tree: Readonly<Record<string, Stat>>, texts: Readonly<Record<string, string>> = {}): System {
  const base = memorySystem({} as Files);
  const listed = (folder: string): readonly (Entry & Stat)[] => Object.entries(tree).flatMap(([path, s]) => (path.slice(0, path.lastIndexOf('/')) === folder ? [{ name: path.slice(path.lastIndexOf('/') + 1), ...s }] : []));
  return { ...base, processes: { ...base.processes, available: true, statInside: async (_pid, path) => tree[path], listInside: async (_pid, path) => listed(path), readInside: async (_pid, path) => texts[path] } };
}

const container = (more: object): Container => ({
  mounts: [], entrypoint: [], cmd: [], workdir: '', processes: [{ pid: 7, ppid: 1, container: 'c', uid: { real: 0, effective: 0 }, gid: { real: 0, effective: 0 }, groups: [], argv: [] }], ...more,
} as unknown as Container);

describe('what somebody else than root would not get at', () => {
  it('is looked for below the working folder and on the way to what the command names', async () => {
    const seen = await withInside(
      system({
        '/app': stat('directory', 0o755), '/app/app.py': stat('file', 0o644), '/app/key': stat('file', 0o600), '/app/data': stat('directory', 0o700), '/app/data/x': stat('file', 0o644),
        '/app/.git': stat('directory', 0o700), '/etc': stat('directory', 0o755), '/etc/redis': stat('directory', 0o2770), '/etc/redis/a.conf': stat('file', 0o640),
      }),
      // A program that has written its own title over its words: the container's command still names the file.
      container({ workdir: '/app', mounts: [{ target: '/app/data' }], entrypoint: ['/bin/sh', '-c'], cmd: ['exec redis-server /etc/redis/a.conf'] }),
    );
    assert.deepEqual(seen.closed, [{ path: '/etc/redis', folder: true }, { path: '/etc/redis/a.conf', folder: false }, { path: '/app/key', folder: false }]);
  });
  it('tells folders from files where that decides, and who owns a tmpfs', async () => {
    const seen = await withInside(
      system({ '/mailbox': stat('directory', 0o755), '/a.db': stat('file', 0o644), '/scratch': stat('directory', 0o755) }),
      container({ written: ['/mailbox', '/a.db', '/srv/app/x'], tmpfs: ['/scratch:size=1m'] }),
    );
    assert.deepEqual([seen.directories, seen.closed], [['/mailbox'], undefined]);
    assert.deepEqual([...(seen.lies ?? [])], [['/scratch', { uid: 0, gid: 0, mode: 0o755 }]]);
  });
  it('names who owns what it writes in, and its accounts where that is somebody else than root', async () => {
    const theirs = { uid: 100, gid: 101 };
    const tree = { '/var/log/redis': { ...stat('directory', 0o2750), ...theirs }, '/var/lib/app': stat('directory', 0o755), '/app': stat('directory', 0o755), '/app/c.conf': { ...stat('file', 0o640), ...theirs } };
    const texts = { '/etc/passwd': 'root:x:0:0::/:/bin/sh\nredis:x:100:101::/:/bin/false\n' };
    const seen = await withInside(system(tree, texts), container({ workdir: '/app', written: ['/var/log/redis/x.log', '/var/lib/app/y'] }));
    assert.deepEqual(seen.others, [{ path: '/var/log/redis', ...theirs, mode: 0o2750 }]);
    assert.deepEqual(seen.accounts, [{ name: 'redis', ...theirs }]);
    assert.deepEqual(seen.closed, [{ path: '/app/c.conf', folder: false, owner: { ...theirs, mode: 0o640 } }]);
    const roots = await withInside(system(tree, texts), container({ written: ['/var/lib/app/y'] }));
    assert.deepEqual([roots.others, roots.accounts], [undefined, undefined]);
  });
  it('stays unknown without a process of root to look through', async () => {
    const c = container({ processes: [], written: ['/mailbox'] });
    assert.equal(await withInside(system({ '/mailbox': stat('directory', 0o755) }), c), c);
  });
});
