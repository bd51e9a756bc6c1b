import { text } from '../../model/text.ts';
import { programOf } from '../../settings/roles.ts';
import type { System } from '../../system/system.ts';
import { inspectArgv } from './serializers.ts';
import { containersOf, type Witness, type Witnessed } from './witness.ts';

const TRIES = 8;

async function ofUnit(name: string, unit: string, system: System): Promise<Witnessed> {
  const { code, stdout } = await system.shell.ask(['systemctl', 'show', '-p', 'IPAddressDeny', '--', unit], { timeoutMs: 10_000 }).catch(() => ({ code: 1, stdout: '' }));
  // With cgroups of version 1 systemd takes the setting, says in the log that it can't keep to it, and goes on.
  const kept = await system.files.stat('/sys/fs/cgroup/cgroup.controllers').catch(() => undefined);
  if (!kept) return { outcome: 'cannot-tell', text: text(`${name}: with cgroups of version 1 systemd can't refuse addresses`, `${name}：cgroup 是第 1 版，systemd 无法拒绝地址`) };
  const value = /^IPAddressDeny=(.+)$/m.exec(stdout)?.[1];
  if (code !== 0 || value === undefined) return { outcome: 'cannot-tell', text: text(`${name}: systemd did not say what it refuses`, `${name}：systemd 没有说它拒绝什么`) };
  return { outcome: /any|0\.0\.0\.0\/0/.test(value) ? 'gone' : 'left', text: text(`${name}: systemd refuses ${value}`, `${name}：systemd 拒绝 ${value}`) };
}

/** The worker is on internal networks alone, and it still answers through its broker. */
export const noEgress: Witness<'no-egress'> = async ({ service: name }, machine, system) => {
  const service = machine.services.find((s) => s.name === name);
  if (service?.host) return ofUnit(name, service.host.name, system);
  const [container] = containersOf(machine, name);
  if (!container) return { outcome: 'cannot-tell', text: text(`${name}: no container was seen`, `${name}：没有看到容器`) };
  const raw = await system.docker?.look.container(container.id);
  // The engine's word: an internal network may have a default route all the same, and its packets are dropped (engine 20.10).
  const networks = await Promise.all(Object.values(raw?.NetworkSettings.Networks ?? {}).map((n) => system.docker?.look.network(n.NetworkID)));
  const open = networks.find((n) => n?.Internal !== true);
  if (networks.length === 0 || networks.includes(undefined)) return { outcome: 'cannot-tell', text: text(`${name}: its networks could not be seen`, `${name}：看不到它的网络`) };
  if (open) return { outcome: 'left', text: text(`${name} is on ${open.Name}, which leads out`, `${name} 在 ${open.Name} 上，那里能出去`) };
  const worker = container.processes.find((p) => programOf(p.argv) === 'celery' && p.argv.includes('worker'));
  const argv = worker && raw && inspectArgv(worker.argv, `celery@${raw.Config.Hostname}`);
  for (let i = 0; argv && i < TRIES; i++) {
    const answer = await system.docker?.ask({ kind: 'exec', container: container.id, argv });
    if (answer?.code === 0) return { outcome: 'gone', text: text(`${name} has no way out, and answers through its broker`, `${name} 没有出去的路，经由消息队列仍有应答`) };
    await system.pause(1500);
  }
  return { outcome: 'left', text: text(`${name} has no way out, and does not answer through its broker`, `${name} 没有出去的路，但经由消息队列也没有应答`) };
};
