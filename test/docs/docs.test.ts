import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { FILES, withKeys } from '../../scripts/keys.ts';
import { LANGS } from '../../source/model/text.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

describe('the page of keys', () => {
  for (const lang of LANGS) {
    it(`is what the tables of keys say, in ${FILES[lang]}`, async () => {
      const text = read(FILES[lang]);
      assert.match(text, /<!-- keys -->\n### /);
      assert.match(text, /<!-- fingers -->\n\| .*\n\|[-|]+\n\| lazydocker/);
      assert.equal(text, await withKeys(text, lang), 'npm run keys writes it anew');
    });
  }
});

describe('the docs', () => {
  const pages = ['README.md', 'README.zh-CN.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'scenarios/README.md', ...readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)];
  for (const page of pages) {
    it(`link to what is there: ${page}`, () => {
      for (const [, target] of read(page).matchAll(/\]\((?!https?:|#)([^)#\s]+)(?:#[^)]*)?\)/g)) assert.ok(existsSync(join(ROOT, dirname(page), target!)), `${page}: ${target}`);
    });
  }
  it('stand in both languages', () => {
    for (const page of pages.filter((name) => name.startsWith('docs/') && !name.includes('zh-CN'))) assert.ok(pages.includes(page.replace('.md', '.zh-CN.md')), page);
  });
});
