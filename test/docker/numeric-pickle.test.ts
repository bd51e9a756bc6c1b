// The other half of "the serializer before the numeric user" (pickle-serializer.test.ts has it in order): here it is left out on purpose.
import assert from 'node:assert/strict';
import { longTest } from '../helpers/engine.ts';
import { putBack, standingNow } from '../helpers/loop.ts';
import { withScenario } from '../helpers/scenario.ts';
import { openSession } from '../../source/engine/open.ts';
import { makePlan } from '../../source/engine/plan.ts';
import { isRefusal, type Fix, type Risk } from '../../source/model/risk.ts';
import { RISKS } from '../../source/risks/index.ts';

/** The same fix, and it has forgotten what it needs. */
const forgetful = (fix: Fix): Fix => ({
  ...fix,
  propose(finding, machine) {
    const made = fix.propose(finding, machine);
    if (isRefusal(made)) return made;
    const { needs: _, ...rest } = made;
    return rest;
  },
});
const UNORDERED: readonly Risk[] = RISKS.map((r) => (r.id === 'root-container' ? { ...r, fixes: r.fixes.map(forgetful) } : r));

longTest('the numeric user before the serializer ends the worker, in its own words, and is taken back', (t) =>
  withScenario(t, 'pickle-serializer', {}, async (project) => {
    const before = standingNow(project);
    const session = await openSession({ root: project.root, checks: [], env: { XDG_STATE_HOME: project.state }, home: project.box });
    const machine = await session.inspect();
    const findings = session.diagnose(machine);
    const choices = findings.filter((f) => f.risk === 'root-container').map((f) => ({ finding: f.id, risk: f.risk, fix: 'numeric-user' }));

    // As it is planned, the serializer comes along and the plan says why.
    const right = await session.plan(machine, choices);
    assert.deepEqual([...new Set(right.choices.map((c) => c.risk))].sort(), ['pickle-serializer', 'root-container']);
    assert.match(right.joins.map((j) => j.because.en).join(), /pickle under a group that has no name/);

    const reversed = makePlan(machine, UNORDERED, findings, choices);
    assert.deepEqual([...new Set(reversed.choices.map((c) => c.risk))], ['root-container']);
    const result = await session.apply(reversed, () => undefined);
    assert.deepEqual([result.ending, result.exitCode], ['taken-back', 3]);
    assert.match(result.failure?.log.join('\n') ?? '', /superuser privileges|security issue|C_FORCE_ROOT/);
    putBack(project, before);
    await project.answersAsBefore();
  }));
