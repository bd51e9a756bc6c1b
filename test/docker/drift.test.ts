// A rebuild that brings more than the fix: with nobody watching it is refused before any copy is made.
import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { docker, longTest } from '../helpers/engine.ts';
import { standing } from '../helpers/inspected.ts';
import { withMade } from '../helpers/made.ts';
import { said } from '../helpers/scan.ts';
import { treeOf } from '../helpers/tree.ts';
import { answers, FILES, NAMES, uids } from '../helpers/vault.ts';

longTest('fix --yes refuses a drift before it rehearses, says what it is, and goes on with --accept-drift', (t) => withMade('drift', FILES, async (made) => {
  for (const name of ['bench', 'crate']) appendFileSync(path.join(made.root, name, 'app.py'), '# edited since it was built\n');
  const now = (): unknown => ({ tree: treeOf(made.root), engine: standing(NAMES.map((n) => made.container(n)['Id'] as string)) });
  const before = now();
  const words = ['fix', '--yes', '--verbose', '--rehearse', '--risk', 'root-container'];

  await t.test('nothing is begun, and both services are named with what their rebuild brings', async () => {
    const told = await made.harden(...words);
    assert.equal(told.code, 2, said(told));
    const all = told.stderr.replace(/\s+/g, ' ');
    assert.match(all, /Building bench and crate as they are gives other images than those that run: a rebuild would bring more than the fix\. Nothing was begun\./);
    for (const name of ['bench', 'crate']) assert.match(all, new RegExp(`${name}: another result of COPY `));
    assert.match(all, /or add --accept-drift/);
    assert.doesNotMatch(told.stderr, /docker start|-after\b/, 'it went on to copies');
    assert.deepEqual(now(), before);
    assert.equal((await made.harden('history')).stdout.match(/^ *\d+ /gm), null);
  });

  await t.test('a dry run that rehearses tells it, and goes on', async () => {
    const told = await made.harden('fix', '--rehearse', '--risk', 'root-container', '--format', 'json');
    assert.equal(told.code, 0, said(told));
    assert.deepEqual(JSON.parse(told.stdout).rehearsal.drift.map((d: { service: string }) => d.service), ['bench', 'crate']);
  });

  await t.test('accepted, it is rehearsed and applied', async () => {
    const told = await made.harden(...words, '--accept-drift');
    // The vault breaks in copies, as it does without a drift.
    assert.equal(told.code, 3, said(told));
    assert.match(told.stderr.replace(/\s+/g, ' '), /Building bench brings more than the fix: another result of COPY/);
    assert.deepEqual(uids(made), { bench: [10001], crate: [10002], vault: [0] });
    await answers(made);
    assert.equal(docker('images', '-q', '--filter', 'reference=harden-tui/rehearsal', '--filter', `label=test=${made.name}`), '');
  });
}), { timeout: 40 * 60_000 });
