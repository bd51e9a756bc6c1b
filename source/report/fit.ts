import { broken } from './breaks.ts';
import { graphemes, width } from './width.ts';

/** So much of a text as has room, in the midst of a word too. */
function start(all: readonly string[], room: number): string {
  let kept = '';
  for (const part of all) {
    if (width(kept) + width(part) > room) break;
    kept += part;
  }
  return kept;
}

/** The start of a text that fits, with a mark where something was left out. Words are whole, unless that would leave less than half of the room: half a word tells nothing, or something else. */
export function fit(text: string, columns: number, more = '…'): string {
  if (width(text) <= columns) return text;
  const room = columns - width(more);
  if (room < 0) return ''.padEnd(Math.max(0, columns));
  const [words = ''] = broken(text, Math.max(1, room), 'cut');
  if (width(words) > room || width(words) * 2 < room || !text.startsWith(words)) return start(graphemes(text), room) + more;
  return `${words}${text[words.length] === ' ' && width(words) < room ? ' ' : ''}${more}`;
}

/** Both ends of a text that does not fit: of a path the last part says most, of a sentence the first. */
export function squeeze(text: string, columns: number, more = '…'): string {
  if (width(text) <= columns) return text;
  const tail = Math.floor((columns - width(more)) * 0.6);
  const end = [...start(graphemes(text).toReversed(), tail)].length;
  const all = Array.from(text);
  const raw = all.slice(all.length - end).join('');
  const before = /\S*$/.exec(all.slice(0, all.length - end).join(''))?.[0] ?? '';
  const [cut = ''] = /^\S*/.exec(raw) ?? [];
  // A path keeps what it is cut to: its end is what one knows it by.
  const isWord = before !== '' && cut !== '' && /^[\u0021-\u007e]*$/.test(before + cut) && !`${before}${cut}`.includes('/');
  const whole = raw.slice(cut.length);
  const kept = isWord && width(whole) * 2 >= tail ? whole : raw;
  return fit(text, columns - width(kept), more) + kept;
}
