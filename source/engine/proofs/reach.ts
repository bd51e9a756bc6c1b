import type { Machine } from '../../model/machine.ts';
import type { Live } from '../../model/process.ts';
import type { Proof } from '../../model/proof.ts';
import { list, text } from '../../model/text.ts';
import { isLoopback } from '../../settings/reach.ts';
import type { System } from '../../system/system.ts';
import { containersOf, liveIn, type Witness, type Witnessed } from './witness.ts';

const TIMEOUT_MS = 2_000;

/** The first address of this machine on which one of the ports still answers. */
async function openOn(system: System, ports: readonly number[]): Promise<string | undefined> {
  const tried = await Promise.all(system.net.addresses().flatMap((host) => ports.map(async (port) => ((await system.net.connects(host, port, TIMEOUT_MS)) ? `${host.includes(':') ? `[${host}]` : host}:${port}` : undefined))));
  return tried.find((t) => t !== undefined);
}

/** A daemon that is elsewhere publishes elsewhere: what answers or does not answer here says nothing about it. */
const isHere = (machine: Machine): boolean => machine.docker !== undefined && !machine.docker.remote && !machine.docker.desktop;

/** A program of the machine itself publishes by listening: the kernel's list, and connections made for real. */
async function onMachine({ service, port, published, outside }: Extract<Proof, { kind: 'reach' }>, live: readonly Live[], system: System): Promise<Witnessed> {
  if (live.flatMap((l) => l.processes).length === 0) return { outcome: 'cannot-tell', text: text(`${service}: no process could be seen`, `${service}：看不到任何进程`) };
  const here = live.flatMap((l) => l.listeners).filter((l) => l.port === port);
  const beyond = here.find((l) => published === 'no' || !isLoopback(l.address));
  if (beyond) return { outcome: 'left', text: text(`${service} still listens on ${beyond.address}:${port}`, `${service} 在监听 ${beyond.address}:${port}`) };
  const answers = await openOn(system, [...new Set([...outside, port])]);
  if (answers) return { outcome: 'left', text: text(`${answers} still answers`, `${answers} 有应答`) };
  if (published === 'no') return { outcome: 'gone', text: text(`${service}: nobody listens on ${port}`, `${service}：没有人监听 ${port}`) };
  const open = here.length > 0 && (await system.net.connects('127.0.0.1', port, TIMEOUT_MS));
  return open ? { outcome: 'gone', text: text(`${service}: only ${here[0]?.address}:${port}`, `${service}：只在 ${here[0]?.address}:${port}`) } : { outcome: 'left', text: text(`${service}: 127.0.0.1:${port} does not answer`, `${service}：127.0.0.1:${port} 没有应答`) };
}

/**
 * The mapping as the engine has it now, and connections made for real: refused on this machine's other addresses, and
 * still taken on loopback where it stays.
 */
export const reach: Witness<'reach'> = async (proof, machine, system) => {
  const { service, port, published, outside } = proof;
  if (machine.services.some((s) => s.name === service && s.host)) return onMachine(proof, liveIn(machine, service), system);
  const containers = containersOf(machine, service);
  if (containers.length === 0) return { outcome: 'cannot-tell', text: text(`${service}: no container was seen`, `${service}：没有看到容器`) };
  const now = containers.flatMap((c) => c.ports).filter((p) => p.inside === port);
  const beyond = now.find((p) => published === 'no' || !p.hostIp.startsWith('127.'));
  if (beyond) return { outcome: 'left', text: text(`${service}: ${port} is still published on ${beyond.hostIp}:${beyond.hostPort}`, `${service}：${port} 发布在 ${beyond.hostIp}:${beyond.hostPort}`) };
  const ports = [...new Set([...outside, ...now.map((p) => p.hostPort)])];
  const here = isHere(machine);
  const answers = here ? await openOn(system, ports) : undefined;
  if (answers) return { outcome: 'left', text: text(`${answers} still answers`, `${answers} 有应答`) };
  const tried = here && system.net.addresses().length > 0 ? text(', refused on every other address of this machine', '，在本机其他地址上都被拒绝') : text('', '');
  if (published === 'no') {
    const listens = containers.some((c) => c.listeners.some((l) => l.port === port)) ? text(', still listens inside', '，内部仍在监听') : text('', '');
    return { outcome: 'gone', text: text(`${service}: ${port} is not published${tried.en}${listens.en}`, `${service}：${port} 不再发布${tried['zh-CN']}${listens['zh-CN']}`) };
  }
  const loopback = list([...new Set(now.map((p) => `127.0.0.1:${p.hostPort}`))]);
  if (now.length === 0) return { outcome: 'left', text: text(`${service}: ${port} is not published any more`, `${service}：${port} 已不再发布`) };
  const open = !here || (await Promise.all(now.filter((p) => p.protocol === 'tcp').map((p) => system.net.connects('127.0.0.1', p.hostPort, TIMEOUT_MS)))).every(Boolean);
  if (!open) return { outcome: 'left', text: text(`${service}: ${loopback.en} does not answer`, `${service}：${loopback['zh-CN']} 没有应答`) };
  return { outcome: 'gone', text: text(`${service}: only ${loopback.en}${tried.en}`, `${service}：只在 ${loopback['zh-CN']}${tried['zh-CN']}`) };
};
