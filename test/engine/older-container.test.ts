import assert from 'node:assert/strict';
import { it } from 'node:test';
import { diagnose } from '../../source/engine/diagnose.ts';
import { makePlan } from '../../source/engine/plan.ts';
import { RISKS } from '../../source/risks/index.ts';
import { casesOf, machineOf } from '../helpers/case.ts';

it('a container older than its files is built, given its volume and replaced; no file is touched', async () => {
  const one = casesOf('root-container').find((c) => c.name === 'container-older-than-its-file');
  assert.ok(one);
  const machine = await machineOf(one.before, one.recorded);
  const findings = diagnose(machine, RISKS).findings.filter((f) => f.risk === 'root-container');
  const plan = makePlan(machine, RISKS, findings, findings.map((f) => ({ finding: f.id, risk: f.risk, fix: 'numeric-user' })));
  assert.deepEqual(plan.steps.map((s) => s.change.kind), ['build-image', 'stop-services', 'own-mount', 'start-services']);
  const own = plan.steps.find((s) => s.change.kind === 'own-mount')?.change;
  assert.equal(own?.kind === 'own-mount' && own.uid, 10001);
  assert.equal(plan.foreseen.left.length, 0);
});
