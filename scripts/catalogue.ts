// The table of risks in both READMEs, from the risks themselves. `npm run catalogue` writes it; a test says when it is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lang } from '../source/model/text.ts';
import type { Risk } from '../source/model/risk.ts';
import { RISKS } from '../source/risks/index.ts';
import { readReadme } from '../source/risks/readme.ts';

const ROOT = join(import.meta.dirname, '..');
export const FILES: Readonly<Record<Lang, string>> = { en: 'README.md', 'zh-CN': 'README.zh-CN.md' };

const WORDS = {
  en: { head: '| risk | what it means | ways out |', page: 'README.md', comma: ', ', hand: (ids: string) => `by hand: ${ids}`, and: '; ' },
  'zh-CN': { head: '| 条目 | 意思 | 改法 |', page: 'README.zh-CN.md', comma: '、', hand: (ids: string) => `手动：${ids}`, and: '；' },
} as const;

const MARKS = /(<!-- catalogue -->\n)[^]*?(<!-- \/catalogue -->)/;

function row(risk: Risk, lang: Lang): string {
  const w = WORDS[lang];
  const own = risk.fixes.filter((f) => f.safety !== 'by-hand').map((f) => f.id);
  const hand = risk.fixes.filter((f) => f.safety === 'by-hand').map((f) => f.id);
  const ways = [own.join(w.comma), ...(hand.length > 0 ? [w.hand(hand.join(w.comma))] : [])].filter(Boolean).join(w.and);
  return `| [${risk.id}](source/risks/${risk.id}/${w.page}) | ${readReadme(risk.readme[lang]).title} | ${ways} |`;
}

/** The whole README with its table as the risks have it now. */
export function withCatalogue(text: string, lang: Lang): string {
  const table = [WORDS[lang].head, '|---|---|---|', ...RISKS.map((r) => row(r, lang))].join('\n');
  return text.replace(MARKS, `$1${table}\n$2`);
}

if (process.argv[1] === import.meta.filename) {
  for (const lang of ['en', 'zh-CN'] as const) {
    const file = join(ROOT, FILES[lang]);
    writeFileSync(file, withCatalogue(readFileSync(file, 'utf8'), lang));
  }
}
