import type { Finding } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import type { Service } from '../../model/service.ts';
import { text, type Text } from '../../model/text.ts';
import { containerSetting } from '../../settings/container.ts';
import { containerised, standing } from '../../settings/container-finding.ts';
import { leaves } from '../../settings/leaves.ts';
import { runningOf } from '../../settings/service-files.ts';

export const ID = 'writable-rootfs';

/** What it wrote in its own layer since it was started. */
const seenText = (machine: Machine, service: Service): readonly Text[] => runningOf(machine, service).flatMap((c) => {
  const wrote = leaves(c.written ?? []);
  if (c.written === undefined) return [];
  if (wrote.length === 0) return [text(`${service.name}: nothing was written there since its start.`, `${service.name}：启动以来没有写入任何东西`)];
  const few = wrote.slice(0, 3);
  const more = wrote.length > 3 ? text(` and ${wrote.length - 3} more`, ` 等 ${wrote.length} 处`) : text('', '');
  return [text(`${service.name}: written since its start: ${few.join(', ')}${more.en}.`, `${service.name}：启动以来写过 ${few.join('、')}${more['zh-CN']}`)];
});

function judge(machine: Machine, service: Service): Finding | undefined {
  const readOnly = containerSetting(machine, service, 'readOnly');
  if (readOnly.value && !readOnly.guess) return undefined;
  return {
    id: findingId(ID, service.compose?.files[0] ?? service.name, service.name),
    risk: ID,
    severity: 'low',
    confidence: readOnly.guess ? 'guess' : readOnly.seen ? 'seen' : 'declared',
    plural: text('may write anywhere', '可以在自己的文件系统里随处写入'),
    title: text(`${service.name} may write anywhere in its own file system`, `${service.name} 可以在自己的文件系统里随处写入`),
    short: text(`${service.name} may write anywhere`, `${service.name} 可以随处写入`),
    why: text(
      'Who gets in can put programs there and change those that lie there, and they run until the container is made anew. Read-only, all that is left is what the app itself needs.',
      '攻击者进来后可以放程序、改程序，直到容器重建之前它们都在运行。只读之后，能写的只剩应用自己需要的地方。',
    ),
    ...standing(machine, service, readOnly.from.at),
    seen: seenText(machine, service),
    detail: { service: service.name },
  };
}

/** One finding for each service: where it has to write is its own matter. */
export const detect = (machine: Machine): readonly Finding[] => containerised(machine).flatMap((s) => judge(machine, s) ?? []);
