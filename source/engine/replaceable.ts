import type { Container } from '../model/container.ts';
import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { text, type Text } from '../model/text.ts';

const major = (version: string | undefined): string | undefined => version?.split('.')[0];

/** Another one that is tied to this very container, and would be cut off by a new one in its place. Compose joins its own again. */
function tiedTo(machine: Machine, { id, name }: Container, service: Service): Text | undefined {
  for (const other of [...machine.containers.filter((c) => c.running && c.id !== id), ...machine.elsewhere]) {
    const joins = other.networkMode === `container:${id}`;
    const own = 'id' in other ? machine.services.find((s) => s.containers.includes(other.id)) : undefined;
    if (joins && own?.compose && own.compose.project === service.compose?.project) continue;
    if (joins) return text(`${other.name} lives in the network of ${name}, and would be cut off by a new container`, `${other.name} 共用 ${name} 的网络，换了容器就会断开`);
    if (other.links?.includes(name)) return text(`${other.name} is tied to ${name} by --link, and would be cut off by a new container`, `${other.name} 通过 --link 连到 ${name}，换了容器就会断开`);
  }
  return undefined;
}

/** Services of compose that live in the network of one of these: they are started again with it, else they stay in a network that is gone (measured). */
export function sharing(machine: Machine, services: readonly Service[]): readonly Service[] {
  const all = [...services];
  for (const service of all) {
    const networks = service.containers.map((id) => `container:${id}`);
    const joined = machine.containers.filter((c) => networks.includes(c.networkMode));
    all.push(...machine.services.filter((s) => s.compose && !all.includes(s) && joined.some((c) => s.containers.includes(c.id))));
  }
  return all.slice(services.length);
}

/**
 * Why a service's containers must not be replaced by us, if so: `--rm` would destroy the way back, and a project of
 * compose v1 managed by v2 (or the other way round) gets new names and networks (DECISIONS.md, "Build and replace").
 */
export function notReplaceable(machine: Machine, service: Service): Text | undefined {
  const { docker } = machine;
  for (const c of machine.containers.filter((x) => service.containers.includes(x.id))) {
    if (c.autoRemove) return text(`${c.name} was started with --rm: it would be gone when it is stopped`, `${c.name} 是用 --rm 启动的：一停止就会消失`);
    const tied = tiedTo(machine, c, service);
    if (tied) return tied;
    const made = c.labels.get('com.docker.compose.version');
    if (!service.compose) continue;
    if (!docker?.compose) return text(`${c.name} belongs to compose, and there is no docker compose here`, `${c.name} 属于 compose，而这里没有 docker compose`);
    if (made && major(made) !== major(docker.compose)) return text(`${c.name} was made by compose ${made}, here is ${docker.compose}`, `${c.name} 由 compose ${made} 创建，这里是 ${docker.compose}`);
  }
  return undefined;
}
