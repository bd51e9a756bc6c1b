import { counted } from './count.ts';
import { away, type Gap } from './done.ts';

/** What became of them; `answers` of `all` are as before. */
export interface Ended {
  readonly gone: number;
  readonly left: number;
  readonly unknown: number;
  readonly same: number;
  readonly all: number;
  /** The one that was away for the longest time. */
  readonly gap?: Gap;
}

/** What stays in the scrollback, and the one question before leaving. */
export const leave = {
  ask: (chosen: number) => `${chosen === 1 ? '1 is' : `${chosen} are`} chosen and nothing is applied. q again leaves, any other key stays.`,
  busy: 'q leaves when this has ended. To stop it: ctrl-c',
  looked: (project: string, n: number, chosen: number) => `harden-tui: ${project}, ${counted(n, 'finding')}, ${chosen} chosen, nothing applied.`,
  early: (project: string) => `harden-tui: ${project}, left before everything was seen.`,
  nothing: (project: string) => `harden-tui: ${project}, nothing to fix.`,
  unchanged: 'No file, image or container was changed.',
  next: 'The same as a list: harden-tui scan\nAs a diff: harden-tui fix',
  dry: (project: string, chosen: number, what: string) => `harden-tui: ${project}, dry run. ${counted(chosen, 'finding')} chosen: ${what} would change.`,
  applied: (project: string, run: string, { gone, left, unknown, same, all, gap }: Ended) => [
    `harden-tui: ${project}, run ${run}. ${gone === 0 ? 'nothing' : gone} gone`, ...(left > 0 ? [`${left} left`] : []), ...(unknown > 0 ? [`${unknown} cannot tell`] : []),
    ...(all === 0 ? [] : [`${same < all ? `${same} of ` : ''}${counted(all, 'answer')} as before`]),
  ].join(', ') + `${gap ? `; ${away([gap])}` : ''}.`,
  changed: (files: string) => `Changed, not committed: ${files}`,
  unknown: (what: string) => `Cannot tell: ${what}.`,
  undo: 'Take it back: harden-tui undo',
  demo: 'It was a demo: it is removed now, and there is nothing to take back.',
  takenBack: (project: string, run: string) => `harden-tui: ${project}, run ${run} was taken back. It runs as before.`,
  differs: (project: string, run: string) => `harden-tui: ${project}, run ${run} was taken back, and yet it does not answer as before.`,
  why: (what: string) => `Why: ${what}`,
  undone: (project: string, run: string, cameTo: string) => `harden-tui: ${project}, run ${run} is undone${cameTo === '' ? '' : `; ${cameTo}`}.`,
  partly: (project: string, said: string) => `harden-tui: ${project}. ${said}`,
  yours: (what: string) => `Left to you: ${what}`,
  history: 'Every run: harden-tui history',
  copies: (project: string) => `harden-tui: ${project}, left while disposable copies were being taken away.`,
  copiesNext: 'The next start takes away what is left of them; harden-tui history names it.',
  cut: (project: string) => `harden-tui: ${project}, left in the middle of a step.`,
  cutNext: 'What is left to finish or to take back is written down: harden-tui undo',
};
