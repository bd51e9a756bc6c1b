import { text } from '../../model/text.ts';
import { programNamed } from '../../settings/program.ts';
import type { Witness } from './witness.ts';

/** The program's processes are there where its owner has them: below supervisord, or in the unit. */
export const supervised: Witness<'supervised'> = async ({ service, program }, machine) => {
  const found = programNamed(machine, service, program);
  if (!found) return { outcome: 'cannot-tell', text: text(`${program} could not be seen`, `看不到 ${program}`) };
  const n = found.live.processes.length;
  if (n === 0) return { outcome: 'left', text: text(`${found.starter} has no process of ${program}`, `${found.starter} 下面没有 ${program} 的进程`) };
  return { outcome: 'gone', text: text(`${found.starter} keeps ${program}, ${n} ${n === 1 ? 'process' : 'processes'}`, `${program} 由 ${found.starter} 管着，${n} 个进程`) };
};
