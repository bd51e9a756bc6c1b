import { text } from '../../model/text.ts';
import { programOf, rolesIn } from '../../settings/roles.ts';
import { liveIn, type Witness } from './witness.ts';

/** No application process that is uid 0 listens below 1024 in its own network namespace. */
export const noRootPort: Witness<'no-root-port'> = async (proof, machine) => {
  const containers = liveIn(machine, proof.service);
  const name = proof.service;
  if (containers.flatMap((c) => c.processes).length === 0) return { outcome: 'cannot-tell', text: text(`${name}: no process could be seen`, `${name}：看不到任何进程`) };
  const listeners = containers.flatMap((c) => c.listeners);
  const ports = [...new Set(listeners.map((l) => l.port))];
  const inside = ports.length > 0 ? text(`, ${ports.join(', ')} inside`, `，内部端口 ${ports.join('、')}`) : text('', '');
  const rootPids = containers.flatMap((c) => rolesIn(c).root.map((p) => p.pid));
  // A master may stay root by its nature (nginx): then it is not nobody.
  const masters = [...new Set(containers.flatMap((c) => c.processes.filter((p) => p.uid.effective === 0).map((p) => programOf(p.argv))))];
  if (rootPids.length === 0 && masters.length > 0) return { outcome: 'gone', text: text(`${name}: no worker is root, the master of ${masters.join(', ')} is${inside.en}`, `${name}：工作进程都不是 root，${masters.join('、')} 的主进程仍是${inside['zh-CN']}`) };
  if (rootPids.length === 0) return { outcome: 'gone', text: text(`${name}: nobody is root${inside.en}`, `${name}：没有 root 进程${inside['zh-CN']}`) };
  if (listeners.length === 0) return { outcome: 'cannot-tell', text: text(`${name}: its listening ports could not be seen`, `${name}：看不到它监听的端口`) };
  // Where the holders could not be told (Docker alone), the creator's uid stands for them.
  const low = listeners.filter((l) => l.port < 1024 && (l.pids.length > 0 ? l.pids.some((p) => rootPids.includes(p)) : l.uid === 0));
  if (low.length > 0) return { outcome: 'left', text: text(`${name}: root still listens on ${low[0]?.port}`, `${name}：root 在监听 ${low[0]?.port}`) };
  const held = listeners.filter((l) => l.port < 1024 && l.uid === 0).map((l) => l.port);
  const claim = held.length > 0 ? text('nothing of the app listens below 1024 as root', '应用没有以 root 身份监听 1024 以下的端口') : text('root listens on nothing below 1024', 'root 没有监听 1024 以下的端口');
  return { outcome: 'gone', text: text(`${name}: ${claim.en}${inside.en}`, `${name}：${claim['zh-CN']}${inside['zh-CN']}`) };
};
