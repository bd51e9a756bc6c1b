import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { shownCommand } from '../../source/cli/shown-command.ts';

const SEED = ['printf', '%s|', 'web', "for n in 'Came over the pass' 'Best soup'; do curl --data \"$n\" `host`\\n; done", '/tmp/harden-tui-demo-0123456789abcdef0123456789abcdef/root-container/compose.yaml', "it's new!"];

describe('a command that is shown before it is said yes to', () => {
  it('cuts no word, leaves a path whole, and lets its later rows hang', () => {
    const rows = shownCommand(SEED, 60);
    assert.ok(rows.length > 2);
    assert.ok(rows.every((row, i) => row.startsWith(i === 0 ? '  p' : '      ')));
    assert.ok(rows.filter((row) => row.length > 60).every((row) => row.trim() === SEED[4]));
    assert.ok(rows.join('\n').includes("'Came over the pass'"));
  });
  it('is what a shell would split into the same words', () => {
    const line = shownCommand(SEED, 10_000)[0]!;
    assert.equal(execFileSync('sh', ['-c', line], { encoding: 'utf8' }), SEED.slice(2).map((one) => `${one}|`).join(''));
  });
});
