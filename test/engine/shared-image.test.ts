import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { builtBefore } from '../../source/engine/baseline.ts';
import { diagnose } from '../../source/engine/diagnose.ts';
import { makePlan } from '../../source/engine/plan.ts';
import type { Finding } from '../../source/model/finding.ts';
import type { Plan } from '../../source/model/plan.ts';
import type { Risk } from '../../source/model/risk.ts';
import { same } from '../../source/model/text.ts';
import { RISKS } from '../../source/risks/index.ts';
import { machineOf, type Recorded } from '../helpers/case.ts';

const FILES = {
  'Dockerfile': 'FROM debian:bookworm-slim\nWORKDIR /app\nCOPY . .\nCMD ["gunicorn", "-b", "0.0.0.0:8000", "press.web:app"]\n',
  'compose.yaml': 'services:\n  web:\n    build: .\n    image: press-app\n  worker:\n    image: press-app:latest\n    command: celery -A press worker\n  redis:\n    image: redis:7\n',
};
const gunicorn = { service: 'web', image: 'press-app', workdir: '/app', processes: [{ pid: 10, uid: 0, argv: ['gunicorn', '-b', '0.0.0.0:8000', 'press.web:app'] }], written: [] };
const celery = { service: 'worker', image: 'press-app', workdir: '/app', processes: [{ pid: 20, uid: 0, argv: ['/usr/bin/python3', '/usr/bin/celery', '-A', 'press', 'worker'] }], written: [] };

async function planned(recorded: Recorded): Promise<{ readonly plan: Plan; readonly machine: Awaited<ReturnType<typeof machineOf>> }> {
  const machine = await machineOf(FILES, recorded);
  const { findings } = diagnose(machine, RISKS);
  const root = findings.filter((f) => f.risk === 'root-container');
  assert.equal(root.length, 1, 'one line decides for both');
  return { machine, plan: makePlan(machine, RISKS, findings, root.map((f) => ({ finding: f.id, risk: f.risk, fix: 'named-user' }))) };
}
const builds = (plan: Plan): readonly string[] => plan.steps.flatMap(({ change }) => (change.kind === 'build-image' ? [`${change.service} ${change.image}`] : []));
const started = (plan: Plan): readonly string[] => plan.steps.flatMap(({ change }) => (change.kind === 'start-services' ? change.services.map((s) => s.service) : []));

describe('web builds the image, worker only names it', () => {
  it('is built once, and both are started from it', async () => {
    const { plan } = await planned({ containers: [gunicorn, celery] });
    assert.deepEqual(builds(plan), ['web press-app']);
    assert.deepEqual(started(plan), ['web', 'worker']);
    assert.deepEqual([...new Set(plan.owed.flatMap((o) => o.proofs.flatMap((p) => ('service' in p ? [p.service] : []))))].sort(), ['web', 'worker']);
  });
  it('nobody calls worker pulled', async () => {
    const { machine } = await planned({ containers: [gunicorn, celery] });
    assert.deepEqual(machine.blind.filter((b) => b.what === 'worker'), []);
    assert.equal(machine.services.find((s) => s.name === 'worker')?.build?.dockerfile, 'Dockerfile');
    assert.equal(machine.services.find((s) => s.name === 'redis')?.build, undefined);
  });
  it('is built, too, where only worker runs, and held against what worker runs', async () => {
    const { plan, machine } = await planned({ containers: [celery] });
    assert.deepEqual(builds(plan), ['web press-app']);
    assert.deepEqual(started(plan), ['worker']);
    assert.deepEqual(builtBefore(plan, machine).map((b) => b.service), ['web']);
  });
  it('is started anew for both, whichever of them a fix names', async () => {
    const machine = await machineOf(FILES, { containers: [gunicorn, celery] });
    for (const named of ['web', 'worker']) {
      const finding: Finding = { id: 'f', risk: 'r', severity: 'high', confidence: 'seen', title: same('r'), why: same(''), subjects: [{ kind: 'service', name: named }], places: [], chain: [], seen: [], from: [], detail: {} };
      const risk: Risk = {
        id: 'r', severity: 'high', technologies: [], equivalents: [], readme: { 'en': '', 'zh-CN': '' }, detect: () => [finding],
        fixes: [{ id: 'fix', safety: 'review', proven: true, propose: () => ({ changes: [], rebuild: [named], replace: [named], proofs: [] }) }],
      };
      const plan = makePlan(machine, [risk], [finding], [{ finding: 'f', risk: 'r', fix: 'fix' }]);
      assert.deepEqual(builds(plan), ['web press-app'], named);
      assert.deepEqual(started(plan), ['web', 'worker'], named);
    }
  });
});
