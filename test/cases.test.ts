import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { diagnose } from '../source/engine/diagnose.ts';
import { filesAfter, isFileChange } from '../source/engine/edits.ts';
import { ways } from '../source/engine/offers.ts';
import { foresee } from '../source/engine/foresee.ts';
import { makePlan } from '../source/engine/plan.ts';
import { RISKS } from '../source/risks/index.ts';
import { casesOf, machineOf, tree } from './helpers/case.ts';

// `CASE=name npm test -- test/cases.test.ts` runs one; a case is a folder, so adding one is adding files.
const wanted = process.env['CASE'];

for (const risk of RISKS) {
  describe(risk.id, () => {
    for (const one of casesOf(risk.id)) {
      if (wanted && one.name !== wanted) continue;
      if (one.quiet) {
        it(`says nothing about ${one.name.slice('quiet-'.length)}`, async () => {
          const machine = await machineOf(one.before, one.recorded);
          assert.ok(machine.files.size > 0, 'the case has files');
          assert.deepEqual(risk.detect(machine).map((f) => `${f.confidence}: ${f.title.en}`), []);
        });
        continue;
      }
      it(`finds ${one.name}`, async () => {
        const machine = await machineOf(one.before, one.recorded);
        const found = risk.detect(machine);
        assert.equal(found.length, one.expect.count ?? 1, found.map((f) => f.title.en).join('; '));
        assert.equal(new Set(found.map((f) => f.id)).size, found.length, 'every finding has its own id');
        const [finding] = found;
        const { file, line, confidence, severity, recommended, refused } = one.expect;
        if (file !== undefined) assert.equal(finding?.places[0]?.file, file);
        if (line !== undefined) assert.equal(finding?.places[0]?.line, line);
        if (confidence !== undefined) assert.equal(finding?.confidence, confidence);
        if (severity !== undefined) assert.equal(finding?.severity, severity);
        if (!finding) return;
        const offered = ways(finding, risk, machine);
        if (recommended !== undefined) assert.equal(offered.find((w) => w.recommended)?.fix.id, recommended);
        for (const [fix, words] of Object.entries(refused ?? {})) assert.match(offered.find((w) => w.fix.id === fix)?.refused?.en ?? 'not refused', new RegExp(words));
      });
      for (const [fix, folder] of one.afters) {
        it(`mends ${one.name} by ${fix}`, async () => {
          const machine = await machineOf(one.before, one.recorded);
          const findings = diagnose(machine, RISKS).findings;
          const choices = findings.filter((f) => f.risk === risk.id).map((f) => ({ finding: f.id, risk: risk.id, fix }));
          const plan = makePlan(machine, RISKS, findings, choices);
          assert.deepEqual(plan.refused.map((r) => r.reason.en), []);
          const after = filesAfter(machine, plan.steps.map((s) => s.change).filter(isFileChange));
          const changed = [...after.values()].filter((f) => machine.files.get(f.path)?.text !== f.text);
          assert.deepEqual(Object.fromEntries(changed.map((f) => [f.path, f.text])), tree(folder));
          // Drained first, it is left on purpose; every other fix is foreseen to be the end of it.
          const twoSteps = plan.owed.some((o) => o.due);
          if (!twoSteps) for (const c of choices) assert.ok(foresee(machine, RISKS, findings, plan.steps).gone.includes(c.finding), 'foreseen to be gone');
        });
      }
    }
  });
}
