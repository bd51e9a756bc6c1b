// A plan of three fixes of which one breaks its app: saved, applied, sorted out; then one of the others is taken back alone.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { engineTest } from '../helpers/engine.ts';
import { withMade } from '../helpers/made.ts';
import { said } from '../helpers/scan.ts';
import { differences, treeOf } from '../helpers/tree.ts';
import { answers, FILES, NAMES, uids } from '../helpers/vault.ts';

engineTest('of a saved plan that fails the guilty fix is found, the rest stays, and one of it goes back alone', (t) => withMade('doctor', FILES, async (made) => {
  const before = treeOf(made.root);
  const image = made.container('vault')['Image'];
  const plan = path.join(path.dirname(made.root), 'plan.json');

  await t.test('the plan is saved, and names no command', async () => {
    const told = await made.harden('fix', '--risk', 'root-container', '--save-plan', plan);
    assert.equal(told.code, 0, said(told));
    assert.deepEqual(treeOf(made.root), before);
    const saved = JSON.parse(readFileSync(plan, 'utf8'));
    assert.deepEqual([saved.choices.length, saved.files.map((f: { path: string }) => f.path), saved.images.length], [3, NAMES.map((n) => `${n}/Dockerfile`), 3]);
  });

  await t.test('it is applied, the guilty one is named with its log, the others are proven', async () => {
    const told = await made.harden('apply', plan);
    assert.equal(told.code, 3, said(told));
    assert.match(told.stderr, /Does not hold {2}vault runs as root/);
    assert.match(told.stderr.slice(told.stderr.indexOf('Does not hold')), /the vault is on \/dev\/vault, which only root may open/);
    assert.match(told.stdout, /2 gone, 0 left/);
    assert.deepEqual(uids(made), { bench: [10001], crate: [10002], vault: [0] });
    assert.equal(made.container('vault')['Image'], image);
    assert.deepEqual(differences(before, treeOf(made.root)), ['bench/Dockerfile', 'crate/Dockerfile']);
    await answers(made);
  });

  await t.test('what was applied is stale by now', async () => {
    const told = await made.harden('apply', plan);
    assert.equal(told.code, 2, said(told));
    assert.match(told.stderr.replace(/\s+/g, ' '), /does not fit any more: .*Nothing was begun\./);
  });

  await t.test('one fix of the run goes back alone, and the rest is proven again', async () => {
    const shown = await made.harden('undo', '--step', '99', '--yes');
    assert.equal(shown.code, 2, said(shown));
    const crate = made.container('crate')['Id'];
    const told = await made.harden('undo', '--step', '1', '--yes');
    assert.equal(told.code, 0, said(told));
    assert.match(told.stderr.replace(/\s+/g, ' '), /Step 1 of run \d goes back, and with it/);
    assert.deepEqual(uids(made), { bench: [0], crate: [10002], vault: [0] });
    assert.equal(made.container('crate')['Id'], crate, 'the other one was touched');
    assert.deepEqual(differences(before, treeOf(made.root)), ['crate/Dockerfile']);
    await answers(made);
    assert.match((await made.harden('history')).stdout, /applied, partly undone/);
    const verified = JSON.parse((await made.harden('verify', '--format', 'json')).stdout);
    assert.deepEqual([verified.exitCode, verified.proofs.length], [0, 1]);
  });

  await t.test('undo takes back the rest', async () => {
    const told = await made.harden('undo', '--yes');
    assert.equal(told.code, 0, said(told));
    assert.deepEqual(uids(made), { bench: [0], crate: [0], vault: [0] });
    assert.deepEqual(treeOf(made.root), before);
    await answers(made);
  });
}), { timeout: 10 * 60_000 });
