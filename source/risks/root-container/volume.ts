import type { Finding } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Mount } from '../../model/container.ts';
import type { Machine } from '../../model/machine.ts';
import type { Proposal } from '../../model/risk.ts';
import { list, text, type Text } from '../../model/text.ts';
import { chainOf } from '../../settings/chain.ts';
import { short } from '../../settings/handed-mounts.ts';
import { rootsVolumes, type RootsVolumes, type Shut } from '../../settings/roots-volumes.ts';
import { declaredUser } from '../../settings/user.ts';
import { wordsAt } from '../../settings/parsed.ts';
import { ID, OUTSIDE, VOLUME } from './ids.ts';
import { owned, volumeRows, type Setting } from './along.ts';
import { subjectsOf } from '../../settings/subjects.ts';

const counted = (mounts: readonly Mount[]): Text => {
  const n = mounts.reduce((sum, m) => sum + (m.rootEntries ?? 0), 0);
  if (n === 0) return text("it is root's", '它归 root 所有');
  return text(`${n} ${n === 1 ? 'file there is' : 'files there are'} root's`, `其中 ${n} 个文件属于 root`);
};

/** A volume is one among few; a folder has a name that its owner knows. */
function whatOf(machine: Machine, mounts: readonly Mount[]): Text {
  const volumes = mounts.filter((m) => m.type === 'volume');
  const folders = mounts.filter((m) => m.type !== 'volume').map((m) => short(machine, m.source));
  const parts = [...(volumes.length > 0 ? [text(volumes.length === 1 ? 'its volume' : 'its volumes', '自己的卷')] : []), ...folders.map((f) => text(f, ` ${f} `))];
  return text(list(parts.map((p) => p.en)).en, parts.map((p) => p['zh-CN']).join('和'));
}

const seenAt = (machine: Machine, { mount: m, filled }: Shut, uid: number): Text => {
  const owner = m.owner?.uid ?? '?';
  const known = filled ? text(`; ${filled.en}`, `；${filled['zh-CN']}`) : text('', '');
  return m.type === 'volume'
    ? text(`${m.target} (volume ${m.source}): owner ${owner}, the app is ${uid}.`, `${m.target}（卷 ${m.source}）：属主 ${owner}，应用是 ${uid}`)
    : text(`${m.target} (your folder ${short(machine, m.source)}): owner ${owner}, the app is ${uid}${known.en}.`, `${m.target}（你的目录 ${short(machine, m.source)}）：属主 ${owner}，应用是 ${uid}${known['zh-CN']}`);
};

function finding(machine: Machine, found: RootsVolumes, aspect: typeof VOLUME | typeof OUTSIDE): Finding {
  const { service, user } = found;
  const shut = aspect === VOLUME ? found.shut : found.outside;
  const mounts = shut.map((one) => one.mount);
  const at = declaredUser(machine, service)?.from.at;
  const said = counted(mounts);
  const what = whatOf(machine, mounts);
  const where = list(mounts.map((m) => m.target));
  const keeps = mounts.every((m) => m.type === 'volume') ? text('a volume keeps the owner it was first written by', '卷保留着最初写入者的属主') : mounts.some((m) => m.type === 'volume') ? text('volumes and folders keep the owner they have', '卷和目录保留着原来的属主') : text('a folder keeps the owner it has', '目录保留着原来的属主');
  return {
    id: findingId(ID, service.name, aspect),
    risk: ID,
    aspect,
    severity: 'medium',
    confidence: 'seen',
    title: text(`${service.name} may not write ${what.en}: ${said.en}`, `${service.name} 无法写入${what['zh-CN'].trimEnd()}：${said['zh-CN']}`),
    short: text(`${service.name} may not write ${what.en}`, `${service.name} 无法写入${what['zh-CN'].trimEnd()}`),
    why: text(
      `It runs as ${user.uid} now, and ${keeps.en}. Pages look fine, and every upload to ${where.en} fails.`,
      `它现在以 ${user.uid} 运行，而${keeps['zh-CN']}。页面看着正常，但写入 ${where['zh-CN']} 全部失败。`,
    ),
    subjects: subjectsOf(machine, service),
    places: at ? [at] : [],
    chain: chainOf(machine, service, at),
    seen: shut.map((one) => seenAt(machine, one, user.uid)),
    from: at ? [{ place: at, words: wordsAt(machine, at) }] : [],
    detail: { services: [service.name] },
  };
}

/**
 * Services that are not root any more and have volumes and folders that still are: after a patch that was applied by hand, say, or
 * a fix that was made while they were down. What decides is `rootsVolumes`' to say.
 */
export const detectVolumes = (machine: Machine): readonly Finding[] => rootsVolumes(machine, machine.services).flatMap((found) => [
  ...(found.shut.length > 0 ? [finding(machine, found, VOLUME)] : []),
  ...(found.outside.length > 0 ? [finding(machine, found, OUTSIDE)] : []),
]);

/** The step that such a patch leaves out: stopped, handed over, started; no file and no image changes. */
export function handOverVolumes(machine: Machine, setting: Setting): Proposal {
  const names = setting.services.map((s) => s.name);
  return {
    changes: owned(machine, setting),
    rebuild: [],
    replace: names,
    proofs: names.map((service) => ({ kind: 'writable', service, paths: setting.places.mounts.map((m) => m.target) })),
    along: volumeRows(machine, setting),
  };
}
