import { fit, width } from './width.ts';

/** Whole items of a list, as many as there is room for; `said` has them with how many are left out. One that is cut would look like another. */
export function some(items: readonly string[], room: number, said: (shown: readonly string[], left: number) => string, more: string): string {
  const [first = '', ...rest] = items;
  for (let n = items.length; n > 0; n--) {
    const text = said(items.slice(0, n), items.length - n);
    if (width(text) <= room) return text;
  }
  // Not even one has room beside the count: its own words are what is left out of.
  return rest.length === 0 ? fit(first, room, more) : said([fit(first, Math.max(width(more), room - width(said([''], rest.length))), more)], rest.length);
}
