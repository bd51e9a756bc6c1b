import type { RunSummary } from '../../engine/session.ts';
import type { Leftover } from '../../engine/leftovers.ts';
import type { Held } from '../../model/held.ts';
import { counted } from './count.ts';

export const history = {
  title: 'History',
  crumb: (run: string) => `History > Run ${run}`,
  asking: 'Looking up what was done here before',
  none: 'No run is kept here: nothing was changed yet, or it was forgotten since.',
  head: (n: number) => `${counted(n, 'run')} in this folder, the newest first.`,
  inSight: (from: number, to: number, all: number) => `${from}-${to} of ${all}`,
  elsewhere: (n: number) => `${counted(n, 'run')} in other folders: harden-tui history`,
  one: (run: string, at: string, ending: string, stays = '') => `Run ${run} of ${at}: ${ending}${stays && `: ${stays}`}`,
  endings: {
    'applied': 'applied', 'taken-back': 'taken back by itself', 'nothing-started': 'nothing was started', 'interrupted': 'stopped, taken back',
    'undone': 'undone', 'unfinished': 'cut off, unfinished', 'cut-off': 'cut off, taken back',
  } satisfies Record<RunSummary['ending'], string> as Record<RunSummary['ending'], string>,
  partly: 'applied, partly undone',
  inPart: 'undone in part',
  goingOn: (pid: string) => `going on, process ${pid}`,
  folderGone: (ending: string) => `${ending}, its folder is gone`,
  neverProven: 'nothing was proven',
  between: '; ',
  labels: { about: 'About', changed: 'Changed', verified: 'Verified', tried: 'Undo failed', stood: 'Stands', next: 'Next' },
  verifyingNow: 'Asking again, on what runs now',
  verifying: 'being asked again, on what runs now',
  counts: (holds: number, drifted: number, unknown: number) => [`${holds} still gone`, ...(drifted > 0 ? [`${drifted} drifted`] : []), ...(unknown > 0 ? [`of ${unknown} we cannot tell`] : [])].join(', '),
  held: { 'holds': 'still gone', 'drifted': 'drifted', 'cannot-tell': 'cannot tell' } satisfies Record<Held, string> as Record<Held, string>,
  since: 'Changed since',
  asLeft: 'All of it is as the run left it.',
  steps: 'What was done',
  proofs: 'How it was proven',
  proofsThen: 'What was seen before it went back',
  verified: 'Asked again, on what runs now',
  wouldGoBack: 'What undo would take back',
  left: 'Left behind by a run that died; nothing needs it:',
  kinds: { container: 'container', network: 'network', volume: 'volume', image: 'image', folder: 'folder', demo: 'demo' } satisfies Record<Leftover['kind'], string> as Record<Leftover['kind'], string>,
  clean: 'To remove it: harden-tui history --clean',
};
