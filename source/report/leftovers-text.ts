import type { Session } from '../engine/session.ts';
import { text, type Lang, type Text } from '../model/text.ts';
import { oneLine } from './plain.ts';
import type { Looks } from './pretty-finding.ts';
import { counted, stamp } from './terms.ts';
import { pad, wrap } from './wrap.ts';

type Leftovers = Awaited<ReturnType<Session['leftovers']>>;

const KINDS: Readonly<Record<Leftovers['left'][number]['kind'], Text>> = {
  container: text('container', '容器'), network: text('network', '网络'), volume: text('volume', '卷'), image: text('image', '镜像'), folder: text('folder', '目录'), demo: text('demo', '演示'),
};

/** Of which project it is, and when it was built, as far as that is written in it. */
function told({ project, made }: NonNullable<Leftovers['whose']>[string] = {}, lang: Lang): readonly string[] {
  const said = [...(project === undefined ? [] : [text(`of the project ${oneLine(project)}`, `项目 ${oneLine(project)}`)]), ...(made === undefined ? [] : [text(`built ${stamp(made)}`, `构建于 ${stamp(made)}`)])];
  return said.length === 0 ? [] : [`      ${said.map((one) => one[lang]).join(lang === 'en' ? ', ' : '，')}`];
}

/** What crashes left behind, below the runs; nothing where they left nothing. */
export function leftoversText({ left, keeps, builds = [], whose = {} }: Leftovers, { lang, columns, suggest = (sentence) => sentence }: Looks, asking = false): string {
  const lines = [
    ...(left.length === 0 ? [] : [
      text('Left behind by a run that died; nothing needs it:', '意外终止的运行留下的，已不再需要：')[lang],
      ...left.map(({ kind, name }) => `  ${pad(KINDS[kind][lang], 11)}${oneLine(name)}`),
      ...(asking ? [] : [suggest(text('To remove it: harden-tui history --clean', '清理：harden-tui history --clean')[lang])]),
    ]),
    ...(asking || builds.length === 0 ? [] : [
      text('Builds of yours, put aside when a run was taken back:', '你自己的构建，撤销运行时让出了名字：')[lang],
      ...builds.map((tag) => `  ${oneLine(tag)}`),
    ]),
    ...(asking || keeps.length === 0 ? [] : [
      ...wrap(text("Kept for an undo that no run of this history has (another user's, or a state folder that was removed); whose it is, only the image can tell:", '为撤销而保留，但这份历史中没有对应的运行（属于别的用户，或状态目录已被删除）；是谁的，只有镜像自己说得出：')[lang], columns),
      ...keeps.flatMap((tag) => [`  ${oneLine(tag)}`, ...told(whose[tag], lang)]),
    ]),
    ...(asking || keeps.length + builds.length === 0 ? [] : [suggest(text('To release one, by its name: harden-tui history --forget TAG', '按名字释放其中一个：harden-tui history --forget TAG')[lang])]),
  ];
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

/** How the cleaning went. */
export function cleanedText(n: number, failed: readonly Text[], lang: Lang): string {
  return [
    ...failed.map((f) => text(`Not removed: ${oneLine(f.en)}`, `未能清理：${oneLine(f['zh-CN'])}`)[lang]),
    text(`Removed: ${counted(n - failed.length, 'thing')} that a run had left behind.`, `已清理意外终止的运行留下的 ${n - failed.length} 项。`)[lang], '',
  ].join('\n');
}
