import { refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { confined } from '../../../settings/confined.ts';
import { otherUser, portOf, servicesOf, staysRoot } from '../subject.ts';

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
    const services = servicesOf(finding, machine);
    const port = portOf(finding);
    if (services.length === 0) return refuse(text('the service is not there any more', '服务已不存在'));
    if (services.some((s) => s.host)) return refuse(text('on the machine itself low ports are root\'s', '在容器外，低端口只有 root 能用'));
    if (machine.docker && !atLeast2010(machine.docker.engine)) return refuse(text(`engine ${machine.docker.engine} keeps low ports for root`, `引擎 ${machine.docker.engine} 只允许 root 使用低端口`));
    for (const { hostNetwork, portStart } of services.map((s) => confined(machine, s))) {
      if (hostNetwork) return refuse(text('with host networking the low port is the host\'s, and root\'s', '使用 host 网络时，低端口属于宿主机，只有 root 能用'));
      if (portStart !== undefined && portStart > port) return refuse(text(`a sysctl keeps ports below ${portStart} for root`, `sysctl 把 ${portStart} 以下的端口留给 root`));
    }
    const stuck = staysRoot(machine, services);
    if (stuck) return stuck;
    const names = services.map((s) => s.name);
    return {
      changes: [],
      rebuild: [],
      replace: names,
      needs: otherUser(machine, services, text('the port stays, so the user has to change', '端口不变，所以必须换用户')),
      proofs: names.flatMap((service) => [{ kind: 'no-root-port', service, port, anybody: true }, { kind: 'not-root', service }] as const),
      title: text(`Keep ${port} inside`, `容器内保留 ${port}`),
      price: text('works here; not with host networking, nor where a platform keeps low ports closed', '在这里可用；用 host 网络，或平台不开放低端口时不行'),
    };
  },
};
