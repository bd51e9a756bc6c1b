import assert from 'node:assert/strict';
import { it } from 'node:test';
import { LANGS } from '../../source/model/text.ts';
import { RISKS } from '../../source/risks/index.ts';
import { width } from '../../source/tui/width.ts';
import { casesOf, machineOf } from '../helpers/case.ts';

/** What the list has for a title at 80 columns, beside the longest names of places. */
const ROOM = 38;

// A title that is cut loses its end, and that is often the word that decides: then there is a short one.
it('a title without room in the list has a short one that has', async () => {
  const cut: string[] = [];
  for (const risk of RISKS) {
    for (const one of casesOf(risk.id)) {
      for (const { title, short } of risk.detect(await machineOf(one.before, one.recorded))) {
        for (const lang of LANGS) {
          if (width(title[lang]) > ROOM && (short === undefined || width(short[lang]) > ROOM)) cut.push(`${risk.id} ${one.name} ${lang}: ${title[lang]} | ${short?.[lang] ?? '-'}`);
        }
      }
    }
  }
  assert.deepEqual(cut, []);
});
