import type { Machine } from '../model/machine.ts';
import { text, type Text } from '../model/text.ts';
import { hostNames } from './broker-clients.ts';
import { brokerServices } from './broker-service.ts';
import { runningOf } from './service-files.ts';

const LOOPBACK = /^(?:127\.|::1$|localhost$)/;

/**
 * Who can open a connection to a broker that runs here, in a sentence: by its networks and by what it publishes. A
 * container's own address answers every user of the machine it runs on, published or not. Undefined where none runs.
 */
export function brokerReach(machine: Machine, host: string): Text | undefined {
  const found = brokerServices(machine).find((b) => hostNames(machine, b.service).includes(host));
  const containers = found ? runningOf(machine, found.service) : [];
  const nets = [...new Set(containers.map((c) => c.networkMode))].filter((mode) => mode !== '' && mode !== 'none' && !/^(?:container|service):/.test(mode));
  if (nets.length === 0) return undefined;
  const open = [...new Set(containers.flatMap((c) => c.ports).filter((p) => !LOOPBACK.test(p.hostIp)).map((p) => p.hostPort))];
  const own = nets.includes('host');
  const inside = own ? text('any user of this machine', '本机的任何用户') : text(`any container on ${nets.join(' or ')} and any user of this machine`, `${nets.join('、')} 网络里的任何容器、本机的任何用户`);
  if (own) return text(`Today that is ${inside.en}, and whoever reaches this machine's port of it.`, `眼下，${inside['zh-CN']}，以及能连到本机上它那个端口的任何人，都能做到。`);
  return open.length === 0
    ? text(`Today that is ${inside.en}. From outside, ${host} cannot be reached.`, `眼下，${inside['zh-CN']}都能做到；外部连不到 ${host}。`)
    : text(`Today that is ${inside.en}, and through port ${open.join(', ')} whoever reaches this machine.`, `眼下，${inside['zh-CN']}都能做到；通过 ${open.join('、')} 端口，能连到本机的人也都能。`);
}
