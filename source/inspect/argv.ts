/** `ps` joins arguments with blanks; what it joined can't be told apart, so this splits at blanks and says no more. */
export const splitWords = (line: string): string[] => line.split(/\s+/).filter(Boolean);
