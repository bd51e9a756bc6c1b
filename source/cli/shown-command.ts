import { quote } from '../files/shellwords.ts';
import { discreet } from '../report/discreet.ts';
import { oneLine } from '../report/plain.ts';
import { wrap } from '../report/wrap.ts';

/** A shell reads both alike; `!` between double quotes is history to one that a person types in. */
const word = (one: string): string => (one.includes("'") && !one.includes('!') ? `"${one.replace(/["\\$`]/g, '\\$&')}"` : quote([one]));

/** A command to be read before it is said yes to: its later rows hang, no word is cut, a path stays whole. */
export function shownCommand([name = '', ...args]: readonly string[], columns: number): readonly string[] {
  const line = oneLine(discreet([quote([name]), ...args.map(word)].join(' ')));
  return wrap(line, columns - 6).map((row, i) => (i === 0 ? '  ' : '      ') + row);
}
