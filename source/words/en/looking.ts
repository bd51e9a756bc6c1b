import type { Progress } from '../../engine/session.ts';
import { counted } from './count.ts';

export const looking = {
  promise: 'Looking. This only reads: no file, image or container changes before you have seen every diff and every command and said yes. Nothing leaves this machine.',
  promiseRemote: 'Looking. This only reads: no file, image or container changes before you have seen every diff and every command and said yes. Nothing is sent but to that Docker.',
  promiseDry: 'Looking. A dry run: it ends at the plan, and no file, image or container changes on the way. Nothing leaves this machine.',
  sources: { docker: 'Docker', project: 'Project', files: 'Files', processes: 'Processes', join: 'Joining' } satisfies Record<Progress['source'], string> as Record<Progress['source'], string>,
  leftOut: "Left out, because it is not this project's",
  notOurs: "Not this project's: shown behind its findings, and never changed",
  outside: {
    container: (n: number) => `${counted(n, 'container')} of other projects`,
    process: (n: number) => `${n === 1 ? '1 process' : `${n} processes`} of this machine outside containers`,
  },
  lookToo: 'look at them too',
  lookingToo: 'looking',
  foundToo: (n: number) => counted(n, 'finding'),
  byName: 'list them',
  fold: 'fold them',
  blind: 'Could not see',
  remedy: (words: string) => `To see it: ${words}`,
  found: (n: number) => `${n === 0 ? 'Nothing to fix was found.' : `${counted(n, 'finding')}.`} enter goes on.`,
  onward: 'Goes on as soon as everything is seen.',
  firstTime: 'First time here?  ? shows the keys of a screen, esc goes back, q leaves.',
  demo: 'To try it on something that is not yours:  harden-tui demo',
};
