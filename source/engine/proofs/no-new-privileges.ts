import { text } from '../../model/text.ts';
import { containersOf, type Witness } from './witness.ts';

/** NoNewPrivs of every process, as the kernel has it. */
export const noNewPrivileges: Witness<'no-new-privileges'> = async ({ service }, machine) => {
  const processes = containersOf(machine, service).flatMap((c) => c.processes);
  const many = processes.length;
  const open = processes.filter((p) => p.noNewPrivs === false).length;
  if (open > 0) return { outcome: 'left', text: text(`${service}: ${open} of ${many} processes may still gain privileges`, `${service}：${many} 个进程中有 ${open} 个能取得新的特权`) };
  if (many === 0 || processes.some((p) => p.noNewPrivs === undefined)) return { outcome: 'cannot-tell', text: text(`${service}: NoNewPrivs could not be read`, `${service}：读不到 NoNewPrivs`) };
  return { outcome: 'gone', text: text(`${service}: NoNewPrivs 1, ${many} ${many === 1 ? 'process' : 'processes'}`, `${service}：NoNewPrivs 为 1，${many} 个进程`) };
};
