import { text } from '../../model/text.ts';
import { liveOf } from '../../settings/live.ts';
import { isLoopback } from '../../settings/reach.ts';
import type { Witness } from './witness.ts';

/** The kernel's own list: on that port nothing listens beyond loopback, and the program is reached in the way that was meant. */
export const loopbackOnly: Witness<'loopback-only'> = async ({ service, port, socket }, machine) => {
  const named = machine.services.find((s) => s.name === service);
  const live = named ? liveOf(machine, named) : [];
  if (live.length === 0) return { outcome: 'cannot-tell', text: text(`${service}: nothing of it was seen running`, `${service}：没有看到它在运行`) };
  const here = live.flatMap((l) => l.listeners).filter((l) => l.port === port);
  const beyond = here.find((l) => !isLoopback(l.address));
  if (beyond) return { outcome: 'left', text: text(`${service}: still listens on ${beyond.address}:${port}`, `${service}：在监听 ${beyond.address}:${port}`) };
  if (socket !== undefined) {
    const there = live.some((l) => l.sockets.some((s) => s.path === socket));
    const beside = here[0] === undefined ? text(`nobody on port ${port}`, `没有人监听端口 ${port}`) : text(`${here[0].address}:${port} beside it`, `另有 ${here[0].address}:${port}`);
    return there ? { outcome: 'gone', text: text(`${service}: listens on ${socket}, ${beside.en}`, `${service}：监听 ${socket}，${beside['zh-CN']}`) } : { outcome: 'cannot-tell', text: text(`${socket} could not be seen`, `看不到 ${socket}`) };
  }
  return here.length > 0 ? { outcome: 'gone', text: text(`${service}: only ${here[0]?.address}:${port}`, `${service}：只在 ${here[0]?.address}:${port}`) } : { outcome: 'cannot-tell', text: text(`${service}: nothing was seen on ${port}`, `${service}：没有看到监听 ${port} 的`) };
};
