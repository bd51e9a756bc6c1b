import { otherContainers, otherProcesses, type Beyond } from '../inspect/beyond.ts';
import type { Finding } from '../model/finding.ts';
import type { Elsewhere, Machine } from '../model/machine.ts';
import type { Risk } from '../model/risk.ts';
import { same, text, type Text } from '../model/text.ts';
import { readReadme } from '../risks/readme.ts';
import type { System } from '../system/system.ts';
import { diagnose } from './diagnose.ts';
import type { Offer } from './session.ts';

async function seen(system: System, own: Machine, kind: Elsewhere['kind'], processes: boolean): Promise<Beyond | undefined> {
  if (kind === 'process') return processes && system.processes.available ? otherProcesses(system, own) : undefined;
  return system.docker ? otherContainers(system, system.docker, own, { processes }) : undefined;
}

const ELSEWHERE = text("it is not this project's", '它不属于本项目');

/** Findings about what is not this project's, each with whose it is. What of them is about no service of theirs is left out. */
export async function foreignFindings(system: System, own: Machine, kind: Elsewhere['kind'], risks: readonly Risk[], processes: boolean): Promise<readonly Finding[]> {
  const beyond = await seen(system, own, kind, processes);
  if (!beyond) return [];
  return diagnose(beyond.machine, risks).findings.flatMap((finding): readonly Finding[] => {
    const service = finding.subjects.find((s) => s.kind === 'service')?.name;
    const { hangsOn: _, ...rest } = finding;
    return service === undefined ? [] : [{ ...rest, id: `${kind}-${finding.id}`, foreign: beyond.whose.get(service) ?? ELSEWHERE }];
  });
}

/** Its ways out can be read, and none of them be taken: it is somebody else's. */
export function foreignOffers(risk: Risk, foreign: Text): readonly Offer[] {
  const [en, zh] = [readReadme(risk.readme.en).fixes, readReadme(risk.readme['zh-CN']).fixes];
  return risk.fixes.map((fix, i): Offer => {
    const [a, b] = [en.find((f) => f.id === fix.id), zh.find((f) => f.id === fix.id)];
    return {
      fix: fix.id, safety: fix.safety, recommended: i === 0, diffs: [], ...(fix.safety === 'by-hand' ? {} : { refused: foreign }),
      title: text(a?.title ?? fix.id, b?.title ?? fix.id), price: a && b ? text(a.price, b.price) : same(''), words: text(a?.body ?? '', b?.body ?? ''),
    };
  });
}
