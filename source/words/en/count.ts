/** `1 file`, `2 files`: every noun of the interface takes a plain s. */
export const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
