import type { Machine } from '../../model/machine.ts';
import { list, text } from '../../model/text.ts';
import { mayWrite, whoIs } from '../../settings/may-write.ts';
import type { System } from '../../system/system.ts';
import type { Witnessed } from './witness.ts';

/** On this machine: owner and mode as they lie there now, against every process in scope that is not root. */
export async function notWritableHere(service: string, paths: readonly string[], machine: Machine, system: System): Promise<Witnessed> {
  const others = machine.host.processes.filter((p) => p.uid.effective !== 0);
  if (others.length === 0) return { outcome: 'cannot-tell', text: text(`${service}: no process of another user than root was seen`, `${service}：没有看到 root 以外的用户的进程`) };
  const said: string[] = [];
  for (const path of paths) {
    const stat = await system.files.stat(path);
    if (!stat) return { outcome: 'cannot-tell', text: text(`${path} could not be seen`, `看不到 ${path}`) };
    const who = others.find((p) => mayWrite(whoIs(p), stat));
    if (who) return { outcome: 'left', text: text(`${service}: uid ${who.uid.effective} may still write ${path}`, `${service}：uid ${who.uid.effective} 可写 ${path}`) };
    said.push(`${path} ${(stat.mode & 0o7777).toString(8)} ${stat.uid}:${stat.gid}`);
  }
  const all = list(said);
  return { outcome: 'gone', text: text(`${service}: ${all.en}`, `${service}：${all['zh-CN']}`) };
}
