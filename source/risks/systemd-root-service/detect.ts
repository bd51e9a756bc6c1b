import type { Finding, Subject } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import type { Place } from '../../model/setting.ts';
import { text } from '../../model/text.ts';
import { place, wordsAt } from '../../settings/parsed.ts';
import { programsOf, type Program } from '../../settings/program.ts';
import { programOf, rolesIn } from '../../settings/roles.ts';
import { startsAs } from '../../settings/starts-as.ts';
import { unitEntry } from '../../settings/unit.ts';
import { isTool, privileged, serviceValue } from '../../settings/unit-service.ts';

export const ID = 'systemd-root-service';

/** Programs with a risk of their own for this, and masters that give their children a user themselves. */
const OTHERS = /^(?:gunicorn3?|uwsgi|celery|nginx|supervisord|apache2|httpd|postgres|mysqld|mariadbd|haproxy|sshd)$/;

function isApp(program: Program): boolean {
  const { kind, unit } = program;
  if (!unit || OTHERS.test(kind) || isTool(program)) return false;
  return serviceValue(unit, 'ExecStart') !== undefined && serviceValue(unit, 'RootDirectory') === undefined;
}

/** Seen: a process of it is uid 0 and runs the app. Declared: nothing of it runs here, and the unit names no user. */
function confidence(machine: Machine, program: Program): Finding['confidence'] | undefined {
  if (program.live.processes.length > 0) return rolesIn(program.live).root.length > 0 ? 'seen' : undefined;
  const user = startsAs(machine, program);
  if (!program.unit || !user) return undefined;
  if (privileged(program.unit)) return 'declared';
  return user.root ? (user.guess ? 'guess' : 'declared') : undefined;
}

/** `User=root` where it is written; else what is started. */
function deciding(program: Program): Place | undefined {
  const { unit } = program;
  if (!unit) return undefined;
  const entry = (privileged(unit) ? undefined : unitEntry(unit, 'Service', 'User')) ?? unitEntry(unit, 'Service', 'ExecStart');
  return entry && place(entry.file, { start: entry.entry.keySpan.start, end: entry.entry.valueSpan.end });
}

function finding(program: Program, sure: Finding['confidence']): readonly Finding[] {
  const { unit, service } = program;
  const at = deciding(program);
  if (!unit || !at) return [];
  const root = rolesIn(program.live).root;
  const n = root.length;
  const user = unitEntry(unit, 'Service', 'User');
  const by = service.host?.running ? text('', '') : text(' will', '');
  return [{
    id: findingId(ID, at.file, unit.name),
    risk: ID,
    severity: 'high',
    confidence: sure,
    title: text(`${unit.name} runs as root`, `${unit.name} 以 root 身份运行`),
    why: text(
      `The unit ${user ? `says User=${user.value}` : 'names no user'}, so systemd${by.en} ${service.host?.running ? 'starts' : 'start'} ${program.kind} as root. A hole in it is then root on this machine, with no container around it.`,
      `unit 里${user ? `写的是 User=${user.value}` : '没有写用户'}，systemd 就以 root 身份启动 ${program.kind}。它一旦有漏洞，攻击者就是本机的 root，外面没有容器挡着。`,
    ),
    subjects: [{ kind: 'service', name: service.name }, ...root.slice(0, 1).map((p): Subject => ({ kind: 'process', name: programOf(p.argv), id: String(p.pid) }))],
    places: [at],
    chain: [
      ...root.slice(0, 1).map((p) => ({ kind: 'process' as const, label: `pid ${p.pid} ${p.argv.join(' ').slice(0, 60)}` })),
      { kind: 'service', label: unit.name, ...(unit.parts[0] ? { file: unit.parts[0].file.path, line: 1 } : {}) },
      { kind: 'config', label: 'decides', file: at.file, line: at.line },
    ],
    seen: n > 0 ? [text(`${unit.name}: ${program.kind}, ${n} ${n === 1 ? 'process' : 'processes'}, uid 0.`, `${unit.name}：${program.kind}，${n} 个进程，uid 0`)] : [],
    from: [{ place: at, words: '', ...(user ? {} : { note: text('no User= in this unit', '这个 unit 里没有 User=') }) }],
    detail: { service: service.name, program: program.name },
  }];
}

/** Units that start an app as root. Whoever gives its children a user itself is judged by its own risk. */
export function detect(machine: Machine): readonly Finding[] {
  return programsOf(machine).filter(isApp).flatMap((program) => {
    const sure = confidence(machine, program);
    return sure ? finding(program, sure).map((f) => ({ ...f, from: f.from.map((e) => ({ ...e, words: wordsAt(machine, e.place) })) })) : [];
  });
}
