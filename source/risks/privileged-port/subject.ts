import type { Finding } from '../../model/finding.ts';
import type { Machine } from '../../model/machine.ts';
import { refuse, type Proposal, type Refusal } from '../../model/risk.ts';
import type { Service } from '../../model/service.ts';
import { text } from '../../model/text.ts';
import { supervised } from '../../settings/roles.ts';
import { runningOf } from '../../settings/service-files.ts';
import { needsRootToStart, startsSupervisord } from '../../settings/steps-down.ts';
import { startsUwsgi } from '../../settings/uwsgi-user.ts';

/** Every service whose port one line decides. */
export const servicesOf = (finding: Finding, machine: Machine): readonly Service[] => {
  const names = finding.detail['services'] as readonly string[];
  return machine.services.filter((s) => names.includes(s.name));
};
export const portOf = (finding: Finding): number => Number(finding.detail['port']);

/** The port of this machine that it is seen published on. */
export const outsideOf = (finding: Finding, machine: Machine): number | undefined =>
  servicesOf(finding, machine).flatMap((s) => runningOf(machine, s)).flatMap((c) => c.ports).find((p) => p.inside === portOf(finding) && p.protocol === 'tcp')?.hostPort;

/** A low port that stays is worth nothing without another user: the way out of that comes along. */
export const otherUser = (machine: Machine, services: readonly Service[], because: ReturnType<typeof text>): NonNullable<Proposal['needs']> =>
  services.map((s) => ({ risk: startsUwsgi(machine, s) ? 'uwsgi-root' : 'root-container', service: s.name, because }));

/** Where another user can't be given as a whole, a port that stays low is no way out. */
export function staysRoot(machine: Machine, services: readonly Service[]): Refusal | undefined {
  for (const s of services) {
    if (startsSupervisord(machine, s) || runningOf(machine, s).some(supervised)) return refuse(text(`supervisord runs ${s.name}: its programs get their users one by one`, `${s.name} 由 supervisord 管理：应逐个程序设置用户`));
    const script = needsRootToStart(machine, s);
    if (script) return refuse(text(`${script} changes to another user itself, which only root may`, `${script} 会自己切换用户，这只有 root 能做`));
  }
  return undefined;
}
