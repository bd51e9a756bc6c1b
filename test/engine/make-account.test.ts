import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { makeAccount, useradd } from '../../source/changes/make-account.ts';
import type { Bench } from '../../source/changes/deed.ts';
import { memoryFiles, memorySystem } from '../../source/system/memory.ts';

/** A machine whose account is used until so many calls of userdel were made. */
function machine(used: number): { readonly bench: Bench; readonly calls: string[][]; there(): boolean } {
  const files = memoryFiles({ '/etc/passwd': 'root:x:0:0::/root:/bin/sh\nshop:x:997:997::/nonexistent:/usr/sbin/nologin\n' });
  const calls: string[][] = [];
  const there = (): boolean => (files.all.get('/etc/passwd')?.bytes.toString() ?? '').includes('shop:');
  const base = memorySystem(files);
  const system = {
    ...base,
    pause: async () => undefined,
    shell: {
      ...base.shell,
      run: async (argv: readonly string[]) => {
        calls.push([...argv]);
        if (calls.length <= used) return { code: 8, stdout: '', stderr: 'userdel: user shop is currently used by process 4906\n' };
        await files.write('/etc/passwd', Buffer.from('root:x:0:0::/root:/bin/sh\n'));
        return { code: 0, stdout: '', stderr: '' };
      },
    },
  };
  return { bench: { system, root: '/p', run: '1', say: () => undefined } as unknown as Bench, calls, there };
}

const CHANGE = { kind: 'make-account', name: 'shop' } as const;

describe('an account that was made for a fix', () => {
  it('goes when the last process of it has ended, however long its owner takes', async () => {
    const one = machine(12);
    assert.deepEqual(await makeAccount.revert(CHANGE, { made: true }, one.bench), []);
    assert.ok(one.there(), 'its program still runs, until it is started anew as root');
    assert.equal(one.calls.length, 0, 'nothing is tried before that could work');
    assert.deepEqual(await makeAccount.settle?.(CHANGE, { made: true }, one.bench), []);
    assert.ok(!one.there());
  });

  it('is named with its reason where something keeps it', async () => {
    const one = machine(Infinity);
    const left = await makeAccount.settle?.(CHANGE, { made: true }, one.bench);
    assert.match(left?.[0]?.en ?? '', /The account shop stays as long as process 4906 runs as it/);
    assert.equal(left?.[0]?.stays?.en, 'account shop');
  });

  it('is tried once and not waited for where a person has to start its program again', async () => {
    const one = machine(Infinity);
    assert.equal((await makeAccount.settle?.(CHANGE, { made: true }, { ...one.bench, handed: true }))?.length, 1);
    assert.equal(one.calls.length, 1);
  });

  it('that was there before is left alone', async () => {
    const one = machine(0);
    await makeAccount.revert(CHANGE, { made: false }, one.bench);
    await makeAccount.settle?.(CHANGE, { made: false }, one.bench);
    assert.deepEqual(one.calls, []);
    assert.ok(one.there());
  });

  it('gets a number that nobody here is already, also in a container', async () => {
    const numberFor = async (running: readonly number[]): Promise<unknown> => {
      const base = memorySystem(memoryFiles({ '/etc/passwd': 'root:x:0:0::/root:/bin/sh\nmail:x:999:8::/:/bin/false\n', '/etc/group': 'wheel:x:998:\n' }));
      const list = async () => running.map((uid, i) => ({ pid: 100 + i, status: `Uid:\t${uid}\t${uid}\t${uid}\t${uid}\nGid:\t0\t0\t0\t0\n`, cmdline: '', cgroup: '' }));
      const bench = { system: { ...base, processes: { ...base.processes, list } }, root: '/p', run: '1', say: () => undefined } as unknown as Bench;
      return makeAccount.prepare(CHANGE, bench);
    };
    assert.deepEqual(await numberFor([0, 999]), { made: true }, 'useradd takes 997 by itself');
    assert.deepEqual(await numberFor([0, 997]), { made: true, uid: 996 });
    assert.deepEqual(useradd(CHANGE, 996).slice(0, 4), ['useradd', '--system', '--uid', '996']);
  });
});
