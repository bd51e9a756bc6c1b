import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { pathToFileURL } from 'node:url';
import stringWidth from 'string-width';
import { lazily } from '../../scripts/lazy-emoji.mjs';
import { root } from '../listing.ts';

it('the bundle measures every cluster as string-width itself does', async (t) => {
  // Inside the project, so that what it imports is found.
  const folder = mkdtempSync(join(root, 'node_modules/.lazy-emoji-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'index.mjs');
  writeFileSync(file, lazily(readFileSync(join(root, 'node_modules/string-width/index.js'), 'utf8')));
  const { default: lazy } = await import(pathToFileURL(file).href) as { default: typeof stringWidth };
  const wrong: string[] = [];
  const same = (text: string): void => {
    if (lazy(text) !== stringWidth(text)) wrong.push(text);
  };
  for (let code = 0x20; code <= 0x1FFFF; code++) {
    if (code >= 0xD800 && code <= 0xDFFF) continue;
    const one = String.fromCodePoint(code);
    same(one);
    if (/\p{Emoji}/u.test(one)) for (const more of ['\uFE0F', '\uFE0F\u20E3', '\u20E3', '\u{1F3FD}', '\u200D\u{1F4BB}', '\u200D❤\uFE0F\u200D\u{1F468}']) same(one + more);
  }
  for (const a of 'ACDEJ') for (const b of 'CEINPRS') same([a, b].map((c) => String.fromCodePoint(0x1F1E6 + c.charCodeAt(0) - 65)).join(''));
  same('\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}');
  assert.deepEqual(wrong, []);
});

it('another string-width is no silence', () => assert.throws(() => lazily('const other = 1;'), /look|no longer/));
