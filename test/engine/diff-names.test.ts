import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { it } from 'node:test';
import { gitPatch } from '../../source/engine/diffs.ts';

for (const name of ['应用/任务.py', 'with a space/a file.py', 'say "hello".py', 'tab\there.py', 'naïve.conf', 'plain.py']) {
  it(`git takes a patch of ${JSON.stringify(name)}`, (t) => {
    const root = mkdtempSync(path.join(tmpdir(), 'harden-tui-names-'));
    t.after(() => rmSync(root, { recursive: true, force: true }));
    const at = path.join(root, name);
    mkdirSync(path.dirname(at), { recursive: true });
    writeFileSync(at, 'one\ntwo\n');
    const patch = [
      gitPatch({ path: at, before: Buffer.from('one\ntwo\n'), after: Buffer.from('one\n2\n'), mode: 0o644, beforeMode: 0o644 }, root),
      gitPatch({ path: `${at}.new`, before: undefined, after: Buffer.from('new\n'), mode: 0o644, beforeMode: undefined }, root),
    ].map((d) => d.patch).join('');
    const git = spawnSync('git', ['apply'], { cwd: root, input: patch, encoding: 'utf8' });
    assert.equal(git.status, 0, git.stderr + patch);
    assert.deepEqual([at, `${at}.new`].map((file) => readFileSync(file, 'utf8')), ['one\n2\n', 'new\n']);
  });
}
