// What harden-tui says of a PATH that is no project: calm, clear, in both languages, and never like a clean bill.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { mustBeReadable } from '../../source/engine/folder.ts';
import { openSession } from '../../source/engine/open.ts';
import { Stop } from '../../source/model/errors.ts';
import { LANGS, type Lang } from '../../source/model/text.ts';
import { realFiles } from '../../source/system/real/files.ts';
import { call } from './helpers/call.ts';

const doors = { session: openSession, files: async () => realFiles };

function place(t: TestContext, files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'harden-tui-places-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, words] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), words);
  }
  return folder;
}

/** What both languages say, each with an exit code. */
async function both(words: readonly string[], cwd: string): Promise<Readonly<Record<Lang, { readonly code: number; readonly all: string }>>> {
  const told = await Promise.all(LANGS.map(async (lang) => {
    const { code, stdout, stderr } = await call([...words, '--no-docker', '--no-processes', '--lang', lang], { cwd, doors, io: { home: join(cwd, 'home') } });
    assert.doesNotMatch(stdout + stderr, /mistake of ours|我们的错误/);
    return [lang, { code, all: stdout + stderr }] as const;
  }));
  return Object.fromEntries(told) as Record<Lang, { code: number; all: string }>;
}

describe('a PATH that is no project', () => {
  it('an empty folder holds nothing that is known', async (t) => {
    const { en, 'zh-CN': zh } = await both(['scan', '.'], place(t, {}));
    assert.deepEqual([en.code, zh.code], [0, 0]);
    assert.match(en.all, /^Nothing that harden-tui knows was found/);
    assert.match(zh.all, /没有 harden-tui 认识的内容/);
  });
  it('one that is not there', async (t) => {
    const cwd = place(t, {});
    const { en, 'zh-CN': zh } = await both(['scan', 'nowhere'], cwd);
    assert.deepEqual([en.code, zh.code], [2, 2]);
    assert.match(en.all, /There is no folder/);
    assert.match(zh.all, /不存在/);
    assert.equal((await both(['nowhere'], cwd)).en.code, 2);
  });
  it('a file: its folder is named, by every word, with a terminal and without', async (t) => {
    const cwd = place(t, { 'app/Dockerfile': 'FROM x\n' });
    for (const words of [['scan', 'app/Dockerfile'], ['fix', 'app/Dockerfile'], ['app/Dockerfile']]) {
      const { en, 'zh-CN': zh } = await both(words, cwd);
      assert.deepEqual([en.code, zh.code], [2, 2], words.join(' '));
      assert.match(en.all.replaceAll('\n', ' '), /is no folder, and harden-tui looks at folders\.\s+The one it lies in: harden-tui \S+\/app\s*$/);
      assert.match(zh.all, /不是目录/);
    }
  });
  it('a folder that may not be read is no folder without findings', async () => {
    const list = async (): Promise<never> => { throw Object.assign(new Error('EACCES'), { code: 'EACCES' }); };
    await assert.rejects(mustBeReadable({ list }, '/srv/x'), (error) => error instanceof Stop && error.exitCode === 2 && /may not read the folder \/srv\/x/.test(error.what.en));
  });
  it('a compose file that is broken is named with its line, and the rest is looked at', async (t) => {
    const cwd = place(t, { 'compose.yaml': 'services:\n  web:\n   image: x\n  bad\n    - [\n', Dockerfile: 'FROM debian:bookworm-slim\nCMD ["python3", "app.py"]\n' });
    const { en, 'zh-CN': zh } = await both(['scan', '.'], cwd);
    assert.match(en.all, /compose\.yaml:4 +is no valid YAML: /);
    assert.match(zh.all, /compose\.yaml:4 +不是有效的 YAML：/);
    assert.match(en.all, /Dockerfile/);
  });
  it('settings that are broken count for nothing, and that is said with the line', async (t) => {
    const cwd = place(t, { '.harden-tui.yaml': 'ignore: [\n', Dockerfile: 'FROM debian:bookworm-slim\nCMD ["python3", "app.py"]\n' });
    const { en, 'zh-CN': zh } = await both(['scan', '.'], cwd);
    assert.match(en.all.replace(/\s+/g, ' '), /\.harden-tui\.yaml line 2 is no valid YAML: [^.]*\]? to see it: mend that line; until then nothing in it counts/);
    assert.match(zh.all, /第 2 行不是有效的 YAML/);
    const named = await both(['scan', '.', '--config', '.harden-tui.yaml'], cwd);
    assert.equal(named.en.code, 2);
    assert.match(named.en.all, /Mend that line, or leave --config out\./);
    assert.doesNotMatch(named.en.all, /risk and reason/);
  });
});
