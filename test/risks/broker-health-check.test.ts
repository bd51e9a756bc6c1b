import assert from 'node:assert/strict';
import { it } from 'node:test';
import { isRefusal } from '../../source/model/risk.ts';
import { RISKS } from '../../source/risks/index.ts';
import { casesOf, machineOf } from '../helpers/case.ts';

/** What a way says of the health check of a redis in compose. */
async function said(fix: string, check: boolean): Promise<string | undefined> {
  const one = casesOf('broker-no-auth').find((c) => c.name === 'environment-at-the-end');
  const risk = RISKS.find((r) => r.id === 'broker-no-auth');
  assert.ok(one && risk);
  const compose = one.before['compose.yaml'] ?? '';
  const machine = await machineOf({ ...one.before, 'compose.yaml': check ? compose : compose.replaceAll('redis-cli', 'true') }, one.recorded);
  const [finding] = risk.detect(machine);
  const proposal = finding && risk.fixes.find((f) => f.id === fix)?.propose(finding, machine);
  assert.ok(proposal && !isRefusal(proposal), JSON.stringify(proposal));
  return proposal.along?.find((row) => typeof row.label !== 'string' && row.label.en === 'health check')?.text.en;
}

it('a health check that goes on saying healthy although it is refused is told, where it gets no login', async () => {
  assert.match(await said('own-user', true) ?? '', /prints NOAUTH and ends with 0/);
  assert.equal(await said('own-user', false), undefined);
  assert.equal(await said('password', true), undefined, 'this way hands it REDISCLI_AUTH');
});
