import type { Finding } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import { text } from '../../model/text.ts';
import { programsOf, type Program } from '../../settings/program.ts';
import { rolesIn } from '../../settings/roles.ts';

export const ID = 'root-listener';

/** Their workers are asked for by risks of their own, also under a shell. */
const OTHERS = /^(?:gunicorn3?|uwsgi|celery|nginx|supervisord|sshd)$/;

const LOOPBACK = /^(?:127\.|::1$)/;

function finding(program: Program): readonly Finding[] {
  const { service, live, kind } = program;
  const { root } = rolesIn(live);
  // Below 1024 it is privileged-port: the port is why it is root.
  const held = live.listeners.filter((l) => l.port >= 1024 && root.some((p) => l.pids.includes(p.pid)));
  const [first] = held;
  const holder = root.find((p) => first?.pids.includes(p.pid));
  if (!first || !holder) return [];
  const ports = [...new Set(held.map((l) => l.port))].join(', ');
  const everywhere = held.some((l) => !LOOPBACK.test(l.address));
  const from = everywhere ? text('from every address of this machine', '从本机的每个地址') : text('by every program of this machine', '被本机的每个程序');
  return [{
    id: findingId(ID, service.name, ports),
    risk: ID,
    severity: 'medium',
    confidence: 'seen',
    title: text(`${service.name} listens on port ${ports} as root`, `${service.name} 以 root 身份监听 ${ports.replaceAll(', ', '、')} 端口`),
    why: text(
      `It can be reached ${from.en}, and a hole in it is root on this machine. It was started in a terminal, so no file here says who it is to be.`,
      `它可以${from['zh-CN']}访问，一旦有漏洞，攻击者就是本机的 root。它是在终端里启动的，没有文件写明它该是谁。`,
    ),
    subjects: [{ kind: 'service', name: service.name }, { kind: 'process', name: kind, id: String(holder.pid) }],
    places: [],
    chain: [{ kind: 'process', label: `pid ${holder.pid} ${holder.argv.join(' ').slice(0, 60)}` }],
    seen: [text(`${service.name}: uid 0, port ${ports}${holder.cwd ? `, started in ${holder.cwd}` : ''}.`, `${service.name}：uid 0，端口 ${ports}${holder.cwd ? `，在 ${holder.cwd} 中启动` : ''}`)],
    from: [],
    detail: { service: service.name, program: program.name },
  }];
}

/** Programs that nobody's file starts: a unit or a supervisord program is judged where it says its user. */
export const detect = (machine: Machine): readonly Finding[] => programsOf(machine).filter((p) => p.starter === 'shell' && !OTHERS.test(p.kind)).flatMap(finding);
