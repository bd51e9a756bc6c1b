import type { Finding } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import type { Service } from '../../model/service.ts';
import { text, type Text } from '../../model/text.ts';
import { BY_DEFAULT, capabilitiesIn, kept } from '../../settings/capabilities.ts';
import { containerSetting } from '../../settings/container.ts';
import { containerised, standing } from '../../settings/container-finding.ts';
import { mainProgram } from '../../settings/roles.ts';
import { runningOf } from '../../settings/service-files.ts';

export const ID = 'all-capabilities';

/** How many of them its processes use now, and how many they could get hold of again. */
function seenText(machine: Machine, service: Service): readonly Text[] {
  return runningOf(machine, service).flatMap((c) => {
    const known = c.processes.filter((p) => p.capEff !== undefined);
    if (known.length === 0) return [];
    const inEffect = new Set(known.flatMap((p) => capabilitiesIn(p.capEff ?? 0n))).size;
    const bounding = known[0]?.capBnd;
    const within = bounding === undefined ? text('', '') : text(`, ${capabilitiesIn(bounding).length} within reach (CapBnd ${bounding.toString(16).padStart(16, '0')})`, `，可取得 ${capabilitiesIn(bounding).length} 项（CapBnd ${bounding.toString(16).padStart(16, '0')}）`);
    const program = mainProgram(c);
    return inEffect === 0
      ? [text(`${service.name}: ${program} is not root and has none in effect${within.en}.`, `${service.name}：${program} 不是 root，没有生效的 capability${within['zh-CN']}`)]
      : [text(`${service.name}: ${program} has ${inEffect} in effect${within.en}.`, `${service.name}：${program} 有 ${inEffect} 项生效${within['zh-CN']}`)];
  });
}

function judge(machine: Machine, service: Service): Finding | undefined {
  const [drop, add, privileged] = [containerSetting(machine, service, 'capDrop'), containerSetting(machine, service, 'capAdd'), containerSetting(machine, service, 'privileged')];
  // Privileged is more than capabilities, and another risk's.
  if (privileged.value) return undefined;
  const [first] = runningOf(machine, service).flatMap((c) => c.processes);
  if (first?.capBnd === 0n) return undefined;
  if (drop.value.includes('ALL') && !add.value.includes('ALL')) return undefined;
  const all = kept(drop.value, add.value);
  const own = all.filter((c) => BY_DEFAULT.includes(c));
  if (own.length === 0) return undefined;
  const idle = runningOf(machine, service).some((c) => c.processes.length > 0 && c.processes.every((p) => p.capEff === 0n));
  const said = add.value.includes('ALL') ? add.from.at : drop.from.at;
  return {
    id: findingId(ID, said?.file ?? service.compose?.files[0] ?? service.name, service.name),
    risk: ID,
    severity: 'low',
    confidence: drop.guess || add.guess ? 'guess' : drop.seen ? 'seen' : 'declared',
    plural: own.length === BY_DEFAULT.length
      ? text('keep all capabilities', '保留着 Docker 给的全部 capability')
      : text(`keep ${own.length} capabilities`, `保留着 Docker 默认给的 ${own.length} 项 capability`),
    title: own.length === BY_DEFAULT.length
      ? text(`${service.name} keeps all capabilities that Docker gives`, `${service.name} 保留着 Docker 给的全部 capability`)
      : text(`${service.name} keeps ${own.length} capabilities that Docker gives by default`, `${service.name} 保留着 Docker 默认给的 ${own.length} 项 capability`),
    short: own.length === BY_DEFAULT.length ? text(`${service.name} keeps all capabilities`, `${service.name} 保留着全部 capability`) : text(`${service.name} keeps ${own.length} capabilities`, `${service.name} 保留着 ${own.length} 项 capability`),
    why: idle
      ? text(
        'Nothing of it is root, so none of them is in effect now. They stay within reach: a setuid program in the image, or docker exec as root, has them at once.',
        '它没有 root 进程，所以现在一项也没有生效。但它们仍然触手可及：镜像里的 setuid 程序，或以 root 身份执行 docker exec，马上就有。',
      )
      : text(
        'Root in it may change owners, read what belongs to others, become anybody, send raw packets. Most apps need none of that, and a hole in one has it all.',
        '容器里的 root 可以改属主、读别人的文件、变成任何用户、发原始数据包。多数应用一样也用不着，而漏洞会把它们全部拿到手。',
      ),
    ...standing(machine, service, said),
    seen: seenText(machine, service),
    detail: { service: service.name },
  };
}

/** One finding for each service: what it needs is its own matter. */
export const detect = (machine: Machine): readonly Finding[] => containerised(machine).flatMap((s) => judge(machine, s) ?? []);
