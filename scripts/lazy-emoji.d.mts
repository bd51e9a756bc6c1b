/** The types of lazy-emoji.mjs, for its test. */
export function lazily(source: string): string;
