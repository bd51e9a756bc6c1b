import { counted } from './count.ts';

/** How long a service did not answer. */
export interface Gap {
  readonly service: string;
  readonly time: string;
}

export const away = (gaps: readonly Gap[]): string => gaps.map(({ service, time }, i) => `${service} ${i === 0 ? 'was away ' : ''}${time}`).join(', ');

const are = (n: number) => (n === 1 ? '1 risk is' : `${n} risks are`);

/** What only a file shows was seen on no process. */
function seenGone(gone: number, inFiles: number): string {
  if (gone === 0) return 'Nothing is proven gone.';
  if (inFiles === 0) return `${are(gone)} gone, seen on the processes that run now.`;
  const there = `seen in ${inFiles === 1 ? 'its file' : 'their files'}`;
  if (inFiles === gone) return `${are(gone)} gone, ${there}.`;
  return `${are(gone)} gone: ${gone - inFiles} seen on the processes that run now, ${inFiles} ${there}.`;
}

export const done = {
  title: 'Done',
  head: (gone: number, left: number, unknown: number, inFiles = 0) => [
    seenGone(gone, inFiles),
    ...(left > 0 ? [`${left} ${left === 1 ? 'is' : 'are'} left.`] : []),
    ...(unknown > 0 ? [`Of ${unknown} we cannot tell.`] : []),
  ].join(' '),
  skipped: 'skipped',
  notChosen: 'not chosen',
  /** Chosen or not, it could not be: with what stood in the way. */
  noWay: (reason: string, byHand: boolean) => `not possible here: ${reason}${byHand ? '; there are ways by hand' : ''}`,
  byHand: 'by hand only',
  labels: { works: 'Still works', worse: 'WORSE', unknown: 'Cannot tell', remarks: 'Note', files: 'Files', git: 'Git', hand: 'Left to you', elsewhere: 'Elsewhere' },
  works: (same: number, all: number, gaps: readonly Gap[]) => `${same} of ${counted(all, 'answer')} as before.${gaps.length > 0 ? ` ${away(gaps)}.` : ''}`,
  nothingStarted: 'nothing was started anew, so nobody was asked before and after',
  nothingAsked: 'no answer could be asked for before, so none could be compared',
  /** `web was away 3.4 s, admin 2.1 s` */
  away,
  vital: (service: string, what: string, before: string, after: string) => `${service} ${what}: ${before}, now ${after}`,
  copyAll: (n: number) => `copy all ${n}`,
  copied: (n: number) => `${n === 1 ? 'The command is' : `All ${n} commands are`} copied, where the terminal allows it.`,
  files: (n: number, made: number) => `${[...(n > made || made === 0 ? [`${counted(n - made, 'file')} changed`] : []), ...(made > 0 ? [`${counted(made, 'file')} new`] : [])].join(', ')}, nothing committed.`,
  messageHint: 'commit message with proof',
  messageTitle: 'Commit message',
  messageHead: 'With the proofs, for a commit or a pull request. Nothing is committed.',
  messageCopy: 'y copies it.',
  undo: 'To take it back, today or next week, from any terminal:',
  undoDemo: 'To take it back: u, now. When the wizard is left, the demo is removed, and the way back with it.',
  undoCommand: 'harden-tui undo',
};
