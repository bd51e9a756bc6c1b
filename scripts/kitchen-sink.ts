// `npm run kitchen-sink -- [--lang zh-CN] [--size 160x48] [NAME ...]`: every screen in every state of note, without a
// machine to look at. With NAMEs those that begin with one of them.
import { parseArgs } from 'node:util';
import { LANGS } from '../source/model/text.ts';
import { cooked, pictured } from '../test/tui/kitchen/made.tsx';
import { KITCHEN } from '../test/tui/kitchen/recipes.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { lang: { type: 'string' }, size: { type: 'string', default: '80x24' } } });
const lang = LANGS.find((one) => one === values.lang) ?? 'en';
const [columns = 80, rows = 24] = values.size.split('x').map(Number);
for (const one of KITCHEN.filter(({ name }) => positionals.length === 0 || positionals.some((word) => name.startsWith(word)))) {
  const driven = await cooked(one, lang, { columns, rows });
  process.stdout.write(`\n${one.name}   ${one.keys.join(' ')}\n${pictured(driven.store.get()).join('\n')}\n`);
}
process.exit(0);
