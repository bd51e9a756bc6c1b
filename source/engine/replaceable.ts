import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { text, type Text } from '../model/text.ts';

const major = (version: string | undefined): string | undefined => version?.split('.')[0];

/**
 * Why a service's containers must not be replaced by us, if so: `--rm` would destroy the way back, and a project of
 * compose v1 managed by v2 (or the other way round) gets new names and networks (DECISIONS.md, "Build and replace").
 */
export function notReplaceable(machine: Machine, service: Service): Text | undefined {
  const { docker } = machine;
  for (const c of machine.containers.filter((x) => service.containers.includes(x.id))) {
    if (c.autoRemove) return text(`${c.name} was started with --rm: it would be gone when it is stopped`, `${c.name} 是用 --rm 启动的：一停止就会消失`);
    const made = c.labels.get('com.docker.compose.version');
    if (!service.compose) continue;
    if (!docker?.compose) return text(`${c.name} belongs to compose, and there is no docker compose here`, `${c.name} 属于 compose，而这里没有 docker compose`);
    if (made && major(made) !== major(docker.compose)) return text(`${c.name} was made by compose ${made}, here is ${docker.compose}`, `${c.name} 由 compose ${made} 创建，这里是 ${docker.compose}`);
  }
  return undefined;
}
