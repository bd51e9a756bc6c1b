import { text } from '../../model/text.ts';
import { containersOf, type Witness } from './witness.ts';

/** The mode as it lies in the container, asked of the engine, or on the machine itself: nothing is executed. */
export const pathMode: Witness<'path-mode'> = async (proof, machine, system) => {
  const { path, service, forbids } = proof;
  const [container] = containersOf(machine, service);
  const host = machine.services.some((s) => s.name === service && s.host);
  const seen = host ? await system.files.stat(path).catch(() => undefined) : container && (await system.docker?.look.pathMode(container.id, path));
  if (!seen) return { outcome: 'cannot-tell', text: text(`${service}: ${path} could not be seen`, `${service}：看不到 ${path}`) };
  const mode = (seen.mode & 0o7777).toString(8);
  return { outcome: (seen.mode & forbids) === 0 ? 'gone' : 'left', text: text(`${service}: ${path} is ${mode}`, `${service}：${path} 的权限是 ${mode}`) };
};
