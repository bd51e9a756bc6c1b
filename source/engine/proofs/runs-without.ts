import { text } from '../../model/text.ts';
import { programNamed } from '../../settings/program.ts';
import type { Witness } from './witness.ts';

/** The program runs, and none of its processes was started with one of these words; what its files say is diagnosed again beside it. */
export const runsWithout: Witness<'runs-without'> = async ({ service, program, words }, machine) => {
  const processes = programNamed(machine, service, program)?.live.processes ?? [];
  if (processes.length === 0) return { outcome: 'cannot-tell', text: text(`${program}: no process could be seen`, `${program}：看不到任何进程`) };
  const found = words.find((w) => processes.some((p) => p.argv.some((a) => a === w || a.startsWith(`${w}=`))));
  if (found !== undefined) return { outcome: 'left', text: text(`${program}: still started with ${found}`, `${program}：启动参数里有 ${found}`) };
  const n = processes.length;
  return { outcome: 'gone', text: text(`${program}: runs without it, ${n} ${n === 1 ? 'process' : 'processes'}`, `${program}：已不带它运行，${n} 个进程`) };
};
