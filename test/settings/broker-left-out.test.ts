// Nobody who speaks to a broker may be forgotten: judged by the files as they would be, not by what was meant.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import path from 'node:path';
import type { Change } from '../../source/model/change.ts';
import { isRefusal } from '../../source/model/risk.ts';
import { leftOut } from '../../source/settings/broker-left-out.ts';
import { ownUser } from '../../source/settings/broker-own-user.ts';
import { password } from '../../source/settings/broker-password.ts';
import { brokerServices } from '../../source/settings/broker-service.ts';
import { casesOf, machineOf, tree } from '../helpers/case.ts';
import { root } from '../listing.ts';

const CASES = path.join(root, 'source/risks/broker-no-auth/cases');

async function planned(name: string) {
  const one = casesOf('broker-no-auth').find((c) => c.name === name);
  assert.ok(one);
  const machine = await machineOf(tree(path.join(CASES, name, 'before')), one.recorded);
  const [broker] = brokerServices(machine);
  assert.ok(broker);
  const login = ownUser(machine, broker);
  assert.ok(!isRefusal(login));
  return { machine, broker, login };
}

describe('a plan that gives a broker a password', () => {
  it('is refused with the name of whoever one of its files leaves without the login', async () => {
    for (const name of ['env-file-in-a-folder-env', 'two-env-files', 'result-backend-only', 'address-in-the-environment', 'address-filled-in-from-dotenv', 'env-file-that-git-has-in-an-anchor']) {
      const { machine, broker, login } = await planned(name);
      assert.equal(leftOut(machine, broker, login.clients, login.changes), undefined, name);
      const speaks = (c: Change): boolean => (c.kind === 'create-file' && c.text.includes('redis://')) || (c.kind === 'edit-file' && c.edits.some((e) => /redis:\/\/|env_file|\.env\.redis/.test(e.text)));
      for (const forgotten of login.changes.filter(speaks)) {
        const refused = leftOut(machine, broker, login.clients, login.changes.filter((c) => c !== forgotten));
        assert.match(refused?.refused.en ?? 'not refused', /^(?:web|worker) (?:gets \w+ from \S+, and that would still have no login|speaks to it by \S+, and no \w+ would have the login): it would be shut out of redis$/, `${name}: ${forgotten.kind}`);
      }
    }
  });
  it('never leaves one of the cases\' services with an address that has no login, whichever way', async () => {
    let made = 0;
    for (const one of casesOf('broker-no-auth')) {
      const machine = await machineOf(one.before, one.recorded);
      for (const broker of brokerServices(machine)) {
        for (const login of [ownUser(machine, broker), password(machine, broker)]) {
          if (isRefusal(login)) continue;
          made += 1;
          assert.equal(leftOut(machine, broker, login.clients, login.changes), undefined, one.name);
        }
      }
    }
    assert.ok(made > 10, String(made));
  });
  it('is not held up by a server of pages that only waits for it, under an init, too; by anybody else it is', async () => {
    const before = tree(path.join(CASES, 'client-that-only-waits-for-it', 'before'));
    const said = async (...processes: readonly (readonly string[])[]) => {
      const machine = await machineOf(before, { containers: [{ service: 'report', processes: processes.map((argv, i) => ({ pid: 20 + i, uid: 0, argv })) }] });
      const [broker] = brokerServices(machine);
      assert.ok(broker);
      return leftOut(machine, broker, [], [])?.refused.en ?? 'not refused';
    };
    for (const fronts of [[['nginx: master process nginx -g daemon off;'], ['nginx: worker process']], [['/sbin/docker-init', '--', 'nginx', '-g', 'daemon off;'], ['nginx: master process nginx -g daemon off;'], ['nginx: worker process']], [['tini', '--', 'envoy'], ['envoy', '-c', 'envoy.yaml']]]) {
      assert.equal(await said(...fronts), 'not refused', JSON.stringify(fronts));
    }
    for (const apps of [[['/sbin/docker-init', '--', 'gunicorn', 'app:app'], ['gunicorn', 'app:app']], [['/sbin/docker-init', '--', 'sleep', '9']], [['nginx: master process nginx'], ['python3', 'side.py']]]) {
      assert.match(await said(...apps), /^report may speak to redis.*depends_on/, JSON.stringify(apps));
    }
  });
});
