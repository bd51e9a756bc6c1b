/** `1 file`, `2 files`: every noun of the interface takes a plain s. */
export const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;

/** `web, worker and admin` */
export const and = (names: readonly string[]): string => (names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`);

/** As a sentence begins; a name or an address (uWSGI, https://…, /run) stays as it is written. */
export const begun = (sentence: string): string => sentence.replace(/^[a-z]+(?=[\s,;.'-]|$)/, (word) => `${word[0]!.toUpperCase()}${word.slice(1)}`);
