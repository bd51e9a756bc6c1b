import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { Secret } from '../../source/model/secret.ts';
import { withoutSecrets } from '../../source/report/withhold.ts';
import { must } from '../helpers/program.ts';

function diffOf(before: string, after: string) {
  const body = createTwoFilesPatch('a/compose.yaml', 'b/compose.yaml', before, after, '', '', { context: 3, headerOptions: FILE_HEADERS_ONLY });
  return { path: 'compose.yaml', patch: `diff --git a/compose.yaml b/compose.yaml\n${body}`, added: 0, removed: 0 };
}

/** What git makes of it, in a folder of its own. */
async function applied(before: string, patch: string): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'withhold-'));
  try {
    writeFileSync(path.join(folder, 'compose.yaml'), before);
    await must(['git', 'init', '-q'], { cwd: folder });
    await must(['git', 'apply', '-'], { cwd: folder, input: patch });
    return readFileSync(path.join(folder, 'compose.yaml'), 'utf8');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const lines = (...all: string[]): string => `${all.join('\n')}\n`;

describe('diffs of a dry run hold no secret in clear text', () => {
  it('leaves a diff without secrets byte for byte', () => {
    const diff = diffOf(lines('a', 'b'), lines('a', 'c'));
    assert.deepEqual(withoutSecrets(diff), { path: 'compose.yaml', patch: diff.patch, withheld: 0 });
  });

  it('withholds the hunk that moves a secret, and only that one', async () => {
    const filler = Array.from({ length: 20 }, (_, i) => `line ${i}`);
    const before = lines('DB_PASSWORD: hunter2', ...filler, 'ports: 1');
    const after = lines('DB_PASSWORD: hunter3', ...filler, 'ports: 2');
    const shown = withoutSecrets(diffOf(before, after));
    assert.equal(shown.withheld, 1);
    assert.doesNotMatch(shown.patch, /hunter/);
    assert.equal(await applied(before, shown.patch), lines('DB_PASSWORD: hunter2', ...filler, 'ports: 2'));
  });

  it('cuts a secret out of the context in front, and git takes what is left', async () => {
    const before = lines('x', 'y', 'DB_PASSWORD: hunter2', 'ports: 1', 'z', 'z', 'z');
    const after = before.replace('ports: 1', 'ports: 2');
    const shown = withoutSecrets(diffOf(before, after));
    assert.equal(shown.withheld, 0);
    assert.doesNotMatch(shown.patch, /hunter/);
    assert.equal(await applied(before, shown.patch), after);
  });

  it('cuts a secret out of the context behind, and git takes what is left', async () => {
    const before = lines('x', 'y', 'ports: 1', 'z', 'DB_PASSWORD: hunter2', 'z', 'z');
    const after = before.replace('ports: 1', 'ports: 2\nmore: 3');
    const shown = withoutSecrets(diffOf(before, after));
    assert.equal(shown.withheld, 0);
    assert.doesNotMatch(shown.patch, /hunter/);
    assert.equal(await applied(before, shown.patch), after);
  });

  it('withholds a line with a value that is moved, whatever its name says', () => {
    const diff = { ...diffOf(lines('motto: hunter2', 'ports: 1'), lines('ports: 1', 'b')), secrets: [new Secret('hunter2')] };
    assert.deepEqual(withoutSecrets(diff), { path: 'compose.yaml', patch: '', withheld: 1 });
    assert.equal(withoutSecrets({ ...diff, secrets: [new Secret('hunter')] }).withheld, 0, 'a part of another word is none');
    assert.doesNotMatch(JSON.stringify(diff.secrets), /hunter/);
  });

  it('withholds it where git would not take less context: right behind the change', () => {
    const before = lines('x', 'ports: 1', 'DB_PASSWORD: hunter2', 'z');
    const shown = withoutSecrets(diffOf(before, before.replace('ports: 1', 'ports: 2')));
    assert.deepEqual(shown, { path: 'compose.yaml', patch: '', withheld: 1 });
  });
});
