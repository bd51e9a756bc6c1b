import type { Change } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import type { Proposal } from '../model/risk.ts';
import type { Service } from '../model/service.ts';
import { text, type Text } from '../model/text.ts';
import { lastRunOf } from './service-files.ts';

/** A folder of the project as a person there calls it. */
export const short = (machine: Machine, source: string): string => (source.startsWith(machine.root) ? `.${source.slice(machine.root.length)}` : source);

/** A volume as compose.yaml has it, without the project's name in front. */
export function volumeName(machine: Machine, services: readonly Service[], source: string): string {
  const name = [...services.flatMap((s) => s.compose?.project ?? []), machine.name].find((project) => source.startsWith(`${project}_`));
  return name === undefined ? source : source.slice(name.length + 1);
}

/** "3 files of root", where they were counted. */
export const rootsFiles = (n: number | undefined): Text =>
  n === undefined ? text("what is root's", '属于 root 的文件') : text(`${n} ${n === 1 ? 'file' : 'files'} of root`, `root 的 ${n} 个文件`);

export const volumeRow = (machine: Machine, services: readonly Service[], source: string, n: number | undefined, uid: string | number, also?: number): NonNullable<Proposal['along']>[number] => {
  const [name, files] = [volumeName(machine, services, source), rootsFiles(n)];
  if (also !== undefined) return { label: text(`volume ${name}`, `卷 ${name}`), text: text(`${also}'s, and closed to others: all of it that is root's or ${also}'s will be ${uid}'s`, `归 ${also}，别人进不去：其中属于 root 和 ${also} 的内容都将归 ${uid}`) };
  return { label: text(`volume ${name}`, `卷 ${name}`), text: text(`${files.en}; ${n === 1 ? 'it' : 'they'} will be ${uid}'s`, `${files['zh-CN']}，将归 ${uid}`) };
};

/** "What comes along": volumes and folders of the project that change hands. */
export function mountRows(machine: Machine, services: readonly Service[], changes: readonly Change[]): NonNullable<Proposal['along']> {
  const all = changes.flatMap((c) => (c.kind === 'own-mount' ? [[c.mount.source, c] as const] : []));
  return [...new Map(all).values()].map(({ mount: { type, source }, uid }) => {
    const n = services.flatMap((s) => lastRunOf(machine, s)).flatMap((c) => c.mounts).find((m) => m.source === source)?.rootEntries;
    if (type === 'volume') return volumeRow(machine, services, source, n, uid);
    const files = rootsFiles(n);
    return { label: short(machine, source), text: text(`your folder: ${files.en} will be ${uid}'s`, `你的目录：${files['zh-CN']}将归 ${uid}`) };
  });
}
