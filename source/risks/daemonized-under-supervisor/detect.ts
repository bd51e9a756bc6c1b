import type { Finding } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import { text } from '../../model/text.ts';
import { chainOf } from '../../settings/chain.ts';
import { daemonized, type Daemonized } from '../../settings/daemonized.ts';
import { wordsAt } from '../../settings/parsed.ts';
import { subjectsOf } from '../../settings/subjects.ts';

export const ID = 'daemonized-under-supervisor';

function finding(machine: Machine, { program, at }: Daemonized): Finding {
  const { service, name, kind, starter } = program;
  return {
    id: findingId(ID, at.file, `${service.name}/${name}`),
    risk: ID,
    severity: 'medium',
    confidence: 'declared',
    title: text(`${name} goes into the background, away from ${starter}`, `${name} 转入后台，脱离了 ${starter}`),
    short: text(`${name} goes into the background`, `${name} 转入后台`),
    why: text(
      `${starter} watches the process that it started, and ${kind} ends that one and goes on in another. It is taken for dead, started again beside itself, and the one that serves is neither stopped nor restarted by anybody.`,
      `${starter} 盯着的是自己启动的进程，而 ${kind} 让那个进程结束，换一个继续。它被当成死了，于是旁边又启动一个；真正在服务的那个，谁也停不掉、谁也不会重启它。`,
    ),
    subjects: subjectsOf(machine, service),
    places: [at],
    chain: chainOf(machine, service, at),
    seen: [],
    from: [{ place: at, words: wordsAt(machine, at) }],
    detail: { service: service.name, program: name },
    aspect: name,
  };
}

export const detect = (machine: Machine): readonly Finding[] => daemonized(machine).map((d) => finding(machine, d));
