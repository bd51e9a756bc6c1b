import { text } from '../../model/text.ts';
import { capabilitiesIn, maskOf } from '../../settings/capabilities.ts';
import { containersOf, type Witness } from './witness.ts';

/** CapBnd and CapEff of every process: what it has, and what it could ever get. */
export const capabilities: Witness<'capabilities'> = async ({ service, allowed }, machine) => {
  const processes = containersOf(machine, service).flatMap((c) => c.processes);
  if (processes.length === 0) return { outcome: 'cannot-tell', text: text(`${service}: no process could be seen`, `${service}：看不到任何进程`) };
  const most = maskOf(allowed);
  const wide = processes.flatMap((p) => [p.capBnd, p.capEff]).find((mask) => mask !== undefined && (mask & ~most) !== 0n);
  if (wide !== undefined) {
    const more = capabilitiesIn(wide & ~most).join(', ');
    return { outcome: 'left', text: text(`${service} still has ${more}`, `${service} 有 ${more.replaceAll(', ', '、')}`) };
  }
  if (processes.some((p) => p.capBnd === undefined)) return { outcome: 'cannot-tell', text: text(`${service}: its capabilities could not be read`, `${service}：读不到它的 capability`) };
  const bounding = capabilitiesIn(processes.reduce((all, p) => all | (p.capBnd ?? 0n), 0n));
  const has = bounding.length === 0 ? text('no capabilities at all', '没有任何 capability') : text(`${bounding.join(', ')} alone`, `只有 ${bounding.join('、')}`);
  const many = processes.length;
  return { outcome: 'gone', text: text(`${service}: ${has.en}, ${many} ${many === 1 ? 'process' : 'processes'}`, `${service}：${has['zh-CN']}，${many} 个进程`) };
};
