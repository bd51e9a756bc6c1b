import { counted } from './count.ts';

export const plan = {
  title: 'Plan',
  making: 'Making the plan',
  head: (chosen: number, all: number, what: string) => `${chosen} of ${counted(all, 'finding')}: ${what}. Nothing done yet.`,
  empty: 'Nothing of what was chosen can be planned.',
  dry: 'This is a dry run and it ends here: nothing was changed, nothing will be.',
  readOnly: (endpoint: string) => `${endpoint} is remote, so it is only read. With --allow-remote it can be changed.`,
  check: 'check',
  checks: (n: number) => (n === 1 ? '1 risk' : `${n} risks`),
  onNew: 'on the new processes, and every answer as it was before',
  together: (steps: string, because: string) => `${steps} belong together: ${because}`,
  dropping: (step: number, titles: string) => `x again takes step ${step} out, and with it: ${titles}. Any other key keeps it.`,
  labels: { foreseen: 'Foreseen', refused: 'Refused', undo: 'Undo', tried: 'Not tried' },
  foreseen: (gone: number, left: number, fresh: number) => `${gone} gone, ${left} left, ${fresh === 0 ? 'nothing new' : `${fresh} NEW`}`,
  undo: 'the files, images and owners as they are now are kept for it',
  tried: 'there is no rehearsal on copies yet: it is done, watched, and taken back by itself if anything gets worse',
  refused: (title: string, reason: string) => `${title}: ${reason}`,
  commandsTitle: 'Commands',
  done: 'Run so far',
  toCome: 'To come, if the plan is applied',
  noCommands: 'No command yet. What runs is shown here before it runs.',
};
