import assert from 'node:assert/strict';
import { it } from 'node:test';
import { seenHost } from '../../source/inspect/host.ts';
import type { Process } from '../../source/model/process.ts';
import { memoryFiles, memorySystem } from '../../source/system/memory.ts';
import type { ProcTexts, System } from '../../source/system/system.ts';

const process = (pid: number): Process => ({ pid, ppid: 1, argv: ['python3', 'worker.py'], uid: { real: 5, effective: 5 }, gid: { real: 5, effective: 5 }, groups: [] });
const there = (pid: number, cmdline = 'python3\0worker.py\0'): ProcTexts => ({ pid, status: '', cmdline, cgroup: '' });

/** A machine that lets nobody read an environment; `still` is what a second look finds. */
async function told(uid: number, ...still: readonly ProcTexts[]): Promise<readonly string[]> {
  const system = memorySystem(memoryFiles({}));
  const look: System = { ...system, uid, processes: { ...system.processes, list: async () => still } };
  return (await seenHost(look, '/srv', [process(11), process(12)])).blind.map((b) => `${b.what} ${b.why.en}; ${b.remedy.en}`);
}

it('what ended while it was looked at is not told as something that could not be seen', async () => {
  assert.deepEqual(await told(0), []);
  assert.deepEqual(await told(1000, there(11, '')), [], 'nor what has ended and was not waited for yet');
});

it('another user\'s processes are root\'s to see; what root may not see either, root is not sent to', async () => {
  assert.deepEqual(await told(1000, there(11)), ['pid 11 belongs to another user: what it holds open may not be read; look as that user or as root (sudo)']);
  const [said] = await told(0, there(11), there(12));
  assert.match(said ?? '', /^2 processes the kernel shows not even root/);
  assert.doesNotMatch(said ?? '', /sudo|another user/);
});
