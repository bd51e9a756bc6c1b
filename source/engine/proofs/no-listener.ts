import { text } from '../../model/text.ts';
import { liveIn, type Witness } from './witness.ts';

const loopback = (address: string): boolean => /^(?:127\.|::1$|::ffff:127\.)/.test(address);

/** Nothing of the service listens on this port any more; with `beyond`, on no other address than loopback. */
export const noListener: Witness<'no-listener'> = async ({ service, port, beyond }, machine) => {
  const live = liveIn(machine, service);
  if (live.flatMap((l) => l.processes).length === 0) return { outcome: 'cannot-tell', text: text(`${service}: no process could be seen`, `${service}：看不到任何进程`) };
  const there = live.flatMap((l) => l.listeners).filter((l) => l.port === port && !(beyond && loopback(l.address)));
  const [first] = there;
  if (first) return { outcome: 'left', text: text(`${service} still listens on ${first.address}:${port}`, `${service} 在监听 ${first.address}:${port}`) };
  const inside = live.flatMap((l) => l.listeners).some((l) => l.port === port);
  return { outcome: 'gone', text: beyond && inside ? text(`${service}: ${port} on loopback alone`, `${service}：${port} 只在 loopback 上`) : text(`${service}: nobody listens on ${port}`, `${service}：没有人监听 ${port}`) };
};
