import assert from 'node:assert/strict';
import { it } from 'node:test';
import { gitPatch } from '../../source/engine/diffs.ts';
import { tellStep } from '../../source/engine/tell.ts';
import { text } from '../../source/model/text.ts';
import { textOf } from '../../source/tui/lines.ts';
import { wholeDiff } from '../../source/tui/parts/diff.ts';
import { call } from '../cli/helpers/call.ts';

const made = (mode: number, path = '/p/.env.redis') => gitPatch({ path, before: undefined, beforeMode: undefined, after: Buffer.from('A=1\n'), mode }, '/p');

it('a new file that is not for everybody is shown with the mode that it gets, which git has no word for', () => {
  const diff = made(0o600);
  assert.match(diff.patch, /^new file mode 100644$/m, 'git takes nothing else');
  assert.equal(diff.mode, 0o600);
  assert.equal(wholeDiff(diff, 80).map((row) => textOf(row).trim())[1], 'new file mode 600');
  for (const mode of [0o644, 0o755]) {
    assert.equal(made(mode).mode, undefined);
    assert.match(wholeDiff(made(mode), 80).map(textOf).join('\n'), new RegExp(`new file mode 100${mode.toString(8)}`));
  }
  const lookalike = { ...diff, patch: diff.patch.replace('+A=1', '+new file mode 100644') };
  assert.match(wholeDiff(lookalike, 80).map(textOf).join('\n'), /\+new file mode 100644/, 'its own lines stay as they are');
});
it('its step says the mode, and that of any other file does not', () => {
  const step = (mode: number) => tellStep({ number: 1, because: [], change: { kind: 'create-file', path: '.env.redis', text: '', mode } });
  assert.deepEqual(step(0o600), text('new .env.redis, mode 600', '新建 .env.redis，权限 600'));
  assert.deepEqual(step(0o644), text('new .env.redis', '新建 .env.redis'));
});
it('a diff for git comes with the command that sets it', async () => {
  for (const [lang, said] of [['en', /\.env\.redis is written with mode 600, which a diff for git can't say\. After git apply: chmod 600 \.env\.redis/], ['zh-CN', /\.env\.redis 写入时的权限是 600，而给 git 的差异说不出来。git apply 之后请运行：chmod 600 \.env\.redis/]] as const) {
    const { stderr } = await call(['fix', '--lang', lang], { world: { diffs: [made(0o600)] } });
    assert.match(stderr.replace(/\n/g, lang === 'en' ? ' ' : ''), said);
    assert.doesNotMatch((await call(['fix', '--lang', lang], { world: { diffs: [made(0o644)] } })).stderr, /chmod/);
  }
});
