import type { Evidence, Finding, Subject } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import type { Place } from '../../model/setting.ts';
import { same, text, type Text } from '../../model/text.ts';
import { chainOf } from '../../settings/chain.ts';
import { celeryPrograms, rootCelery, type Sure } from '../../settings/celery-programs.ts';
import { forceRootPlaces } from '../../settings/force-root.ts';
import { wordsAt } from '../../settings/parsed.ts';
import type { Program } from '../../settings/program.ts';
import { variableOf } from '../../settings/program-files.ts';
import { programOf } from '../../settings/roles.ts';
import { programIn } from '../../settings/said-seen.ts';
import { startsAs } from '../../settings/starts-as.ts';
import { containerSubjects } from '../../settings/subjects.ts';

export const ID = 'celery-root-worker';

/** `user=root` where it is written; else the command. */
const deciding = (machine: Machine, program: Program): Place | undefined => {
  const said = startsAs(machine, program)?.from?.at;
  const first = program.words.find((w) => w.at)?.at;
  const last = program.words.at(-1)?.at;
  const command = first && last && first.file === last.file ? { ...first, end: last.end, endLine: last.endLine, endColumn: last.endColumn } : first;
  // Root of the image as a whole is not this program's line.
  return said && said.file === (program.file?.path ?? said.file) ? said : command;
};

/** Where Celery's own guard was switched off. */
function forced(machine: Machine, program: Program): readonly Place[] {
  const own = variableOf(machine, program, 'C_FORCE_ROOT')?.at;
  return [...new Map([...(own ? [own] : []), ...(program.service.host ? [] : forceRootPlaces(machine, program.service))].map((at) => [`${at.file}:${at.line}`, at])).values()];
}

function finding(machine: Machine, program: Program, sure: Sure): Finding {
  const { service, live, name } = program;
  const at = deciding(machine, program);
  const root = live.processes.filter((p) => programOf(p.argv) === 'celery' && p.uid.effective === 0);
  const n = root.length;
  const label = service.host ? same(name) : programIn(service.name, name);
  const note: Text = startsAs(machine, program)?.value ? text('starts it as root', '以 root 身份启动它') : text('no user is named here', '这里没有写用户');
  const from: Evidence[] = [
    ...(at ? [{ place: at, words: wordsAt(machine, at), note }] : []),
    ...forced(machine, program).map((place) => ({ place, words: wordsAt(machine, place), note: text('without it Celery refuses to be root where pickle is accepted', '没有它，接受 pickle 时 Celery 不肯以 root 身份启动') })),
  ];
  return {
    id: findingId(ID, at?.file ?? service.name, name),
    risk: ID,
    severity: 'high',
    confidence: sure,
    title: text(`${name} runs Celery as root`, `${name} 以 root 身份运行 Celery`),
    why: text(
      `Whoever may put a message into the queue chooses which of its tasks runs, and with what. A hole in one of them is then root ${service.host ? 'on this machine' : `in ${service.name}`}.`,
      `谁能往队列里放消息，谁就能决定运行哪个任务、带什么参数。其中一个任务有漏洞，攻击者就是${service.host ? '本机' : ` ${service.name} `}的 root。`,
    ),
    subjects: [
      { kind: 'service', name: service.name },
      ...root.slice(0, 1).map((p): Subject => ({ kind: 'process', name: 'celery', id: String(p.pid) })),
      ...containerSubjects(machine, service),
    ],
    places: at ? [at] : [],
    chain: [
      ...root.slice(0, 1).map((p) => ({ kind: 'process' as const, label: `pid ${p.pid} ${p.argv.join(' ').slice(0, 60)}` })),
      ...(service.host ? [{ kind: 'service' as const, label: service.name, ...(at ? { file: at.file, line: at.line } : {}) }] : chainOf(machine, service, at).filter((l) => l.kind !== 'process')),
    ],
    seen: n > 0 ? [text(`${label.en}: celery, ${n} ${n === 1 ? 'process' : 'processes'}, uid 0.`, `${label['zh-CN']}：celery，${n} 个进程，uid 0`)] : [],
    from,
    detail: { service: service.name, program: name },
  };
}

/** Workers of supervisord, of units and of terminals. A container whose command is the worker is told by root-container. */
export const detect = (machine: Machine): readonly Finding[] => celeryPrograms(machine).flatMap((p) => {
  const sure = rootCelery(machine, p);
  return sure ? [finding(machine, p, sure)] : [];
});
