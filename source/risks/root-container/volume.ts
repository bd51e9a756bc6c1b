import type { Finding, Subject } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import type { Proposal } from '../../model/risk.ts';
import { list, text, type Text } from '../../model/text.ts';
import { chainOf } from '../../settings/chain.ts';
import { rootsVolumes, type RootsVolumes } from '../../settings/roots-volumes.ts';
import { containersOf } from '../../settings/service-files.ts';
import { declaredUser } from '../../settings/user.ts';
import { wordsAt } from '../../settings/parsed.ts';
import { ID, VOLUME } from './ids.ts';
import { owned, volumeRows, type Setting } from './along.ts';

const counted = ({ mounts }: RootsVolumes): Text => {
  const n = mounts.reduce((sum, m) => sum + (m.rootEntries ?? 0), 0);
  if (n === 0) return text("it is root's", '它归 root 所有');
  return text(`${n} ${n === 1 ? 'file there is' : 'files there are'} root's`, `其中 ${n} 个文件属于 root`);
};

function finding(machine: Machine, found: RootsVolumes): Finding {
  const { service, user, mounts } = found;
  const at = declaredUser(machine, service)?.from.at;
  const said = counted(found);
  const where = list(mounts.map((m) => m.target));
  return {
    id: findingId(ID, service.name, VOLUME),
    risk: ID,
    aspect: VOLUME,
    severity: 'medium',
    confidence: 'seen',
    title: text(`${service.name} may not write its ${mounts.length === 1 ? 'volume' : 'volumes'}: ${said.en}`, `${service.name} 无法写入自己的卷：${said['zh-CN']}`),
    why: text(
      `It runs as ${user.uid} now, and a volume keeps the owner it was first written by. Pages look fine, and every upload to ${where.en} fails.`,
      `它现在以 ${user.uid} 运行，而卷保留着最初写入者的属主。页面看着正常，但写入 ${where['zh-CN']} 全部失败。`,
    ),
    subjects: [{ kind: 'service', name: service.name }, ...containersOf(machine, service).map((c): Subject => ({ kind: 'container', name: c.name, id: c.id }))],
    places: at ? [at] : [],
    chain: chainOf(machine, service, at),
    seen: mounts.map((m) => text(`${m.target} (volume ${m.source}): owner ${m.owner?.uid ?? '?'}, the app is ${user.uid}.`, `${m.target}（卷 ${m.source}）：属主 ${m.owner?.uid ?? '?'}，应用是 ${user.uid}。`)),
    from: at ? [{ place: at, words: wordsAt(machine, at) }] : [],
    detail: { services: [service.name] },
  };
}

/** Services that are not root any more and have volumes that still are: after a patch that was applied by hand, say. */
export const detectVolumes = (machine: Machine): readonly Finding[] => rootsVolumes(machine, machine.services).map((r) => finding(machine, r));

/** The step that such a patch leaves out: stopped, handed over, started; no file and no image changes. */
export function handOverVolumes(machine: Machine, setting: Setting): Proposal {
  const names = setting.services.map((s) => s.name);
  return {
    changes: owned(machine, setting),
    rebuild: [],
    replace: names,
    proofs: names.map((service) => ({ kind: 'not-root', service, uid: setting.user.uid })),
    along: volumeRows(machine, setting),
  };
}
