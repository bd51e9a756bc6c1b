import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { LANGS, type Lang } from '../../source/model/text.ts';
import { HEADINGS, readReadme } from '../../source/risks/readme.ts';

const FILES: Record<Lang, string> = { en: 'README.md', 'zh-CN': 'README.zh-CN.md' };
const folder = path.join(import.meta.dirname, '../../source/risks');
const ids = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
const text = (id: string, lang: Lang) => readFileSync(path.join(folder, id, FILES[lang]), 'utf8');

/** Columns on a terminal: Han and full-width characters take two. */
const width = (line: string) => [...line].reduce((sum, char) => sum + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(char) ? 2 : 1), 0);

const fenced = (markdown: string) => [...markdown.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)];
const prose = (markdown: string) => markdown.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`]*`/g, 'x').replace(/https?:\/\/\S+/g, 'x');

test('there are risks to look at', () => assert.ok(ids.length >= 4));

for (const id of ids) {
  for (const lang of LANGS) {
    const markdown = text(id, lang);
    const readme = readReadme(markdown);

    test(`${id} (${lang}): the fixed headings, each with words under it`, () => {
      assert.ok(readme.title.length > 0 && readme.short.length > 0);
      assert.ok(!readme.short.includes('\n\n'), 'one paragraph under the title');
      assert.deepEqual(readme.sections.map((section) => section.heading), HEADINGS[lang]);
      for (const section of readme.sections) assert.ok(section.body.length > 0, section.heading);
    });

    test(`${id} (${lang}): every way out has an id, a title, one price and words`, () => {
      assert.ok(readme.fixes.length > 0);
      for (const fix of readme.fixes) {
        assert.match(fix.id, /^[a-z0-9]+(-[a-z0-9]+)*$/);
        assert.ok(fix.title.length > 0 && fix.body.length > 0, fix.id);
        assert.ok(width(fix.title) <= 40, `${fix.id}: title of ${width(fix.title)} columns`);
        assert.ok(fix.price.length > 0 && width(fix.price) <= 56, `${fix.id}: price of ${width(fix.price)} columns`);
        assert.doesNotMatch(fix.price, /[.。\n]$|[.。] /, `${fix.id}: a price is one sentence`);
      }
    });

    test(`${id} (${lang}): stands on a screen of 80 columns, in the project's words`, () => {
      for (const [, language, code] of fenced(markdown)) {
        assert.notEqual(language, '', 'a fenced block names its language');
        for (const line of code!.split('\n')) assert.ok(width(line) <= 76, line);
      }
      assert.equal((markdown.match(/^```/gm) ?? []).length % 2, 0, 'every fence is closed');
      assert.doesNotMatch(prose(markdown), /\*|^\s*\d+\. |\]\(/m, 'no emphasis, numbered lists or links: a screen has none');
      assert.doesNotMatch(prose(markdown), /attack surface|best practice|[!！]|攻击面|最佳实践/i);
    });
  }

  test(`${id}: both languages tell the same ways out, and show the same commands`, () => {
    const [en, zh] = LANGS.map((lang) => readReadme(text(id, lang)));
    assert.deepEqual(zh!.fixes.map((fix) => fix.id), en!.fixes.map((fix) => fix.id));
    assert.equal(new Set(en!.fixes.map((fix) => fix.id)).size, en!.fixes.length);
    const commands = (lang: Lang) => fenced(text(id, lang)).map(([, language, code]) => language + code!.replace(/[#;] .*/g, ''));
    assert.deepEqual(commands('zh-CN'), commands('en'));
    const links = (lang: Lang) => text(id, lang).match(/https?:\/\/[^\s`，。；）]+/g);
    assert.deepEqual(links('zh-CN'), links('en'));
  });

  test(`${id}: Chinese has a space between Han and Latin, and full-width marks`, () => {
    const words = prose(text(id, 'zh-CN'));
    const tight = words.match(/.{0,8}(\p{Script=Han}[A-Za-z0-9]|[A-Za-z0-9]\p{Script=Han}).{0,8}/gu);
    assert.deepEqual(tight, null);
    assert.deepEqual(words.match(/.{0,8}\p{Script=Han} ?[,;:?](?!\/\/).{0,8}/gu), null);
  });
}

const SAMPLE = ['# Title', '', 'Short.', '', '## What', '', 'Body.', '', '```sh', '# a comment', '```', '',
  '## What we can change', '', 'Intro.', '', '### some-fix: A title: with a colon', '', 'Some price; and more.', '', 'Words.', '', 'More.'].join('\r\n');

test('a README is cut at its headings, not at comments inside a fenced block', () => {
  assert.deepEqual(readReadme(SAMPLE), {
    title: 'Title',
    short: 'Short.',
    sections: [
      { heading: 'What', body: 'Body.\n\n```sh\n# a comment\n```' },
      { heading: 'What we can change', body: 'Intro.' },
    ],
    fixes: [{ id: 'some-fix', title: 'A title: with a colon', price: 'some price; and more', body: 'Words.\n\nMore.' }],
  });
});

test('a price keeps capitals that belong to a word', () => {
  const price = (line: string) => readReadme(`### a: B\n\n${line}`).fixes[0]!.price;
  assert.equal(price('TLS ends there.'), 'TLS ends there');
  assert.equal(price('A rule outside.'), 'a rule outside');
  assert.equal(price('旧卷自己修好。'), '旧卷自己修好');
});

test('a text without headings gives an empty README, not an error', () => {
  assert.deepEqual(readReadme('nothing here'), { title: '', short: '', sections: [], fixes: [] });
});
