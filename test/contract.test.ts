import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { LANGS } from '../source/model/text.ts';
import { RISKS } from '../source/risks/index.ts';
import { readReadme } from '../source/risks/readme.ts';
import { casesOf } from './helpers/case.ts';
import { NOT_SHOWN, SHOWN } from './real-runs.ts';

const FOLDER = join(import.meta.dirname, '../source/risks');
const HEADINGS = {
  en: ['What', 'Why it matters', 'How we find it', 'What we can change', 'When to leave it', 'References'],
  'zh-CN': ['是什么', '为什么重要', '怎么发现的', '可以怎么改', '什么时候不用改', '参考'],
};

describe('every risk', () => {
  it('is a folder and a line in the list, sorted, and nothing else is', () => {
    const folders = readdirSync(FOLDER, { withFileTypes: true }).filter((e) => e.isDirectory() && e.name !== '_template').map((e) => e.name);
    assert.deepEqual(RISKS.map((r) => r.id), folders.sort());
  });

  for (const risk of RISKS) {
    describe(risk.id, () => {
      for (const lang of LANGS) {
        it(`explains itself under the fixed headings in ${lang}`, () => {
          const readme = readReadme(risk.readme[lang]);
          assert.deepEqual(readme.sections.map((s) => s.heading), HEADINGS[lang]);
          assert.ok(readme.title && readme.short, 'has a title and a short explanation');
        });
        it(`describes each of its fixes in ${lang}, in its order, with a title and a price`, () => {
          const { fixes } = readReadme(risk.readme[lang]);
          assert.deepEqual(fixes.map((f) => f.id), risk.fixes.map((f) => f.id));
          for (const fix of fixes) assert.ok(fix.title && fix.price && fix.body, fix.id);
        });
      }
      it('has a case for every fix that changes something, and a quiet one', () => {
        const cases = casesOf(risk.id);
        const proven = new Set(cases.flatMap((c) => [...c.afters.keys()]));
        for (const fix of risk.fixes) if (fix.safety !== 'by-hand') assert.ok(proven.has(fix.id), `a case for ${fix.id}`);
        assert.ok(cases.some((c) => c.quiet), 'a quiet case');
      });
      it('has its files where they are looked for', () => {
        for (const name of ['README.md', 'README.zh-CN.md', 'index.ts']) assert.ok(existsSync(join(FOLDER, risk.id, name)), name);
      });
    });
  }
});

describe('`proven`', () => {
  const named = (proven: boolean): readonly string[] => RISKS.flatMap((r) => r.fixes.filter((f) => f.safety !== 'by-hand' && f.proven === proven).map((f) => `${r.id}=${f.id}`)).sort();

  it('is said of the fixes that a run with the real program shows, and of no other', () => {
    assert.deepEqual(Object.keys(SHOWN).sort(), named(true));
    assert.deepEqual(Object.keys(NOT_SHOWN).sort(), named(false));
    for (const risk of RISKS) for (const fix of risk.fixes) if (fix.safety === 'by-hand') assert.ok(!fix.proven, `${risk.id}=${fix.id} changes nothing, so nothing shows it`);
  });

  for (const [fix, [file, name]] of Object.entries(SHOWN)) {
    it(`${fix}: ${file} has that test still`, () => {
      const text = readFileSync(join(import.meta.dirname, file), 'utf8').replaceAll("\\'", "'");
      const calls = [...text.matchAll(/\b(?:engine|long|host|systemd)Test\)?\(\s*(['`"])(.*?)\1[,\s]/g)].map((m) => m[2]);
      assert.ok(calls.some((c) => c?.startsWith(name)), `no test "${name}" among: ${calls.join(' | ')}`);
      assert.ok(text.includes(fix.split('=')[0] ?? fix), `${file} never speaks of ${fix.split('=')[0]}`);
    });
  }
});
