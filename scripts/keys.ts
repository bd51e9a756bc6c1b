// docs/keys.md in both languages: the keys of every screen, read from the tables that handle them, and what fingers know
// from other programs, looked up in the same tables. `npm run keys` writes it; a test says when it is stale.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lang, Text } from '../source/model/text.ts';
import { keyRows } from '../source/tui/keys.ts';
import { kindOf } from '../source/tui/screens/index.ts';
import type { Screen } from '../source/tui/screens/screen.ts';
import { viewOf } from '../source/tui/view.ts';
import { shown, type Wizard } from '../source/tui/wizard.ts';
import { cooked } from '../test/tui/kitchen/made.tsx';
import { KITCHEN } from '../test/tui/kitchen/recipes.ts';
import { FINGERS } from './fingers.ts';
import { TITLES } from './screen-titles.ts';

const ROOT = join(import.meta.dirname, '..');
export const FILES: Readonly<Record<Lang, string>> = { en: 'docs/keys.md', 'zh-CN': 'docs/keys.zh-CN.md' };
const SIZE = { columns: 160, rows: 48 };

const WORDS: Readonly<Record<Lang, { readonly head: string; readonly fingers: string; readonly yes: string }>> = {
  en: { head: '| keys | what they do |', fingers: '| known from | key | there | here |', yes: 'the same: ' },
  'zh-CN': { head: '| 按键 | 作用 |', fingers: '| 来自 | 按键 | 在那里 | 在这里 |', yes: '一样：' },
};

type Rows = ReadonlyMap<string, string>;

/** Every key of a screen in every state of note, in the order of its table. */
export async function keysOf(lang: Lang): Promise<ReadonlyMap<Screen['name'], Rows>> {
  const all = new Map<Screen['name'], Map<string, string>>();
  const last = new Map<Screen['name'], Wizard>();
  for (const recipe of KITCHEN) {
    const wizard = (await cooked(recipe, lang, SIZE)).store.get();
    const screen = shown(wizard);
    const rows = all.get(screen.name) ?? new Map<string, string>();
    all.set(screen.name, rows);
    const { keys: table } = kindOf(screen);
    for (const [keys, says] of keyRows(table, screen, wizard)) {
      // As many ways out as this finding has; the keys are there up to nine.
      const name = /^\d-\d$/.test(keys) ? '1-9' : keys;
      if (!rows.has(name)) rows.set(name, says.replace(/ ?[(（]\d+[)）]$/, ''));
    }
    last.set(screen.name, wizard);
  }
  // A key that no recipe has on (there is nothing else like its finding, say) is a key all the same.
  for (const [name, wizard] of last) {
    const screen = shown(wizard);
    const rows = all.get(name)!;
    const { words } = viewOf(wizard);
    const known = new Set([...rows.keys()].flatMap((keys) => keys.split('  ')));
    for (const { keys, says, shows } of kindOf(screen).keys) {
      const names = keys.map((key) => words.keys.names[key] ?? key);
      if (shows || names.some((one) => known.has(one))) continue;
      // How many there are is of the moment.
      rows.set(names.join('  '), says(words, screen, wizard).replace(/这 \d+ 个| ?\d+ ?/, ''));
    }
  }
  return all;
}

const cell = (text: string): string => text.replaceAll('|', '\\|');
const code = (keys: string): string => keys.split('  ').map((key) => `\`${key}\``).join(' ');

function screens(all: ReadonlyMap<Screen['name'], Rows>, lang: Lang): string {
  return (Object.entries(TITLES) as readonly (readonly [Screen['name'], Text])[])
    .filter(([name]) => (all.get(name)?.size ?? 0) > 0)
    .map(([name, title]) => [`### ${title[lang]}`, '', WORDS[lang].head, '|---|---|', ...[...all.get(name)!].map(([keys, says]) => `| ${code(keys)} | ${cell(says)} |`)].join('\n'))
    .join('\n\n');
}

/** What stands here for a key that fingers know: what our own table says of it, or the key that does it here. */
function fingers(all: ReadonlyMap<Screen['name'], Rows>, english: ReadonlyMap<Screen['name'], Rows>, lang: Lang): string {
  const rows = FINGERS.map(({ of, key, there, here }) => {
    // By their English names: the same row of the same table in both languages.
    const at = 'on' in here ? [...(english.get(here.on) ?? [])].findIndex(([keys]) => keys.split('  ').includes(here.key)) : -1;
    const found = 'on' in here ? [...(all.get(here.on) ?? [])][at] : undefined;
    if ('on' in here && !found) throw new Error(`${of.join(', ')}: "${here.key}" is no key of ${here.on}`);
    const ours = 'on' in here ? `${here.key === key ? WORDS[lang].yes : `\`${here.key}\`${lang === 'en' ? ': ' : '：'}`}${found![1]}` : here[lang];
    return `| ${of.join(', ')} | \`${key}\` | ${cell(there[lang])} | ${cell(ours)} |`;
  });
  return [WORDS[lang].fingers, '|---|---|---|---|', ...rows].join('\n');
}

/** The page with its two tables as the code has them now. */
export async function withKeys(text: string, lang: Lang): Promise<string> {
  const all = await keysOf(lang);
  const put = (page: string, name: string, table: string): string => page.replace(new RegExp(`(<!-- ${name} -->\\n)[^]*?(<!-- /${name} -->)`), (_, open: string, close: string) => `${open}${table}\n${close}`);
  return put(put(text, 'keys', screens(all, lang)), 'fingers', fingers(all, await keysOf('en'), lang));
}

if (process.argv[1] === import.meta.filename) {
  mkdirSync(join(ROOT, 'docs'), { recursive: true });
  for (const lang of ['en', 'zh-CN'] as const) {
    const file = join(ROOT, FILES[lang]);
    if (existsSync(file)) writeFileSync(file, await withKeys(readFileSync(file, 'utf8'), lang));
  }
}
