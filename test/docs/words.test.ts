// What the tutorial quotes from the screens must stand there in these very words.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { root } from '../listing.ts';

const textsIn = (folder: string): string => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).filter((e) => e.isFile() && /\.tsx?$/.test(e.name)).map((e) => readFileSync(join(e.parentPath, e.name), 'utf8')).join('\n');
const SCREENS = ['source/words', 'source/engine', 'source/tui', 'source/risks', 'source/changes', 'source/settings'].map(textsIn).join('\n');

/** Of `可写 /app/data` the part that is no path. */
const wordOf = (quoted: string): string => quoted.replace(/\s*[/`][\w/.-]*.*$/, '').trim();

it('the Chinese tutorial quotes words of the screens', () => {
  const quoted = [...readFileSync(join(root, 'docs/tutorial.zh-CN.md'), 'utf8').matchAll(/“([^”]+)”/g)].map((m) => wordOf(m[1]!)).filter((w) => w !== '');
  assert.ok(quoted.length >= 3);
  assert.deepEqual(quoted.filter((w) => !SCREENS.includes(w)), []);
});

it('what goes along has one name in every Chinese text', () => {
  const texts = ['docs/tutorial.zh-CN.md', 'README.zh-CN.md', ...readdirSync(join(root, 'scenarios'), { withFileTypes: true }).filter((e) => e.isDirectory()).map((e) => `scenarios/${e.name}/story.zh-CN.md`)];
  assert.ok(SCREENS.includes("along: '一并处理'"));
  assert.deepEqual(texts.filter((file) => /随之改变|连带改/.test(readFileSync(join(root, file), 'utf8'))), []);
});
