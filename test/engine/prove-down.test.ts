import assert from 'node:assert/strict';
import { it } from 'node:test';
import { prove } from '../../source/engine/prove.ts';
import type { Finding } from '../../source/model/finding.ts';
import type { Machine } from '../../source/model/machine.ts';
import type { Plan } from '../../source/model/plan.ts';
import { same } from '../../source/model/text.ts';
import { memoryFiles, memorySystem } from '../../source/system/memory.ts';

const finding = { id: 'f1', risk: 'exposed-port', title: same('6379 of redis is open'), subjects: [] } as unknown as Finding;
const plan = { findings: [finding], owed: [{ finding: 'f1', proofs: [{ kind: 'reach', service: 'redis', port: 6379, inside: 6379, published: 'no' }] }], steps: [] } as unknown as Plan;
const machine = (running: boolean) => ({
  root: '/work', files: new Map(), images: [], host: { processes: [], listeners: [], sockets: [] }, services: [{ name: 'redis', containers: ['a'] }],
  containers: [{ id: 'a', running, restarting: false, ports: [], processes: [], labels: new Map(), mounts: [] }],
}) as unknown as Machine;

it('that a service which is down does not answer is no proof that its port is closed', async () => {
  const [down] = await prove(plan, machine(false), [], memorySystem(memoryFiles({})));
  assert.deepEqual([down?.outcome, down?.proof.en], ['cannot-tell', 'redis does not run']);
});
