import type { RunSummary, Session } from '../engine/session.ts';
import { list, text, type Lang, type Text } from '../model/text.ts';
import { oneLine } from './plain.ts';
import { counted, moment } from './terms.ts';

type Kept = Awaited<ReturnType<Session['kept']>>;

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** As docker prints sizes: `182 MB`. */
export function size(bytes: number): string {
  const unit = Math.min(UNITS.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** unit;
  return `${unit > 0 && value < 10 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit] ?? ''}`;
}

const total = ({ images, journal }: Kept): number => images.reduce((sum, { bytes }) => sum + bytes, 0) + journal;

/** What `history --forget` is about to release. */
export function keptText(kept: Kept, run: RunSummary | undefined, lang: Lang): string {
  const head = run ? text(`Run ${kept.run} of ${moment(run.at, 'en')}, in ${oneLine(run.name)}`, `${moment(run.at, 'zh-CN')} 的第 ${kept.run} 次运行，项目 ${oneLine(run.name)}`) : text(`Run ${kept.run}`, `第 ${kept.run} 次运行`);
  const rows: Text[] = [
    ...kept.images.map(({ tag, bytes }) => (bytes > 0 ? text(`image ${oneLine(tag)}, up to ${size(bytes)}: layers that other images share stay`, `镜像 ${oneLine(tag)}，最多 ${size(bytes)}：与其他镜像共用的层会保留`) : text(`the tag ${oneLine(tag)}; its image is used elsewhere and stays`, `标签 ${oneLine(tag)}；它的镜像另有用处，会保留`))),
    ...kept.containers.map(({ name }) => text(`stopped container ${oneLine(name)}`, `已停止的容器 ${oneLine(name)}`)),
    text(`its journal, ${size(kept.journal)}: with it go the texts of files as they were`, `它的运行记录，${size(kept.journal)}：其中的文件原文也一并清除`),
  ];
  return `${[head[lang], text('This is released:', '将要释放：')[lang], ...rows.map((r) => `  ${r[lang]}`), text('After that it cannot be taken back.', '之后就无法再撤销它。')[lang]].join('\n')}\n`;
}

export function forgottenText(kept: Kept, lang: Lang): string {
  const { images, containers } = kept;
  const parts = [...(images.length > 0 ? [text(counted(images.length, 'image'), `${images.length} 个镜像`)] : []), ...(containers.length > 0 ? [text(counted(containers.length, 'container'), `${containers.length} 个容器`)] : []), text('its journal', '运行记录')];
  const all = text(list(parts.map((p) => p.en)).en, parts.slice(0, -1).map((p) => p['zh-CN']).join('、') + (parts.length > 1 ? '和' : '') + (parts.at(-1)?.['zh-CN'] ?? ''));
  const upTo = images.some(({ bytes }) => bytes > 0) ? text('up to ', '最多 ') : text('', '');
  return `${text(`Run ${kept.run} is forgotten. Released: ${all.en}, ${upTo.en}${size(total(kept))}.`, `第 ${kept.run} 次运行的记录已清除，释放了${/^\d/.test(all['zh-CN']) ? ' ' : ''}${all['zh-CN']}，${upTo['zh-CN']}${size(total(kept))}。`)[lang]}\n`;
}
