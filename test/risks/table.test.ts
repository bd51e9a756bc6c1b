import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { FILES, withCatalogue } from '../../scripts/catalogue.ts';
import { LANGS } from '../../source/model/text.ts';

describe('the table of risks', () => {
  for (const lang of LANGS) {
    it(`is what the risks say, in ${FILES[lang]}`, () => {
      const text = readFileSync(join(import.meta.dirname, '../..', FILES[lang]), 'utf8');
      assert.ok(text.includes('<!-- catalogue -->'), 'it has a table');
      assert.equal(text, withCatalogue(text, lang), 'npm run catalogue writes it anew');
    });
  }
});
