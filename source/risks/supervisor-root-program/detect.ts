import type { ChainLink, Finding, Subject } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import type { Place } from '../../model/setting.ts';
import { same, text } from '../../model/text.ts';
import { chainOf } from '../../settings/chain.ts';
import { wordsAt } from '../../settings/parsed.ts';
import type { Program } from '../../settings/program.ts';
import { rolesIn } from '../../settings/roles.ts';
import { programIn } from '../../settings/said-seen.ts';
import { plainPrograms, supervisedRoot, userPlace } from '../../settings/supervised-root.ts';
import { containerSubjects } from '../../settings/subjects.ts';

export const ID = 'supervisor-root-program';

function chainFor(machine: Machine, program: Program, at: Place): readonly ChainLink[] {
  const [first] = program.live.processes;
  const rest = chainOf(machine, program.service, at).filter((l) => l.kind !== 'process');
  return [...(first ? [{ kind: 'process' as const, label: `pid ${first.pid} ${first.argv.join(' ').slice(0, 60)}` }] : []), ...rest];
}

function finding(machine: Machine, program: Program, sure: Finding['confidence']): readonly Finding[] {
  const { name, service, kind, supervisor } = program;
  const { at, user } = userPlace(program) ?? {};
  if (!at || !supervisor) return [];
  const n = rolesIn(program.live).root.length;
  const label = service.host ? same(name) : programIn(service.name, name);
  const where = service.host ? text('on this machine', '本机') : text(`in ${service.name}`, ` ${service.name} `);
  return [{
    id: findingId(ID, at.file, `${service.name}/${supervisor.section}`),
    risk: ID,
    severity: 'high',
    confidence: sure,
    title: text(`supervisord runs ${name} as root`, `supervisord 以 root 身份运行 ${name}`),
    why: text(
      `${user ? `The program says user=${user}` : 'The program names no user'}, and supervisord is root, so ${kind} is too. A hole in it is then root ${where.en}, and rules the programs that run beside it.`,
      `${user ? `program 里写的是 user=${user}` : 'program 没有写用户'}，supervisord 是 root，${kind} 也就是 root。它一旦有漏洞，攻击者就是${where['zh-CN']}的 root，旁边运行的其他程序也都归他管。`,
    ),
    subjects: [
      { kind: 'service', name: service.name },
      ...rolesIn(program.live).root.slice(0, 1).map((p): Subject => ({ kind: 'process', name, id: String(p.pid) })),
      ...containerSubjects(machine, service),
    ],
    places: [at],
    chain: chainFor(machine, program, at),
    seen: n > 0 ? [text(`${label.en}: ${kind}, ${n} ${n === 1 ? 'process' : 'processes'}, uid 0.`, `${label['zh-CN']}：${kind}，${n} 个进程，uid 0`)] : [],
    from: [{ place: at, words: wordsAt(machine, at), ...(user ? {} : { note: text(`no user= in [${supervisor.section}]`, `[${supervisor.section}] 里没有 user=`) }) }],
    detail: { service: service.name, program: name },
    aspect: supervisor.section,
  }];
}

/** Programs without a user under a supervisord that is root; one that has a risk of its own is told there. */
export const detect = (machine: Machine): readonly Finding[] => plainPrograms(machine).flatMap((program) => {
  const sure = supervisedRoot(machine, program);
  return sure ? finding(machine, program, sure) : [];
});
