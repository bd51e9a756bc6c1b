import { isRootUser } from '../files/dockerfile.ts';
import type { Machine } from '../model/machine.ts';
import { programsOf, type Program } from './program.ts';
import { programOf } from './roles.ts';
import { startsAs } from './starts-as.ts';
import { flags, type ArgWord } from './started.ts';

const isWorker = (p: Program): boolean => p.kind === 'celery' && p.words.some((w) => w.value === 'worker' || w.value === 'beat');

/** Celery workers (and beat) that supervisord, a unit or a shell starts; one that is its container's command is the container's affair. */
export const celeryPrograms = (machine: Machine): readonly Program[] => programsOf(machine).filter((p) => p.starter !== 'container' && isWorker(p));

/** `--uid` of its own command line: started as root, it goes on as that user, and its children with it (FACTS.md, section 4). */
export const uidFlag = (program: Program): { readonly value: string; readonly word: ArgWord } | undefined => flags(program.words, ['--uid']).at(-1);

export type Sure = 'seen' | 'declared' | 'guess';

/** As root by what runs; where nothing runs, by who starts it. */
export function rootCelery(machine: Machine, program: Program): Sure | undefined {
  const live = program.live.processes.filter((p) => programOf(p.argv) === 'celery');
  if (live.length > 0) return live.some((p) => p.uid.effective === 0) ? 'seen' : undefined;
  const uid = uidFlag(program);
  if (uid && !isRootUser(uid.value)) return undefined;
  const start = startsAs(machine, program);
  return start?.root ? (start.guess ? 'guess' : 'declared') : undefined;
}
