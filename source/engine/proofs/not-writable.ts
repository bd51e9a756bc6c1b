import { list, text } from '../../model/text.ts';
import { notWritableHere } from './not-writable-here.ts';
import { containersOf, type Witness } from './witness.ts';

/** `test -w`, asked inside the container as the user of each process that runs there. */
export const notWritable: Witness<'not-writable'> = async ({ service, paths }, machine, system) => {
  if (machine.services.some((s) => s.name === service && s.host)) return notWritableHere(service, paths, machine, system);
  const [container] = containersOf(machine, service);
  const users = [...new Set((container?.processes ?? []).filter((p) => p.uid.effective !== 0).map((p) => `${p.uid.effective}:${p.gid.effective}`))];
  const unknown = { outcome: 'cannot-tell' as const, text: text(`${service}: it could not be asked who may write`, `${service}：无法询问谁可以写入`) };
  if (!container || !system.docker || users.length === 0) return unknown;
  for (const user of users) {
    for (const path of paths) {
      const { code } = await system.docker.ask({ kind: 'exec', container: container.id, user, argv: ['test', '-w', path] });
      if (code === 0) return { outcome: 'left', text: text(`${service}: ${user} may still write ${path}`, `${service}：${user} 可写 ${path}`) };
      if (code !== 1) return unknown;
    }
  }
  const all = list(paths);
  return { outcome: 'gone', text: text(`${service}: ${list(users).en} may not write ${all.en}`, `${service}：${list(users)['zh-CN']} 不能写 ${all['zh-CN']}`) };
};
