import { basename } from 'node:path';
import type { Finding } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import type { Process } from '../../model/process.ts';
import { text } from '../../model/text.ts';
import { chainOf } from '../../settings/chain.ts';
import { nginxes, workersOf, type Nginx } from '../../settings/nginx-main.ts';
import { wordsAt } from '../../settings/parsed.ts';
import { subjectsOf } from '../../settings/subjects.ts';

export const ID = 'nginx-root-workers';

const ROOT = /^(?:root|0)$/;

export const rootWorkers = (nginx: Nginx): readonly Process[] => workersOf(nginx).filter((p) => p.uid.effective === 0);

/** What runs decides; where nothing does, the `user` that a master which is root would obey. */
export function confidence(nginx: Nginx): Finding['confidence'] | undefined {
  if (workersOf(nginx).length > 0) return rootWorkers(nginx).length > 0 ? 'seen' : undefined;
  return nginx.user && ROOT.test(nginx.user.name) && nginx.startsAsRoot !== false ? 'declared' : undefined;
}

function finding(machine: Machine, nginx: Nginx, sure: Finding['confidence']): Finding {
  const { service, user, main } = nginx;
  const name = service?.name ?? basename(main?.file.path ?? 'nginx.conf');
  const at = user?.at;
  const n = rootWorkers(nginx).length;
  const owner = at?.file ?? service?.name ?? name;
  return {
    id: findingId(ID, owner, name),
    risk: ID,
    aspect: nginx.program?.name ?? '',
    severity: 'high',
    confidence: sure,
    title: text(`nginx workers of ${name} are root`, `${name} 的 nginx 工作进程是 root`),
    why: text(
      'The master needs root for its ports and certificates; the workers need it for nothing. They read what strangers send, and a hole in one of them, or in a module, is root here.',
      '主进程为了端口和证书需要 root，工作进程什么都不需要。它们读的是陌生人发来的内容，其中任何一个或某个模块有漏洞，攻击者在这里就是 root。',
    ),
    subjects: service
      ? subjectsOf(machine, service)
      : [{ kind: 'file', name: main?.file.path ?? name }],
    places: at ? [at] : [],
    chain: service ? chainOf(machine, service, at) : at ? [{ kind: 'config', label: 'decides', file: at.file, line: at.line }] : [],
    seen: n > 0 ? [text(`${name}: ${n} ${n === 1 ? 'worker' : 'workers'}, uid 0.`, `${name}：${n} 个工作进程，uid 0`)] : [],
    from: at ? [{ place: at, words: wordsAt(machine, at) }] : [],
    detail: { service: service?.name ?? '', program: nginx.program?.name ?? '', file: main?.file.path ?? '' },
  };
}

export const nginxOfFinding = (machine: Machine, { detail }: Finding): Nginx | undefined =>
  nginxes(machine).find((n) => (n.service?.name ?? '') === detail['service'] && (n.program?.name ?? '') === detail['program'] && (n.service !== undefined || n.main?.file.path === detail['file']));

/** One finding for each nginx whose workers are root. */
export function detect(machine: Machine): readonly Finding[] {
  return nginxes(machine).flatMap((nginx) => {
    const sure = confidence(nginx);
    return sure ? [finding(machine, nginx, sure)] : [];
  });
}
