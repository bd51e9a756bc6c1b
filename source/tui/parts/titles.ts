import { fit, graphemes, width } from '../width.ts';

/** What two texts have in common at their beginning, in characters as they are seen. */
function shared(texts: readonly string[]): number {
  const [first = [], ...rest] = texts.map((one) => graphemes(one));
  let n = 0;
  while (n < first.length && rest.every((one) => one[n] === first[n])) n++;
  return n;
}

/** The beginning, and from the difference on: what others have, too, is what can be left out. */
function fromDifference(text: string, at: number, columns: number, more: string): string {
  const all = graphemes(text);
  const head = fit(text, Math.floor(columns / 3), '').trimEnd();
  const room = columns - width(head) - width(more);
  // As much before the difference as there is room for: its word begins somewhere.
  let from = at;
  while (from > 0 && width(all.slice(from - 1).join('')) <= room) from--;
  return head + more + fit(all.slice(from).join(''), room, more);
}

/** What a title may take beside the proof of it: the storyboard's 34 columns, and more where there are more. */
export const titleRoom = (columns: number): number => Math.max(34, Math.floor(columns * 0.4));

let last: { readonly key: string; readonly told: readonly string[] } | undefined;

/**
 * Titles that are told apart although not all of them fit: one that would look like its neighbour is cut where the two
 * are the same, not where they differ.
 */
export function toldApart(titles: readonly string[], columns: number, more: string): readonly string[] {
  // The list stays the same from key to key, and telling hundreds apart takes its time.
  const key = [columns, more, ...titles].join('\0');
  if (last?.key !== key) last = { key, told: told(titles, columns, more) };
  return last.told;
}

function told(titles: readonly string[], columns: number, more: string): readonly string[] {
  const short = titles.map((one) => fit(one, columns, more));
  const looks = new Map<string, Set<string>>();
  for (const [i, one] of titles.entries()) looks.set(short[i]!, (looks.get(short[i]!) ?? new Set()).add(one));
  return titles.map((one, i) => {
    const alike = [...looks.get(short[i]!)!].filter((other) => other !== one);
    return alike.length === 0 ? short[i]! : fromDifference(one, shared([one, ...alike]), columns, more);
  });
}
