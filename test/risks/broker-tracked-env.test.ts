import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import path from 'node:path';
import { isRefusal } from '../../source/model/risk.ts';
import { brokerNoAuth } from '../../source/risks/broker-no-auth/index.ts';
import { machineOf, tree } from '../helpers/case.ts';
import { root } from '../listing.ts';

const CASES = path.join(root, 'source/risks/broker-no-auth/cases');

async function told(name: string, fix: string, tracked: readonly string[]): Promise<string> {
  const machine = await machineOf(tree(path.join(CASES, name, 'before')), { repository: true, tracked, containers: [] });
  const [finding] = brokerNoAuth.detect(machine);
  const proposal = finding && brokerNoAuth.fixes.find((f) => f.id === fix)?.propose(finding, machine);
  assert.ok(proposal && !isRefusal(proposal), name);
  return (proposal.along ?? []).map(({ label, text }) => `${typeof label === 'string' ? label : label.en} ${text.en}`).join('\n');
}

describe('a password in an env file that git has', () => {
  it('is said to be taken along, with the way out of it, where no file of our own can be named', async () => {
    assert.match(await told('env-file-that-git-has', 'password', ['app.env']), /^git has app\.env, and would take the password along: git rm --cached app\.env$/m);
  });
  it('is not spoken of, where git has none, or the password does not go into it', async () => {
    assert.doesNotMatch(await told('env-file-that-git-has-in-an-anchor', 'own-user', []), /^git /m);
    assert.doesNotMatch(await told('env-file-that-git-has', 'own-user', ['app.env']), /^git /m);
    assert.doesNotMatch(await told('env-file-that-git-has-in-an-anchor', 'own-user', ['app.env']), /^git /m);
    assert.doesNotMatch(await told('env-file-in-a-folder-env', 'own-user', ['env/common.env']), /^git /m);
  });
});
