// What a row of a rehearsal says of now, where the proof would say the same of both.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asItIs } from '../../source/engine/rehearse/proven.ts';
import type { Plan } from '../../source/model/plan.ts';
import type { Verdict } from '../../source/model/proof.ts';
import { same } from '../../source/model/text.ts';

const plan = { findings: [{ id: 'f', places: [{ file: 'compose.yaml', line: 10 }] }] } as unknown as Plan;
const verdict = (outcome: Verdict['outcome'], proof: string): Verdict => ({ finding: 'f', outcome, title: same(''), proof: same(proof) }) as Verdict;

test('a proof that cannot tell the two apart leaves it to the place where it was found', () => {
  const after = verdict('gone', 'redis is started with --requirepass as before');
  assert.equal(asItIs(verdict('gone', after.proof.en), after, plan).en, 'found in compose.yaml:10');
  assert.equal(asItIs(verdict('left', after.proof.en), after, plan).en, after.proof.en);
  assert.equal(asItIs(verdict('gone', 'other'), after, plan).en, 'other');
  assert.equal(asItIs(undefined, after, plan).en, after.proof.en);
});
