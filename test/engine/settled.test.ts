import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { diagnose } from '../../source/engine/diagnose.ts';
import { makePlan } from '../../source/engine/plan.ts';
import { RISKS } from '../../source/risks/index.ts';
import { casesOf, machineOf } from '../helpers/case.ts';

// A uWSGI that starts as the app is not root any more: whoever chose a way for that as well has chosen nothing against it.
void describe('one way that ends two findings', () => {
  for (const first of ['socket-mode', 'uwsgi-root']) {
    void it(`is one plan, ${first} chosen first`, async () => {
      const one = casesOf('socket-mode').find(({ name }) => name === 'seen-with-peer-101')!;
      const machine = await machineOf(one.before, one.recorded);
      const { findings } = diagnose(machine, RISKS);
      const of = (risk: string, fix: string) => findings.filter((f) => f.risk === risk).map((f) => ({ finding: f.id, risk, fix }));
      const both = [...of('socket-mode', 'app-socket'), ...of('uwsgi-root', 'uid-gid')];
      const plan = makePlan(machine, RISKS, findings, first === 'socket-mode' ? both : both.reverse());
      assert.deepEqual(plan.refused, []);
      const written = plan.steps.flatMap(({ change }) => (change.kind === 'edit-file' ? change.edits.map((e) => e.text) : []));
      assert.ok(!written.some((text) => /chown-socket|^uid|^gid/m.test(text)), 'it steps down from what it never was');
      assert.deepEqual(both.filter((c) => !plan.foreseen.gone.includes(c.finding)), []);
      // Each owes its own proof, and the second goes where the first one goes.
      const owed = new Map(plan.owed.map((o) => [o.finding, o.proofs.map((p) => p.kind)]));
      assert.deepEqual(owed.get(of('uwsgi-root', '')[0]!.finding), ['not-root']);
      assert.deepEqual(plan.ties?.find((t) => t.finding === of('uwsgi-root', '')[0]!.finding)?.needs, [of('socket-mode', '')[0]!.finding]);
      const image = plan.steps.find(({ change }) => change.kind === 'build-image');
      assert.deepEqual([...image!.because].sort(), both.map((c) => c.finding).sort());
    });
  }

  void it('leaves a way alone that another one does not end', async () => {
    const one = casesOf('socket-mode').find(({ name }) => name === 'seen-with-peer-101')!;
    const machine = await machineOf(one.before, one.recorded);
    const { findings } = diagnose(machine, RISKS);
    const of = (risk: string, fix: string) => findings.filter((f) => f.risk === risk).map((f) => ({ finding: f.id, risk, fix }));
    const plan = makePlan(machine, RISKS, findings, [...of('socket-mode', 'group-socket'), ...of('uwsgi-root', 'uid-gid')]);
    assert.deepEqual(plan.ties?.flatMap((t) => t.needs), []);
    assert.ok(plan.steps.some(({ change }) => change.kind === 'edit-file' && change.edits.some((e) => e.text.includes('uid = '))));
  });
});
