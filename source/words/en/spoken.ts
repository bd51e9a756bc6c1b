/** What is only said: for screen readers, and where nothing can be drawn. */
export const spoken = {
  sentence: (text: string) => (/[.!?]$/.test(text) ? `${text} ` : `${text}. `),
  stop: '. ',
  key: (keys: readonly string[], says: string) => `${keys.join(', ')}: ${says}`,
  decided: { fix: 'chosen', skip: 'skipped', ignore: 'ignored' } as Record<string, string>,
  here: 'highlighted: ',
};
