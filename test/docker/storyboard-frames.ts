/** What is of the day in a row: times, counts, versions; and how far apart its columns stand. */
export const lasting = (row: string): string =>
  row.replace(/\d+:\d+|\d+(?:\.\d+)? s\b/g, 'T').replace(/\d+(?:\.\d+)*/g, '#').replace(/\s+/g, ' ').trim();

/** Rows of frames that move while they are looked at, or that the storyboard has only in words. */
export const FRAMES = {
  dropped: [
    ' 5 of 7 findings: 4 files, 3 images, 3 containers. Nothing done yet.',
  ],
  applying: [
    'harden-tui > Applying                                shop   docker: this machine',
    ' If a step fails, everything before it is taken back by itself.',
    ' b whole log  c commands  ctrl-c stop after this step, take all back      ? keys',
  ],
  undo: [
    ' What comes back',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;
