import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { markdownText } from '../../source/report/markdown-text.ts';
import { painter } from '../../source/report/paint.ts';
import { width } from '../../source/report/wrap.ts';
import { RISKS } from '../../source/risks/index.ts';

const plainly = (markdown: string, columns = 40) => markdownText(markdown, painter(false), columns);

describe('Markdown for a terminal', () => {
  it('underlines the title, and headings where nothing is bold', () => assert.equal(plainly('# A title\n\n## What\n\nWords.'), 'A title\n=======\n\nWhat\n----\n\nWords.\n'));
  it('wraps paragraphs and hangs lists under their first word', () => {
    assert.equal(plainly('- one two three four five six seven eight nine'), '- one two three four five six seven\n  eight nine\n');
    assert.equal(plainly('1. one two three four five six seven eight nine'), '1. one two three four five six seven\n   eight nine\n');
  });
  it('leaves fenced blocks unwrapped, also where a # begins a line', () => {
    assert.equal(plainly('```sh\n# a comment that is longer than forty columns are\nls\n```'), '    # a comment that is longer than forty columns are\n    ls\n');
  });
  it('drops the marks of code and of what is bold, with colour and without', () => {
    assert.equal(markdownText('## What', painter(true), 40).includes('-'), false);
    assert.equal(plainly('run `ls` in **haste**'), 'run ls in haste\n');
    assert.equal(markdownText('run `ls`', painter(true), 40), 'run \u001b[36mls\u001b[0m\n');
  });
  it('puts the address of a link behind its words', () => assert.equal(plainly('see [docs](https://x.org)'), 'see docs (https://x.org)\n'));
  it('lets no escape through', () => assert.doesNotMatch(plainly('a \u001b[2J b'), /\u001b/));

  for (const risk of RISKS) {
    for (const lang of ['en', 'zh-CN'] as const) {
      it(`fits ${risk.id} in ${lang} into 80 columns, but for long words`, () => {
        for (const line of plainly(risk.readme[lang], 80).split('\n')) assert.ok(width(line) <= 84 || /\S{60}/.test(line), line);
      });
    }
  }
});
