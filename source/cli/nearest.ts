/** Edits from one word to the other: letters put in, taken out or replaced. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The known word that was probably meant, when one is near enough. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const short = word.slice(0, 60);
  const best = known.map((k) => ({ k, d: distance(short, k) })).sort((a, b) => a.d - b.d)[0];
  return best && best.d <= (best.k.length < 4 ? 1 : Math.max(2, Math.floor(best.k.length / 3))) ? best.k : undefined;
}
