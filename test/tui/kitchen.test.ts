import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { LANGS, type Lang } from '../../source/model/text.ts';
import { screenNames } from '../../source/tui/screens/index.ts';
import { shown, type Wizard } from '../../source/tui/wizard.ts';
import { faults } from './frame.tsx';
import { cooked, pictured } from './kitchen/made.tsx';
import { KITCHEN, type Named } from './kitchen/recipes.ts';

const FOLDER = new URL('./snapshots/', import.meta.url);
const SIZES = [{ columns: 80, rows: 24 }, { columns: 160, rows: 48 }] as const;
const fileOf = (name: string, { columns, rows }: Wizard['size'], lang: Lang): string => `${name}.${columns}x${rows}.${lang}.txt`;
const update = process.env['UPDATE'] === '1';

async function compare(one: Named, size: Wizard['size'], lang: Lang): Promise<void> {
  const driven = await cooked(one, lang, size);
  assert.deepEqual(driven.broken, []);
  assert.equal(shown(driven.store.get()).name, one.screen);
  const rows = pictured(driven.store.get());
  const picture = `${rows.map((row) => row.trimEnd()).join('\n')}\n`;
  assert.deepEqual(faults(rows, size, one.given?.ascii ? '-' : '─'), [], `${one.name}, ${lang}\n${picture}`);
  const file = new URL(fileOf(one.name, size, lang), FOLDER);
  if (update) return writeFileSync(file, picture);
  const kept = readFileSync(file, 'utf8');
  assert.equal(picture, kept, `${fileOf(one.name, size, lang)}: UPDATE=1 rewrites it, where the new picture is right`);
}

describe('the kitchen sink', () => {
  if (update) mkdirSync(FOLDER, { recursive: true });
  it('has every screen', () => {
    assert.deepEqual(screenNames.filter((name) => !KITCHEN.some((one) => one.screen === name)), [], 'add it to test/tui/kitchen/recipes.ts');
  });
  for (const one of KITCHEN) {
    it(one.name, async () => {
      for (const size of SIZES) for (const lang of LANGS) await compare(one, size, lang);
    });
  }
  it('keeps no picture that nothing makes', () => {
    const made = new Set(KITCHEN.flatMap((one) => SIZES.flatMap((size) => LANGS.map((lang) => fileOf(one.name, size, lang)))));
    const over = readdirSync(FOLDER).filter((file) => !made.has(file));
    if (update) for (const file of over) rmSync(new URL(file, FOLDER));
    else assert.deepEqual(over, []);
  });
});
