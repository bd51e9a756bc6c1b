import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { pathsIn, trackedEnvFiles } from '../../source/inspect/git-index.ts';
import { realSystem } from '../../source/system/real/index.ts';
import { must } from '../helpers/program.ts';

test('the index of a repository, read without git', async (t) => {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'ht-index-')));
  t.after(() => rmSync(root, { recursive: true }));
  const git = (...words: string[]) => must(['git', ...words], { cwd: root });
  mkdirSync(path.join(root, 'shop/deep'), { recursive: true });
  // Names of every length up to a block of padding and beyond.
  const names = ['.env', 'shop/.env', 'shop/.env.local', 'shop/web.env', 'shop/deep/äöü.py', ...Array.from({ length: 20 }, (_, i) => `f${'x'.repeat(i)}`)];
  for (const name of names) writeFileSync(path.join(root, name), name);
  await git('init', '-q');
  await git('add', '.');

  for (const version of ['2', '3']) {
    await git('update-index', '--index-version', version);
    assert.deepEqual(pathsIn(readFileSync(path.join(root, '.git/index'))), [...names].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
  }
  assert.deepEqual([...(await trackedEnvFiles(realSystem.files, root))].sort(), ['.env', 'shop/.env', 'shop/.env.local', 'shop/web.env']);
  assert.deepEqual([...(await trackedEnvFiles(realSystem.files, path.join(root, 'shop')))].sort(), ['.env', '.env.local', 'web.env']);

  await git('update-index', '--index-version', '4');
  assert.equal(pathsIn(readFileSync(path.join(root, '.git/index'))), undefined, 'what repeats is left out there');
  assert.equal(pathsIn(Buffer.from('nothing of the kind')), undefined);
  assert.equal(pathsIn(readFileSync(path.join(root, '.git/index')).subarray(0, 40)), undefined);
});
