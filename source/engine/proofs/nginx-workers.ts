import { text } from '../../model/text.ts';
import { nginxes, workersOf } from '../../settings/nginx-main.ts';
import { programIn } from '../../settings/said-seen.ts';
import type { Witness } from './witness.ts';

/** The workers of one nginx as they run: beside it others may be root, and its master stays so. */
export const nginxWorkers: Witness<'nginx-workers'> = async ({ service, program }, machine) => {
  const found = nginxes(machine).filter((n) => n.service?.name === service && (n.program?.name ?? '') === program);
  const workers = found.flatMap(workersOf);
  const name = programIn(service, program);
  if (workers.length === 0) return { outcome: 'cannot-tell', text: text(`${name.en}: no worker of nginx could be seen`, `${name['zh-CN']}：看不到 nginx 的工作进程`) };
  const root = workers.filter((p) => p.uid.effective === 0 || p.uid.real === 0);
  if (root.length > 0) return { outcome: 'left', text: text(`${name.en}: ${root.length} of ${workers.length} nginx ${workers.length === 1 ? 'worker is' : 'workers are'} uid 0`, `${name['zh-CN']}：${workers.length} 个 nginx 工作进程${root.length === workers.length ? '都' : `中有 ${root.length} 个`}是 uid 0`) };
  const uids = [...new Set(workers.map((p) => p.uid.effective))].join(', ');
  return { outcome: 'gone', text: text(`${name.en}: ${workers.length} nginx ${workers.length === 1 ? 'worker' : 'workers'}, uid ${uids}`, `${name['zh-CN']}：${workers.length} 个 nginx 工作进程，uid ${uids.replaceAll(', ', '、')}`) };
};
