import { text } from '../../model/text.ts';
import { containersOf, type Witness } from './witness.ts';

/** It runs: the engine looks the user up before it starts anything. */
export const userFound: Witness<'user-found'> = async ({ service }, machine) => {
  const [running] = containersOf(machine, service).filter((c) => !c.restarting);
  const [first] = running?.processes ?? [];
  if (running) {
    const as = first ? text(` as uid ${first.uid.effective}`, `，uid ${first.uid.effective}`) : text('', '');
    return { outcome: 'gone', text: text(`${service} was started${as.en}`, `${service} 已经启动${as['zh-CN']}`) };
  }
  const ids = machine.services.find((s) => s.name === service)?.containers ?? [];
  const error = machine.containers.find((c) => ids.includes(c.id) && c.error !== undefined)?.error;
  return error !== undefined && /unable to find (?:user|group)/.test(error)
    ? { outcome: 'left', text: text(`${service} does not start: ${error}`, `${service} 无法启动：${error}`) }
    : { outcome: 'cannot-tell', text: text(`${service} does not run`, `${service} 没有在运行`) };
};
