import assert from 'node:assert/strict';
import { it } from 'node:test';
import { knowingBefore, shutOut } from '../../source/engine/asked-before.ts';
import { writable } from '../../source/engine/proofs/writable.ts';
import type { Plan } from '../../source/model/plan.ts';
import { memoryFiles, memorySystem } from '../../source/system/memory.ts';
import type { System } from '../../source/system/system.ts';
import { machineOf, type Recorded } from '../helpers/case.ts';

const COMPOSE = { 'compose.yaml': 'services:\n  web:\n    image: somebody/web\n' };
const proof = { kind: 'writable', service: 'web', paths: ['/app/data', '/app/uploads'] } as const;
const running = (owner = 0): Recorded => ({ containers: [{
  service: 'web', processes: [{ pid: 100, uid: 10001, argv: ['web'] }],
  mounts: proof.paths.map((target) => ({ type: 'bind', source: `/case${target}`, target, readOnly: false, anonymous: false, owner: { uid: owner, gid: owner, mode: 0o755 } })),
}] });

/** An engine whose containers answer `test -w` like this. */
const answering = (code: (path: string) => number): System => ({ ...memorySystem(memoryFiles({})), docker: { ask: async ({ argv }: { argv: readonly string[] }) => ({ code: code(argv[2] ?? ''), stdout: '', stderr: '' }) } as unknown as NonNullable<System['docker']> });

it('that a place may be written is asked as who runs there; one that may not is named', async () => {
  const machine = await machineOf(COMPOSE, running());
  assert.deepEqual(await writable(proof, machine, answering(() => 0)), { outcome: 'gone', text: { 'en': 'writes: yes (/app/data and /app/uploads, web as 10001)', 'zh-CN': '写入：可以（/app/data 和 /app/uploads，web 以 10001 运行）' } });
  const half = await writable(proof, machine, answering((path) => (path === '/app/data' ? 0 : 1)));
  assert.deepEqual([half.outcome, half.text.en], ['left', 'writes: no (/app/uploads, web as 10001)']);
});

it('in an image without `test` the owner that was read tells, and another owner tells nothing', async () => {
  assert.equal((await writable(proof, await machineOf(COMPOSE, running(10001)), answering(() => 127))).outcome, 'gone');
  assert.equal((await writable(proof, await machineOf(COMPOSE, running()), answering(() => 127))).outcome, 'cannot-tell');
  assert.equal((await writable(proof, await machineOf(COMPOSE), answering(() => 0))).outcome, 'cannot-tell');
});

it('a proof says what was answered before only where it was asked, and was no', async () => {
  const plan = { owed: [{ finding: 'f1', proofs: [proof] }, { finding: 'f2', proofs: [{ kind: 'not-root', service: 'web' }] }] } as unknown as Plan;
  const machine = await machineOf(COMPOSE, running());
  const shut = await shutOut(plan, machine, answering(() => 1));
  assert.deepEqual([...shut], ['f1']);
  assert.deepEqual([...(await shutOut(plan, machine, answering(() => 0)))], []);
  const proofOf = async (asked: ReadonlySet<string>, code: number): Promise<readonly [string, string]> => {
    const [owed] = knowingBefore(plan, asked).owed;
    const { outcome, text } = await writable(owed?.proofs[0] as typeof proof, machine, answering(() => code));
    return [outcome, text.en];
  };
  const where = '(/app/data and /app/uploads, web as 10001)';
  assert.deepEqual(await proofOf(shut, 0), ['gone', `writes: no before, yes now ${where}`]);
  assert.deepEqual(await proofOf(new Set(), 0), ['gone', `writes: yes ${where}`]);
  assert.deepEqual(await proofOf(shut, 1), ['left', `writes: no ${where}`]);
  assert.deepEqual(await proofOf(shut, 127), ['cannot-tell', `writes: nobody could ask ${where}`]);
  const zh = await writable({ ...proof, before: 'no' }, machine, answering(() => 0));
  assert.equal(zh.text['zh-CN'], '写入：之前不可以，现在可以（/app/data 和 /app/uploads，web 以 10001 运行）');
  assert.deepEqual(knowingBefore(plan, shut).owed[1], plan.owed[1], 'other proofs stay as they are');
});
