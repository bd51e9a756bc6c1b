const SAFE = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** A command as one line that a shell reads back as the same words. */
export const quoted = (argv: readonly string[]): string => argv.map((word) => (SAFE.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ');
