import { counted } from './count.ts';

export const undo = {
  title: 'Undo',
  asking: 'Looking up what was kept',
  none: 'There is no run to take back.',
  already: (run: string) => `Run ${run} was taken back already, here or from another terminal. Nothing of it is left to take back.`,
  head: (run: string, at: string, project: string, cameTo: string) => `Run ${run} of ${at}, in ${project}: ${cameTo}.`,
  at: (date: Date) => `${date.toLocaleDateString('en-GB', { day: 'numeric', month: 'long' })}, ${date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}`,
  goes: 'Taking it back',
  labels: { files: 'files', images: 'images', owners: 'owners', accounts: 'accounts', containers: 'containers', programs: 'programs' },
  images: (names: string, n: number) => `${names}: the old ${n === 1 ? 'one was' : 'ones were'} kept`,
  counted: (name: string, files: string) => `${name}: ${files}`,
  owner: (source: string) => `${source} back to root`,
  containers: (names: string, seconds?: number) => `${names}; away for ${seconds === undefined ? 'some seconds' : `about ${seconds} s`}`,
  yours: 'Left to you, when the rest is back',
  comesBack: 'What comes back',
  unsure: 'Cannot tell: never proven gone',
  edited: 'A file that you edited since is not overwritten: your edit is kept, or it is said what stands in the way.',
  ask: 'Take it back? y takes it back, esc does not.',
  running: 'Taking it back. This goes on to its end: stopping half way would leave a mixture.',
  wait: 'It goes on to its end, then leaves. ctrl-c again leaves at once.',
  after: {
    labels: { back: 'Back again', came: 'Came back', unsure: 'Cannot tell', answers: 'Checked', away: 'Away' },
    kept: 'What it was stays in the history, with its plan: harden-tui history',
  },
  answers: (same: number, all: number, told: string, some: boolean) => `${same} of ${counted(all, 'answer')} as before${some ? ', among them' : ':'} ${told}`,
};
