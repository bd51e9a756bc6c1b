import { whatBecame } from '../engine/rehearse/became.ts';
import type { Compared, Rehearsal } from '../model/rehearsal.ts';
import { text, type Lang, type Text } from '../model/text.ts';
import { discreet } from './discreet.ts';
import { factOf } from './fact-of.ts';
import { fit } from './fit.ts';
import { oneLine } from './plain.ts';
import type { Role } from './paint.ts';
import type { Looks } from './pretty-finding.ts';
import { duration } from './terms.ts';
import { pad, width, wrap } from './wrap.ts';

const RESULT: Readonly<Record<Compared['result'], { readonly words: Text; readonly role: Role }>> = {
  gone: { words: text('gone', '已消除'), role: 'good' },
  left: { words: text('left', '仍存在'), role: 'bad' },
  same: { words: text('same', '不变'), role: 'faint' },
  WORSE: { words: text('WORSE', '变差'), role: 'bad' },
  'cannot-tell': { words: text('cannot tell', '无法判断'), role: 'unsure' },
};

const shown = (t: Text, lang: Lang): string => oneLine(discreet(t[lang]));

/** Lines of a cell at most: what is said at length is told by the result of the run. */
const HEIGHT = 3;

function cell(words: string, columns: number): readonly string[] {
  const lines = wrap(words, columns);
  if (lines.length <= HEIGHT) return lines.map((l) => fit(l, columns));
  // Put together again as it was: between Chinese characters there is no blank.
  const shown = lines.slice(0, HEIGHT - 1);
  // A path is left whole by the wrapping, and may be longer than its column.
  return [...shown, words.slice(shown.reduce((at, l) => words.indexOf(l, at) + l.length, 0)).trim()].map((l) => fit(l, columns));
}

/** What is known of one service stands together, services in the order in which they came. */
const byService = (rows: readonly Compared[]): readonly Compared[] => [...new Set(rows.map((r) => r.service))].flatMap((s) => rows.filter((r) => r.service === s));

/** Old and new beside each other: service, fact, as it is, as planned, what that makes. */
function table(some: readonly Compared[], { lang, columns, paint }: Looks): readonly string[] {
  if (some.length === 0) return [];
  const rows = byService(some);
  const fact = (r: Compared): string => factOf(r, rows, (t) => shown(t, lang));
  const most = (of: (r: Compared) => string, least: number, limit: number): number => Math.min(limit, Math.max(least, ...rows.map((r) => width(of(r))))) + 2;
  const first = most((r) => oneLine(r.service), 3, 16);
  const second = most(fact, 8, Math.max(12, Math.min(28, columns - first - 52)));
  const rest = Math.max(36, columns - first - second - 14);
  const each = Math.floor(rest / 2);
  const head = ' '.repeat(first + second) + pad(text('as it is', '现状')[lang], each) + text('as planned', '按方案')[lang];
  return [paint('faint', head), ...rows.flatMap((r, i) => {
    const again = rows[i - 1]?.service === r.service;
    const { words, role } = RESULT[r.result];
    const cells = [cell(fact(r), second - 2), cell(shown(r.asIs, lang), each - 2), cell(shown(r.asPlanned, lang), each - 2)] as const;
    return Array.from({ length: Math.max(1, ...cells.map((c) => c.length)) }, (_, n) => {
      const line = pad(again || n > 0 ? '' : fit(oneLine(r.service), first - 2), first) + pad(cells[0][n] ?? '', second) + pad(cells[1][n] ?? '', each);
      return n === 0 ? `${line}${pad(cells[2][0] ?? '', each)}${paint(role, words[lang])}` : `${line}${cells[2][n] ?? ''}`.trimEnd();
    });
  })];
}

const count = (rows: readonly Compared[], result: Compared['result']): number => rows.filter((r) => r.result === result).length;

function verdict({ outcome, rows, why, breakage, ms, buildMs }: Rehearsal, { lang, paint }: Looks): string {
  const [worse, left] = [count(rows, 'WORSE'), count(rows, 'left')];
  const time = text(`${duration(ms)}, after ${duration(buildMs)} of building`, `用时 ${duration(ms, 'zh-CN')}，构建另用 ${duration(buildMs, 'zh-CN')}`);
  if (outcome === 'holds') return paint('good', text(`Holds: ${count(rows, 'gone')} gone, ${count(rows, 'same')} same, 0 worse. ${time.en}.`, `通过：表中已消除 ${count(rows, 'gone')} 项，不变 ${count(rows, 'same')} 项，变差 0 项。${time['zh-CN']}。`)[lang]);
  if (outcome === 'breaks') {
    const what = worse > 0
      ? text(worse === 1 ? 'one thing gets worse' : `${worse} things get worse`, `有 ${worse} 项变差`)
      : left > 0 ? text(`${left === 1 ? 'what it is to mend is' : `${left} of what it is to mend are`} still there in the copy as planned`, `要修复的问题有 ${left} 项在按方案的副本里仍然存在`) : (breakage?.what ?? text('', ''));
    return paint('bad', text(`Breaks: ${what.en}. Nothing of yours has changed.`, `会出问题：${what['zh-CN']}。你的项目没有任何改动。`)[lang]);
  }
  return paint('unsure', text(`Cannot tell: ${why?.en ?? ''}`, `无法判断：${why?.['zh-CN'] ?? ''}`)[lang]);
}

/** What was seen on copies, as plain lines: the rows, what came of it, why, and what copies can't show. */
export function rehearsalText(rehearsal: Rehearsal, looks: Looks): string {
  const { lang, columns } = looks;
  const { breakage, untried, drift, rows, outcome } = rehearsal;
  const became = outcome === 'breaks' ? undefined : whatBecame(rehearsal.findings);
  const unsure = outcome === 'holds' ? count(rows, 'cannot-tell') : 0;
  const log = (breakage?.log ?? []).map((l) => `    ${oneLine(discreet(l))}`);
  const lines = [
    ...table(rows, looks), ...(rows.length > 0 ? [''] : []),
    ...wrap(verdict(rehearsal, looks), columns),
    ...(unsure > 0 ? [text(`${unsure} of ${rows.length} could not be compared.`, `${rows.length} 项里有 ${unsure} 项没能比较。`)[lang]] : []),
    ...(became ? wrap(shown(became, lang), columns) : []),
    ...(breakage ? [...wrap(shown(breakage.what, lang), columns), ...log, ...(breakage.means ? wrap(text(`What that means: ${breakage.means.en}`, `这意味着：${breakage.means['zh-CN']}`)[lang], columns) : [])] : []),
    ...(drift ?? []).flatMap((d) => wrap(text(`Building ${d.service} brings more than the fix: ${d.brings.map((b) => b.en).join('; ')}`, `重新构建 ${d.service} 会带来修复之外的变化：${d.brings.map((b) => b['zh-CN']).join('；')}`)[lang], columns).map(oneLine)),
    ...untried.flatMap((t) => wrap(text(`Not tried: ${t.en}`, `没试过：${t['zh-CN']}`)[lang], columns).map((l) => looks.paint('faint', oneLine(l)))),
  ];
  return `${lines.join('\n')}\n`;
}

/** For scripts, in the plan of `fix --rehearse --format json` (schema/plan.schema.json). */
export const rehearsalJson = ({ outcome, rows, breakage, why, untried, drift, buildMs, ms }: Rehearsal, lang: Lang): Readonly<Record<string, unknown>> => ({
  outcome,
  rows: rows.map((r) => ({ service: r.service, what: r.what[lang], asIs: discreet(r.asIs[lang]), asPlanned: discreet(r.asPlanned[lang]), result: r.result })),
  ...(breakage ? { breakage: { service: breakage.service, what: breakage.what[lang], log: breakage.log.map(discreet), ...(breakage.means ? { means: breakage.means[lang] } : {}) } } : {}),
  ...(why ? { why: why[lang] } : {}),
  untried: untried.map((u) => u[lang]),
  ...(drift ? { drift: drift.map((d) => ({ service: d.service, brings: d.brings.map((b) => discreet(b[lang])) })) } : {}),
  buildMs, ms,
});
