// The doctor by rehearsals: of three fixes the guilty one is found in copies alone, and the other two are applied once and hold.
import assert from 'node:assert/strict';
import { docker, longTest } from '../helpers/engine.ts';
import { withMade } from '../helpers/made.ts';
import { said } from '../helpers/scan.ts';
import { differences, treeOf } from '../helpers/tree.ts';
import { answers, FILES, NAMES, uids } from '../helpers/vault.ts';

longTest('of three fixes that break in copies the guilty one is named, and the rest is applied', (t) => withMade('doctor', FILES, async (made) => {
  const before = treeOf(made.root);
  const ids = (): Record<string, string> => Object.fromEntries(NAMES.map((n) => [n, made.container(n)['Id'] as string]));
  const old = ids();
  const seen = (...words: string[]): string[] => docker(...words).split('\n').filter((name) => name.includes('rehears'));

  await t.test('each of them is tried in copies, and what is left out is said with why', async () => {
    const told = await made.harden('fix', '--yes', '--rehearse', '--risk', 'root-container');
    assert.equal(told.code, 3, said(told));
    const words = told.stderr.replace(/\s+/g, ' ');
    assert.match(words, /vault +runs +runs +ended \(1\) +WORSE/);
    assert.match(words, /Which one is found by more rehearsals/);
    assert.match(told.stderr, /Does not hold {2}vault runs as root/);
    assert.match(told.stderr.slice(told.stderr.indexOf('Does not hold')), /the vault is on \/dev\/vault, which only root may open/);
    assert.equal(told.stderr.match(/^Does not hold/gm)?.length, 1, said(told));
    assert.match(told.stdout, /2 gone, 0 left/);
  });

  await t.test('the rest was applied once, and holds; the guilty one was never touched', async () => {
    assert.deepEqual(uids(made), { bench: [10001], crate: [10002], vault: [0] });
    assert.equal(made.container('vault')['Id'], old['vault'], 'vault was replaced');
    assert.deepEqual(differences(before, treeOf(made.root)), ['bench/Dockerfile', 'crate/Dockerfile']);
    await answers(made);
    assert.equal((await made.harden('history')).stdout.match(/^ *\d+ /gm)?.length, 1, 'more than one run');
    assert.equal((await made.harden('verify')).code, 0);
  });

  await t.test('no copy is left', () => {
    const mine = (list: string[]): string[] => list.filter((name) => NAMES.some((n) => name.includes(`-${made.name}-${n}`)));
    assert.deepEqual(mine([...seen('ps', '-a', '--format', '{{.Names}}'), ...seen('images', '--format', '{{.Repository}}:{{.Tag}}')]), []);
  });

  await t.test('undo takes it back', async () => {
    const told = await made.harden('undo', '--yes');
    assert.equal(told.code, 0, said(told));
    assert.deepEqual(uids(made), { bench: [0], crate: [0], vault: [0] });
    assert.deepEqual(treeOf(made.root), before);
    await answers(made);
  });
}), { timeout: 40 * 60_000 });
