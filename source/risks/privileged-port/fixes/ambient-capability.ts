import type { Machine } from '../../../model/machine.ts';
import { beside, isRefusal, refuse, type Fix, type Proposal, type Refusal } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { programNamed, type Program } from '../../../settings/program.ts';
import { setUnitLines } from '../../../settings/unit-edit.ts';
import { serviceValue } from '../../../settings/unit-service.ts';
import type { Unit } from '../../../settings/unit.ts';
import { portOf, servicesOf } from '../subject.ts';
import type { Finding } from '../../../model/finding.ts';

const NET_BIND = 'CAP_NET_BIND_SERVICE';

/** Which risk gives a unit's program another user, and by which of its ways: a master that stays root has the port already. */
const USERS: Readonly<Record<string, { readonly risk: string; readonly fix?: string }>> = {
  gunicorn: { risk: 'gunicorn-root-workers', fix: 'systemd-user' }, gunicorn3: { risk: 'gunicorn-root-workers', fix: 'systemd-user' }, uwsgi: { risk: 'uwsgi-root' }, celery: { risk: 'celery-root-worker' },
};
export const otherUser = (program: Program): NonNullable<Proposal['needs']>[number] => ({
  ...(USERS[program.kind] ?? { risk: 'systemd-root-service', fix: 'user' }),
  service: program.service.name,
  because: text('the port stays, so the user has to change', '端口不变，所以必须换用户'),
});

export interface OwnUnit {
  readonly program: Program;
  readonly unit: Unit;
}

/** The unit behind a finding; capabilities and sockets are systemd's to give. */
export function unitOf(finding: Finding, machine: Machine): OwnUnit | Refusal {
  const [service] = servicesOf(finding, machine);
  if (!service?.host) return beside(text('no systemd unit starts it', '它不是由 systemd unit 启动的'));
  const program = programNamed(machine, service.name, String(finding.detail['program']));
  if (!program?.unit) return refuse(text('no systemd unit starts it: supervisord and a shell can give no single capability', '它不是由 systemd unit 启动的：supervisord 和 shell 不能单独给一项 capability'));
  return { program, unit: program.unit };
}

/** One capability, kept over the change of user: the kernel gives it to the program without a mark on any file. */
export const ambientCapability: Fix = {
  id: 'ambient-capability',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const own = unitOf(finding, machine);
    if (isRefusal(own)) return own;
    const { program, unit } = own;
    const bounded = serviceValue(unit, 'CapabilityBoundingSet');
    if (bounded !== undefined && !bounded.startsWith('~') && !bounded.includes(NET_BIND)) return refuse(text(`CapabilityBoundingSet= leaves ${NET_BIND} out`, `CapabilityBoundingSet= 里没有 ${NET_BIND}`));
    const there = serviceValue(unit, 'AmbientCapabilities');
    const lines = there?.includes(NET_BIND) ? [] : [{ section: 'Service' as const, key: 'AmbientCapabilities', value: [there, NET_BIND].filter(Boolean).join(' ') }];
    const changes = setUnitLines(unit, lines, '10-user.conf');
    if (isRefusal(changes)) return changes;
    const { name } = program.service;
    return {
      changes,
      rebuild: [],
      replace: [name],
      needs: [otherUser(program)],
      proofs: [{ kind: 'no-root-port', service: name, port: portOf(finding) }, { kind: 'not-root', service: name }],
      along: [{ label: text(`port ${portOf(finding)}`, `端口 ${portOf(finding)}`), text: text(`stays; ${NET_BIND} is all the program has`, `不变；程序只有 ${NET_BIND} 这一项`) }],
    };
  },
};
