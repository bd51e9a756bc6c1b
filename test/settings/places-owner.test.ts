import assert from 'node:assert/strict';
import path from 'node:path';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { accountsIn } from '../../source/inspect/accounts.ts';
import type { OwnMount } from '../../source/model/change.ts';
import type { Machine } from '../../source/model/machine.ts';
import { isRefusal, type Proposal, type Refusal } from '../../source/model/risk.ts';
import { rootContainer } from '../../source/risks/root-container/index.ts';
import { machineOf, tree, type Recorded } from '../helpers/case.ts';
import { root } from '../listing.ts';

const REDIS = { path: '/var/lib/redis', uid: 100, gid: 101, mode: 0o750 };

/** The case, with something else seen of it. */
async function seen(name: string, other: (live: NonNullable<Recorded['containers']>[number]) => object = () => ({}), more: NonNullable<Recorded['containers']> = []): Promise<Machine> {
  const at = path.join(root, 'source/risks/root-container/cases', name);
  const recorded = JSON.parse(readFileSync(path.join(at, 'machine.json'), 'utf8')) as Recorded;
  const [first] = recorded.containers ?? [];
  const files = tree(path.join(at, 'before'));
  const services = more.map(({ service }) => `  ${service}:\n    image: registry.example.org/${service}:1\n`).join('');
  return machineOf({ ...files, 'compose.yaml': files['compose.yaml']!.replace('services:\n', `services:\n${services}`) }, { ...recorded, containers: [{ ...first, ...other(first!) }, ...more] });
}

const by = (machine: Machine, fix: string): Proposal | Refusal => {
  const [finding] = rootContainer.detect(machine);
  return rootContainer.fixes.find((f) => f.id === fix)!.propose(finding!, machine);
};
const owned = (proposal: Proposal | Refusal): readonly OwnMount[] => (isRefusal(proposal) ? assert.fail(proposal.refused.en) : proposal.changes.filter((c) => c.kind === 'own-mount'));
const handed = (machine: Machine, fix: string): unknown => owned(by(machine, fix)).map((c) => [c.mount.source, `${c.uid}:${c.gid}`, c.also]);

describe('places that are somebody else\'s than root\'s', () => {
  it('give the service that account, and say why', async () => {
    const machine = await seen('account-of-a-package');
    assert.deepEqual(handed(machine, 'existing-user'), [['case_kept', '100:101', undefined]]);
    const [finding] = rootContainer.detect(machine);
    assert.ok(finding?.seen.some((s) => s.en === "/var/lib/redis belongs to 100:101, the image's own account redis."), JSON.stringify(finding?.seen));
    assert.deepEqual(rootContainer.recommend?.(finding!, machine)?.because.en, "the image's own account redis, 100:101, owns /var/lib/redis");
  });
  it('need no build by compose where all of them are that account\'s, or may be read by its group', async () => {
    const proposal = by(await seen('account-of-a-package'), 'compose-user');
    assert.ok(!isRefusal(proposal) && proposal.rebuild.length === 0);
    // The log's folder is root's: that has to change hands.
    const roots = by(await seen('account-of-a-package', () => ({ others: [] })), 'compose-user');
    assert.ok(!isRefusal(roots) && roots.rebuild.length === 1);
    const shut = by(await seen('account-of-a-package', () => ({ closed: [{ path: '/etc/redis/redis.conf', folder: false, owner: { uid: 200, gid: 200, mode: 0o640 } }] })), 'compose-user');
    assert.ok(!isRefusal(shut) && shut.rebuild.length === 1);
  });
  it('give their number alone where nobody knows the account', async () => {
    const machine = await seen('account-of-a-package', () => ({ accounts: undefined }));
    assert.deepEqual(handed(machine, 'numeric-user'), [['case_kept', '100:101', undefined]]);
    assert.equal(rootContainer.recommend?.(rootContainer.detect(machine)[0]!, machine)?.because.en, "/var/lib/redis is 100:101's already");
  });
  it('change hands whole where they are of several, each by its owner', async () => {
    assert.deepEqual(handed(await seen('two-owners'), 'numeric-user'), [['case_letters', '10001:10001', 33], ['case_kept', '10001:10001', 100]]);
  });
  it('are left to whom they are where everybody may write there', async () => {
    const open = (m: object): object => ({ ...m, owner: { uid: 100, gid: 101, mode: 0o777 } });
    const machine = await seen('two-owners', (live) => ({ mounts: live.mounts!.map((m) => (m.source === 'case_kept' ? open(m) : m)) as never }));
    assert.deepEqual(handed(machine, 'numeric-user'), [['case_letters', '10001:10001', 33], ['case_kept', '10001:10001', undefined]]);
  });
  it('of nobody\'s own account change hands, and do not make the service that one', async () => {
    const machine = await seen('account-of-a-package', (live) => ({ others: [], mounts: live.mounts!.map((m) => ({ ...m, owner: { uid: 33, gid: 33, mode: 0o755 } })) }));
    assert.deepEqual(handed(machine, 'numeric-user'), [['case_kept', '10001:10001', 33]]);
  });
  it('do not change hands where another container uses them as somebody', async () => {
    const beside = { service: 'reader', processes: [{ pid: 9, uid: 100, argv: ['reader'] }], mounts: [{ type: 'volume', source: 'case_kept', target: '/in', readOnly: true, anonymous: false }] };
    assert.match((by(await seen('two-owners', undefined, [beside]), 'numeric-user') as Refusal).refused.en, /belongs to 100 and is closed to others, and reader uses it, too/);
  });
  it('say nothing where the engine maps users', async () => {
    const machine = await seen('account-of-a-package');
    const mapped: Machine = { ...machine, docker: { ...machine.docker!, userns: true } };
    assert.deepEqual(handed(mapped, 'numeric-user'), [['case_kept', '10001:10001', undefined]]);
  });
});

describe('a list of accounts out of a container', () => {
  it('is text: what is no account is left out', () => {
    assert.deepEqual(accountsIn('root:x:0:0::/:/bin/sh\nredis:x:100:101::/var/lib/redis:/usr/sbin/nologin\n\u001b[31mred:x:5:5::\nx:x:12a:5\n\nlong:x:99999999999:1\n'), [{ name: 'redis', uid: REDIS.uid, gid: REDIS.gid }]);
  });
});
