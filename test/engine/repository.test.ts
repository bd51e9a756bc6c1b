import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { repositoryOf } from '../../source/engine/repository.ts';
import { realSystem } from '../../source/system/real/index.ts';

const made: string[] = [];
after(() => made.forEach((at) => rmSync(at, { recursive: true, force: true })));

function repository(): { readonly top: string; git(...words: readonly string[]): void } {
  const top = mkdtempSync(path.join(tmpdir(), 'harden-tui-git-'));
  made.push(top);
  const git = (...words: readonly string[]): void => void execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...words], { cwd: top, stdio: 'ignore' });
  git('init', '-q', '-b', 'main');
  mkdirSync(path.join(top, 'shop'));
  for (const name of ['Dockerfile', 'compose.yaml', 'shop/tasks.py']) writeFileSync(path.join(top, name), `${name}\n`);
  git('add', '-A');
  git('commit', '-qm', 'first');
  return { top, git };
}

const asked = (root: string, ...paths: readonly string[]) => repositoryOf({ root, steps: paths.map((one, i) => ({ number: i + 1, because: [], change: { kind: 'edit-file', path: one, hash: 'h', edits: [] } })) }, realSystem);

describe('how the files of a plan stand in git', () => {
  it('names the branch, what is committed, and what is not: edited, staged or new', async () => {
    const { top, git } = repository();
    assert.deepEqual(await asked(top, 'Dockerfile', 'shop/tasks.py'), { branch: 'main', committed: ['Dockerfile', 'shop/tasks.py'], changed: [] });
    writeFileSync(path.join(top, 'Dockerfile'), 'other\n');
    writeFileSync(path.join(top, 'compose.yaml'), 'staged\n');
    writeFileSync(path.join(top, 'new.py'), 'x\n');
    git('add', 'compose.yaml');
    assert.deepEqual(await asked(top, 'Dockerfile', 'compose.yaml', 'shop/tasks.py', 'new.py'), { branch: 'main', committed: ['shop/tasks.py'], changed: ['Dockerfile', 'compose.yaml', 'new.py'] });
  });
  it('works from a folder below the top, without a branch, and with other line ends', async () => {
    const { top, git } = repository();
    git('checkout', '-q', '--detach');
    assert.deepEqual(await asked(path.join(top, 'shop'), 'tasks.py'), { committed: ['tasks.py'], changed: [] });
    writeFileSync(path.join(top, 'Dockerfile'), 'Dockerfile\r\n');
    assert.deepEqual((await asked(top, 'Dockerfile'))?.changed, []);
  });
  it('runs nothing that the repository names: no monitor, no filter, no hook', async () => {
    const { top, git } = repository();
    const ran = path.join(top, 'ran');
    for (const [name, value] of [['core.fsmonitor', `touch ${ran}; false`], ['filter.x.clean', `touch ${ran}; cat`], ['filter.x.smudge', `touch ${ran}; cat`], ['core.pager', `touch ${ran}`]] as const) git('config', name, value);
    writeFileSync(path.join(top, '.gitattributes'), '* filter=x\n');
    await asked(top, 'Dockerfile');
    assert.equal(existsSync(ran), false);
  });
  it('is unknown where there is no repository, and no commit yet', async () => {
    const bare = mkdtempSync(path.join(tmpdir(), 'harden-tui-git-'));
    made.push(bare);
    assert.equal(await asked(bare, 'Dockerfile'), undefined);
    execFileSync('git', ['init', '-q'], { cwd: bare });
    assert.equal(await asked(bare, 'Dockerfile'), undefined);
  });
});
