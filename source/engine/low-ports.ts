import { Stop } from '../model/errors.ts';
import type { Machine } from '../model/machine.ts';
import type { Plan } from '../model/plan.ts';
import { text } from '../model/text.ts';
import type { System } from '../system/system.ts';
import { containersNow } from './running.ts';

const ASK = ['cat', '/proc/sys/net/ipv4/ip_unprivileged_port_start'];

/**
 * Who keeps a low port without being root needs low ports to be everybody's in the container's network namespace. The
 * engine's version says so, and only the namespace itself knows: from outside, /proc/PID/root/proc/sys shows the
 * reader's own (measured). Asked before anything is begun; an image without `cat` is left to the proof.
 */
export async function mustOpenLowPorts(plan: Plan, machine: Machine, { docker }: System): Promise<void> {
  for (const proof of plan.owed.flatMap((o) => o.proofs)) {
    if (proof.kind !== 'no-root-port' || !proof.anybody || proof.port === undefined) continue;
    const { service, port } = proof;
    const [container] = containersNow(machine, service);
    const answer = container && (await docker?.ask({ kind: 'exec', container: container.id, argv: ASK }));
    const first = answer?.code === 0 && /^\d+$/.test(answer.stdout.trim()) ? Number(answer.stdout) : undefined;
    if (first === undefined || first <= port) continue;
    throw new Stop(
      text(`In ${service} ports below ${first} are root's (ip_unprivileged_port_start), so it can't keep ${port} as another user. Nothing was begun.`, `在 ${service} 里，${first} 以下的端口只有 root 能用（ip_unprivileged_port_start），换了用户就无法保留 ${port}。什么都没有开始。`),
      [text('Take a high port instead: harden-tui fix --fix privileged-port=high-port', '请改用高端口：harden-tui fix --fix privileged-port=high-port')],
    );
  }
}
