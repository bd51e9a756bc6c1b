import { text } from '../../model/text.ts';
import { containersOf, type Witness } from './witness.ts';

/** A disposable container of the image alone, with nothing mounted, is asked for the file; the service has it all the same. */
export const notInImage: Witness<'not-in-image'> = async (proof, machine, system) => {
  const { service, path } = proof;
  const [container] = containersOf(machine, service);
  const answer = container && (await system.docker?.ask({ kind: 'helper', image: container.imageId, user: '65534:65534', argv: ['ls', '-d', path] }).catch(() => undefined));
  if (!container || !answer || answer.code === 126 || answer.code === 127) return { outcome: 'cannot-tell', text: text(`${service}: its image could not be looked into`, `${service}：无法查看它的镜像`) };
  if (answer.code === 0) return { outcome: 'left', text: text(`${service}: ${path} is still in the image`, `${service}：${path} 在镜像里`) };
  const mounted = await system.docker?.look.pathMode(container.id, path);
  if (!mounted) return { outcome: 'left', text: text(`${service}: ${path} is in the image no more, and not in the container either`, `${service}：${path} 不在镜像里了，但容器里也没有`) };
  return { outcome: 'gone', text: text(`${service}: the image has no ${path}; it is mounted`, `${service}：镜像里没有 ${path}，改为挂载`) };
};
