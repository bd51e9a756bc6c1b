import { refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { containersOf } from '../../../settings/service-files.ts';
import { portOf, serviceOf } from '../subject.ts';

/** From 20.10 on the engine opens low ports to everyone inside a container's own network namespace (measured). */
const atLeast2010 = (engine: string): boolean => {
  const [major = 0, minor = 0] = engine.split('.').map(Number);
  return major > 20 || (major === 20 && minor >= 10);
};

export const keepPort: Fix = {
  id: 'keep-port',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const service = serviceOf(finding, machine);
    const port = portOf(finding);
    if (!service) return refuse(text('the service is not there any more', '服务已不存在'));
    if (machine.docker && !atLeast2010(machine.docker.engine)) return refuse(text(`engine ${machine.docker.engine} keeps low ports for root`, `引擎 ${machine.docker.engine} 只允许 root 使用低端口`));
    for (const c of containersOf(machine, service)) {
      if (c.networkMode === 'host') return refuse(text('with host networking the low port is the host\'s, and root\'s', '使用 host 网络时，低端口属于主机，只有 root 能用'));
      const start = c.sysctls.get('net.ipv4.ip_unprivileged_port_start');
      if (start !== undefined && Number(start) > port) return refuse(text(`a sysctl keeps ports below ${start} for root`, `sysctl 把 ${start} 以下的端口留给 root`));
    }
    return {
      changes: [],
      rebuild: [],
      replace: [service.name],
      needs: [{ risk: 'root-container', service: service.name, because: text('the port stays, so the user has to change', '端口不变，所以必须换用户') }],
      proofs: [{ kind: 'no-root-port', service: service.name, port }, { kind: 'not-root', service: service.name }],
      along: [{ label: `port ${port}`, text: text('works here; not where a platform keeps low ports closed', '在这里可用；平台限制低端口时不可用') }],
    };
  },
};
