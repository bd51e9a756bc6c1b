import type { Finding, Subject } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import type { Place } from '../../model/setting.ts';
import { text } from '../../model/text.ts';
import { place, wordsAt } from '../../settings/parsed.ts';
import { programsOf, type Program } from '../../settings/program.ts';
import { rolesIn } from '../../settings/roles.ts';
import { startsAs } from '../../settings/starts-as.ts';
import { unitEntry } from '../../settings/unit.ts';
import { isTool, lowPorts } from '../../settings/unit-service.ts';
import { ID } from './detect.ts';

interface Low {
  readonly port: number;
  readonly confidence: Finding['confidence'];
}

/** Masters that hold a port and give their children another user; what their workers are is judged by other risks. */
const MASTERS = /^(?:nginx|supervisord|apache2|httpd|haproxy)$/;

/** Of what runs, a root process that runs the app and holds the port; of what only lies here, a unit without a user that names one. */
function low(machine: Machine, program: Program): Low | undefined {
  const { live } = program;
  if (live.processes.length > 0) {
    const { root } = rolesIn(live);
    const held = live.listeners.find((l) => l.port < 1024 && root.some((p) => l.pids.includes(p.pid)));
    return held && { port: held.port, confidence: 'seen' };
  }
  const [port] = lowPorts(program);
  const start = startsAs(machine, program);
  return port !== undefined && start?.root ? { port, confidence: start.guess ? 'guess' : 'declared' } : undefined;
}

/** The word that names the port; else the whole command. */
function deciding(program: Program, port: number): Place | undefined {
  const word = program.words.find((w) => w.at && new RegExp(`(?:^|[:=\\]])${port}$`).test(w.value));
  if (word?.at) return word.at;
  const exec = program.unit && unitEntry(program.unit, 'Service', 'ExecStart');
  if (exec) return place(exec.file, exec.entry.valueSpan);
  return program.words.find((w) => w.at)?.at;
}

function finding(machine: Machine, program: Program, { port, confidence }: Low): Finding {
  const at = deciding(program, port);
  const { service, live } = program;
  const holder = live.listeners.find((l) => l.port === port)?.pids[0];
  return {
    id: findingId(ID, at?.file ?? service.name, `${service.name}:${port}`),
    risk: ID,
    severity: 'medium',
    confidence,
    title: text(`${service.name} listens on port ${port} as root`, `${service.name} 以 root 身份监听 ${port} 端口`),
    short: text(`${service.name}: port ${port} as root`, `${service.name} 以 root 身份监听 ${port} 端口`),
    why: text(
      'The low port is why it was started as root. One capability is enough for it; root has all of them.',
      '当初以 root 身份启动，就是为了这个低端口。其实一项 capability 就够了，而 root 拥有全部。',
    ),
    subjects: [{ kind: 'service', name: service.name }, ...(holder === undefined ? [] : [{ kind: 'process', name: program.kind, id: String(holder) } satisfies Subject])],
    places: at ? [at] : [],
    chain: [...(holder === undefined ? [] : [{ kind: 'process' as const, label: `pid ${holder} ${program.kind}` }]), { kind: 'service', label: service.name, ...(at ? { file: at.file, line: at.line } : {}) }],
    seen: holder === undefined ? [] : [text(`${service.name}: ${program.kind}, uid 0, port ${port}.`, `${service.name}：${program.kind}，uid 0，端口 ${port}`)],
    from: at ? [{ place: at, words: wordsAt(machine, at) }] : [],
    detail: { services: [service.name], port, program: program.name },
  };
}

/** Programs of the machine itself: there is no mapping in front of them, the port inside is the port outside. */
export const detectHost = (machine: Machine): readonly Finding[] =>
  programsOf(machine).filter((p) => p.service.host && !MASTERS.test(p.kind) && !isTool(p)).flatMap((p) => {
    const found = low(machine, p);
    return found ? [finding(machine, p, found)] : [];
  });
