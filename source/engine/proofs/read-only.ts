import { list, text } from '../../model/text.ts';
import { containersOf, type Witness } from './witness.ts';

const PROBE = '/harden-tui-write-probe';

/**
 * The engine's word for it, then a real try to write, as root of the container: it leaves nothing behind, because it is
 * only made where the engine has said that it must fail. An image without touch is taken at the engine's word.
 */
export const readOnly: Witness<'read-only'> = async ({ service, writable }, machine, system) => {
  const [container] = containersOf(machine, service);
  if (!container) return { outcome: 'cannot-tell', text: text(`${service} does not run`, `${service} 没有在运行`) };
  if (!container.readOnly) return { outcome: 'left', text: text(`${service} may still write in its own file system`, `${service} 可以写自己的文件系统`) };
  const tried = await system.docker?.ask({ kind: 'exec', container: container.id, user: '0', argv: ['touch', PROBE] });
  if (tried?.code === 0) return { outcome: 'left', text: text(`${service}: a file could be written at /`, `${service}：在 / 下写入了文件`) };
  const seen = /read-only file system/i.test(`${tried?.stdout ?? ''}${tried?.stderr ?? ''}`) ? text('a try to write at / was refused', '在 / 下写入被拒绝') : text('by the engine\'s word', '引擎如此报告');
  const rest = list(writable);
  const but = writable.length === 0 ? text('', '') : text(`; still writable: ${rest.en}`, `；仍可写：${rest['zh-CN']}`);
  return { outcome: 'gone', text: text(`${service} is read-only, ${seen.en}${but.en}`, `${service} 是只读的，${seen['zh-CN']}${but['zh-CN']}`) };
};
