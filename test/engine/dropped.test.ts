import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { diagnose } from '../../source/engine/diagnose.ts';
import { fallingWith, keyOf, withoutOf } from '../../source/engine/dropped.ts';
import { makePlan } from '../../source/engine/plan.ts';
import { readSavedPlan, savedPlan, stale } from '../../source/engine/saved-plan.ts';
import type { Machine } from '../../source/model/machine.ts';
import type { Choice, Plan, Step } from '../../source/model/plan.ts';
import { RISKS } from '../../source/risks/index.ts';
import { machineOf, type Recorded } from '../helpers/case.ts';

const FILES = {
  'Dockerfile': 'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nCMD ["gunicorn", "-b", "0.0.0.0:8000", "shop.web:app"]\n',
  'shop/tasks.py': 'from celery import Celery\n\napp = Celery("shop", broker="redis://redis/0")\napp.conf.update(\n    task_serializer="pickle",\n    result_serializer="pickle",\n    accept_content=["pickle", "json"],\n)\n',
  'compose.yaml': 'services:\n  web:\n    build: .\n    volumes:\n      - media:/app/media\n  worker:\n    build: .\n    command: celery -A shop.tasks worker\n    environment:\n      C_FORCE_ROOT: "1"\n  redis:\n    image: redis:7\n\nvolumes:\n  media:\n',
};
const MEDIA = { type: 'volume', source: 'case_media', target: '/app/media', readOnly: false, anonymous: false, rootEntries: 23 } as const;
const RUNNING: Recorded = {
  containers: [
    { service: 'web', workdir: '/app', mounts: [MEDIA], written: [], processes: [{ pid: 10, uid: 0, argv: ['gunicorn', '-b', '0.0.0.0:8000', 'shop.web:app'] }] },
    { service: 'worker', workdir: '/app', written: [], processes: [{ pid: 20, uid: 0, argv: ['celery', '-A', 'shop.tasks', 'worker'] }] },
  ],
};

const WAYS = { 'root-container': 'numeric-user', 'pickle-serializer': 'json-only' } as const;
const choicesOf = (machine: Machine, risks = Object.keys(WAYS)): readonly Choice[] =>
  diagnose(machine, RISKS).findings.filter((f) => risks.includes(f.risk)).map((f) => ({ finding: f.id, risk: f.risk, fix: WAYS[f.risk as keyof typeof WAYS] }));
const planned = (machine: Machine, without: readonly string[] = []): Plan => makePlan(machine, RISKS, diagnose(machine, RISKS).findings, choicesOf(machine), new Set(without));
const stepOf = (plan: Plan, kind: string): Step => plan.steps.find((s) => s.change.kind === kind)!;
const OWN = 'own-mount volume case_media';

describe('a step that is left out by itself', () => {
  it('is one that nothing else needs, and it is said what follows', async () => {
    const plan = planned(await machineOf(FILES, RUNNING));
    assert.deepEqual(plan.steps.filter((s) => s.alone).map((s) => s.change.kind), ['own-mount']);
    assert.equal(stepOf(plan, 'own-mount').alone?.en, 'web will not be able to write 23 files');
    assert.equal(keyOf(stepOf(plan, 'own-mount').change), OWN);
  });
  it('leaves the findings chosen, the other steps their numbers, and stands in the plan', async () => {
    const machine = await machineOf(FILES, RUNNING);
    const [whole, rest] = [planned(machine), planned(machine, [OWN])];
    assert.deepEqual(rest.choices, whole.choices);
    assert.deepEqual(rest.owed, whole.owed);
    assert.deepEqual(rest.dropped?.map((s) => s.change.kind), ['own-mount']);
    assert.deepEqual([...rest.steps, ...rest.dropped!].sort((a, b) => a.number - b.number), whole.steps);
    assert.equal(whole.dropped, undefined);
    assert.deepEqual(withoutOf(rest), [OWN]);
  });
  it('is nothing that a build or a start needs, whatever is asked for', async () => {
    const machine = await machineOf(FILES, RUNNING);
    const whole = planned(machine);
    const rest = planned(machine, whole.steps.filter((s) => s.change.kind !== 'own-mount').map((s) => keyOf(s.change)));
    assert.deepEqual(rest.steps, whole.steps);
    assert.equal(rest.dropped, undefined);
  });
  it('is not the only thing that a fix does', async () => {
    // The image is right already: to hand the volume over is all that is left of the fix.
    const right = { ...FILES, 'Dockerfile': FILES.Dockerfile.replace('CMD', 'RUN mkdir -p media && chown 10001:10001 media\nUSER 10001:10001\nCMD') };
    const containers = RUNNING.containers!.map((c) => ({ ...c, user: '10001:10001', processes: c.processes!.map((p) => ({ ...p, uid: 10001, gid: 10001 })), mounts: (c.mounts ?? []).map((m) => ({ ...m, owner: { uid: 0, gid: 0, mode: 0o755 } })) }));
    const machine = await machineOf(right, { containers });
    const { findings } = diagnose(machine, RISKS);
    const found = findings.find((f) => f.risk === 'root-container');
    if (!found) return assert.fail('the volume is not found');
    const plan = makePlan(machine, RISKS, findings, [{ finding: found.id, risk: found.risk, fix: 'numeric-user' }], new Set([OWN]));
    assert.equal(stepOf(plan, 'own-mount').alone, undefined);
  });
});

describe('a step that is needed', () => {
  it('takes its findings along, and those that can\'t do without them', async () => {
    const machine = await machineOf(FILES, RUNNING);
    const plan = planned(machine);
    const id = (risk: string): string => plan.findings.find((f) => f.risk === risk)?.id ?? '';
    const edit = (path: string): Step => plan.steps.find((s) => s.change.kind === 'edit-file' && s.change.path === path)!;
    assert.deepEqual([...fallingWith(plan, edit('shop/tasks.py'))].sort(), [id('pickle-serializer'), id('root-container')].sort());
    assert.deepEqual(fallingWith(plan, edit('Dockerfile')), [id('root-container')]);
  });
});

describe('a saved plan', () => {
  it('has what was left out, and leaves it out again', async () => {
    const machine = await machineOf(FILES, RUNNING);
    const saved = savedPlan(planned(machine, [OWN]), machine);
    assert.deepEqual(saved.without, [OWN]);
    // Images of a recorded machine have no real names.
    const there = { ...saved, images: [] };
    assert.deepEqual(readSavedPlan(JSON.stringify(there)), there);
    assert.equal(stale(saved, planned(machine, saved.without), machine), undefined);
    assert.equal('without' in savedPlan(planned(machine), machine), false);
  });
  it('is refused, with the reason, where the step is not there any more', async () => {
    const machine = await machineOf(FILES, RUNNING);
    const saved = savedPlan(planned(machine, [OWN]), machine);
    assert.match(stale(saved, planned(machine), machine)?.en ?? '', /left out a step .*own-mount volume case_media/);
  });
  it('is refused where that is not of its form', async () => {
    const machine = await machineOf(FILES, RUNNING);
    const saved = savedPlan(planned(machine, [OWN]), machine);
    assert.deepEqual(readSavedPlan(JSON.stringify({ ...saved, without: [3] })), { fault: { 'en': '"without" is missing or is not of its form', 'zh-CN': '“without”缺失或格式不对' } });
  });
});
