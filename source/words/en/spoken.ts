/** What is only said: for screen readers, and where nothing can be drawn. */
export const spoken = {
  sentence: (text: string) => (/[.!?]$/.test(text) ? `${text} ` : `${text}. `),
  stop: '. ',
  key: (keys: readonly string[], says: string) => `${keys.join(', ')}: ${says}`,
  decided: { fix: 'chosen', skip: 'skipped', ignore: 'ignored' } as Record<string, string>,
  /** In place of the marks before a row. */
  marks: { done: 'ok', failed: 'x', absent: '-', running: '*' },
  here: 'highlighted: ',
  typing: 'Type a key, then enter: a letter, a number, or the name of a key: esc, down, page down. An empty line is enter, ? says the keys of a screen.',
};
