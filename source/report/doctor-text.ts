import { attemptsFor } from '../engine/doctor.ts';
import type { LeftOut, Manner, Triaged } from '../engine/triage.ts';
import { Stop } from '../model/errors.ts';
import { list, text, type Lang, type Text } from '../model/text.ts';
import { discreet } from './discreet.ts';
import { oneLine } from './plain.ts';
import type { Looks } from './pretty-finding.ts';
import { wrap } from './wrap.ts';

const nameOf = ({ finding, choice }: LeftOut, lang: Lang): string => oneLine(text(`${finding.title.en} (${choice.risk}=${choice.fix})`, `${finding.title['zh-CN']}（${choice.risk}=${choice.fix}）`)[lang]);

/** Before it begins: what it costs to find out. */
export function doctorBegins(manner: Manner, count: number, { lang, columns }: Pick<Looks, 'lang' | 'columns'>): string {
  const how: Text = manner === 'rehearsing'
    ? text(`Of ${count} fixes at least one breaks the copies. Which one is found by more rehearsals of a part of them, ${attemptsFor(count)} at most where it is one alone; nothing of yours is touched by that.`, `${count} 个修复中至少有一个会弄坏副本。接下来用其中一部分再做几次预演，找出是哪一个（如果只有一个，最多 ${attemptsFor(count)} 次）；这不会动你的任何东西。`)
    : text(`Of ${count} fixes at least one does not hold here. Which one is found by applying a part of them at a time: more restarts, each part a run of its own in harden-tui history. What holds stays.`, `${count} 个修复中至少有一个在这里行不通。接下来每次只应用其中一部分，找出是哪一个：会多次重启，每一部分都是 harden-tui history 里单独的一次运行。行得通的会保留。`);
  return `${wrap(how[lang], columns).join('\n')}\n`;
}

/** Which fixes of a plan did not hold, what each of them broke, and what had to go with them. */
export function triagedText({ guilty, along, cut, holds }: Triaged, { lang, columns, paint }: Looks): string {
  const blamed = guilty.flatMap((g) => [
    `${paint('bad', text('Does not hold', '行不通')[lang])}  ${nameOf(g, lang)}`,
    ...wrap(oneLine(g.complaint.what[lang]), columns - 4).map((l) => `    ${l}`),
    ...(g.beside.length > 0 ? wrap(text(`It holds by itself, and not beside: ${list(g.beside.map((f) => oneLine(f.title.en))).en}`, `单独应用行得通，但不能与这些一起：${list(g.beside.map((f) => oneLine(f.title['zh-CN'])))['zh-CN']}`)[lang], columns - 4).map((l) => `    ${l}`) : []),
    ...g.complaint.log.map((l) => `      ${oneLine(discreet(l))}`),
  ]);
  const gone = along.map((l) => text(`Left out with it: ${nameOf(l, 'en')}: it can't do without.`, `随之未纳入：${nameOf(l, 'zh-CN')}：没有它就不行。`)[lang]);
  const stopped = cut === undefined ? [] : [
    oneLine((cut instanceof Stop ? cut.what : (cut.failure?.what ?? text('It could not go on.', '无法继续。')))[lang]),
    text(`Which fix it was is not found out. ${holds.length === 0 ? 'Nothing of the plan was applied.' : `What held until then stays: ${holds.map((c) => c.risk).join(', ')}.`}`, `没有查出是哪个修复。${holds.length === 0 ? '方案没有应用任何内容。' : `到那时为止行得通的会保留：${holds.map((c) => c.risk).join('、')}。`}`)[lang],
    ...(cut instanceof Stop ? [] : cut.remarks.map((r) => oneLine(discreet(r[lang])))),
  ];
  return `${[...blamed, ...gone, ...stopped].join('\n')}\n`;
}

/** For scripts, beside the result (schema/result.schema.json). */
export const triagedJson = ({ guilty, along, runs }: Triaged, lang: Lang): Readonly<Record<string, unknown>> => ({
  runs: runs.map((r) => r.result.run),
  guilty: guilty.map(({ choice, finding, complaint, beside }) => ({ ...choice, title: finding.title[lang], what: complaint.what[lang], log: complaint.log.map(discreet), beside: beside.map((f) => f.id) })),
  along: along.map(({ choice, finding }) => ({ ...choice, title: finding.title[lang] })),
});
