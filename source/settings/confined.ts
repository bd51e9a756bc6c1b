import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { written } from './compose-services.ts';
import { containersOf } from './service-files.ts';

/** What narrows a service's processes: seen on its containers, or declared where there are none. */
export interface Confined {
  readonly hostNetwork: boolean;
  /** Ports below it are root's, where a sysctl says so. */
  readonly portStart?: number;
  readonly noNewPrivileges: boolean;
  readonly dropsAll: boolean;
  /** Capabilities given back, without `CAP_`. */
  readonly adds: ReadonlySet<string>;
}

const SYSCTL = 'net.ipv4.ip_unprivileged_port_start';

export function confined(machine: Machine, service: Service): Confined {
  const live = containersOf(machine, service);
  const files = live.length === 0 && service.compose ? written(machine.files, service.compose).map((w) => w.service) : [];
  const network = files.map((s) => s.networkMode?.value).find((v) => v !== undefined);
  const sysctl = [...live.map((c) => c.sysctls.get(SYSCTL)), ...files.map((s) => s.sysctls.find((e) => e.name === SYSCTL)?.value)].find((v) => v !== undefined);
  const options = [...live.flatMap((c) => c.securityOpt), ...files.flatMap((s) => s.securityOpt.map((o) => o.value))];
  const capability = (name: string): string => name.toUpperCase().replace(/^CAP_/, '');
  const drops = [...live.flatMap((c) => c.capDrop), ...files.flatMap((s) => s.capDrop.map((c) => c.value))].map(capability);
  const adds = [...live.flatMap((c) => c.capAdd), ...files.flatMap((s) => s.capAdd.map((c) => c.value))].map(capability);
  return {
    hostNetwork: network === 'host' || live.some((c) => c.networkMode === 'host'),
    ...(sysctl === undefined ? {} : { portStart: Number(sysctl) }),
    noNewPrivileges: options.some((o) => /^no-new-privileges(?:[:=]true)?$/.test(o)),
    dropsAll: drops.includes('ALL'),
    adds: new Set(adds),
  };
}
