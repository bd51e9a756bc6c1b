/** A row of columns as sentences: where a picture has a gap there is a pause, in the language's own stop. */
export const sentences = (row: string, stop: string): string =>
  row.trim().replace(/([^\s])\s{2,}/g, (_, last: string) => (/[.,:;?>*]/.test(last) ? `${last} ` : /[。，：；？]/.test(last) ? last : last + stop));
