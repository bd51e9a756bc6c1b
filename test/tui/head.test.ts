// The first row: where one is stays readable, however long a title is.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { words } from '../../source/words/index.ts';
import { drive } from './drive.ts';
import { frame } from './frame.tsx';

it('keeps the name of the page where a long title stands before it', async () => {
  for (const [lang, cut] of [['en', true], ['zh-CN', false]] as const) {
    // The first finding's title is longer than the row has room for in English.
    const [row = ''] = frame(await (await drive({}, { lang })).keys('enter', 'enter', 'd'));
    assert.match(row, new RegExp(`^harden-tui > .+${cut ? '… ?' : ' '}> ${words(lang).finding.diffTitle} +shop`));
  }
});
