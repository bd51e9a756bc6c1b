import type { Offer } from '../engine/session.ts';
import type { Finding } from '../model/finding.ts';
import { SEVERITIES } from '../model/finding.ts';
import { text, type Lang, type Text } from '../model/text.ts';
import { meant, open, type Scanned } from './json.ts';
import { inRows } from './in-rows.ts';
import { nothingFound } from './looked-at.ts';
import { code, table, titled, words } from './markdown-marks.ts';
import { BY_HAND, CONFIDENCE, counted, SEVERITY } from './terms.ts';

export const SAY = {
  columns: [text('Severity', '级别'), text('Seen', '依据'), text('What', '问题'), text('Where', '位置'), text('Risk', '风险')],
  seen: text('Seen', '看到'), from: text('From', '来自'), ways: text('Ways out', '处理办法'),
  blind: text('Could not see', '没能看到'), ignored: text('Ignored, with a reason', '已忽略（附理由）'), elsewhere: text('Elsewhere on this machine', '本机的其他内容'),
  recommended: text('recommended', '推荐'), until: text('until', '有效期至'), see: text('to see it', '要看到它'),
} satisfies Record<string, Text | readonly Text[]>;

/** Services first; what else it names where it is about none. */
const whereOf = (f: Finding): string => {
  const services = f.subjects.filter((s) => s.kind === 'service');
  return [...new Set((services.length > 0 ? services : f.subjects).map((s) => s.name))].map(words).join(', ');
};

export const findingsTable = (findings: readonly Finding[], lang: Lang): readonly string[] =>
  table(SAY.columns.map((one) => one[lang]), findings.map((f) => [SEVERITY[f.severity][lang], CONFIDENCE[f.confidence][lang], titled(f.title[lang]), whereOf(f), code(f.risk)]));

function way(offer: Offer, lang: Lang): string {
  const marks = [...(offer.recommended ? [SAY.recommended[lang]] : []), ...(offer.safety === 'by-hand' ? [BY_HAND[lang]] : [])];
  const named = `- ${words(offer.title[lang])} ${code(offer.fix)}${marks.length > 0 ? text(` (${marks.join(', ')})`, `（${marks.join('，')}）`)[lang] : ''}`;
  return offer.price[lang] === '' ? named : `${named}${text(': ', '：')[lang]}${words(offer.price[lang])}`;
}

/** One finding under its own heading: why, seen on what, decided by which lines, and what could be done. */
function section(f: Finding, offers: readonly Offer[], lang: Lang): readonly string[] {
  const colon = text(': ', '：')[lang];
  const ways = open(offers);
  return [
    '', `### ${titled(f.title[lang])}`, '',
    `${SEVERITY[f.severity][lang]} · ${CONFIDENCE[f.confidence][lang]} · ${code(f.risk)} · ${whereOf(f)}`, '',
    words(f.why[lang]),
    ...(f.seen.length + f.from.length === 0 ? [] : ['']),
    ...[...f.seen.map((s) => s[lang]), ...meant(f, lang)].map((s) => `- ${SAY.seen[lang]}${colon}${words(s)}`),
    ...f.from.map((e) => `- ${SAY.from[lang]}${colon}${code(`${e.place.file}:${e.place.line}`)} ${code(e.words.trim())}${e.note ? text(` (${words(e.note.en)})`, `（${words(e.note['zh-CN'])}）`)[lang] : ''}`),
    ...(ways.length === 0 ? [] : ['', `${SAY.ways[lang]}${lang === 'en' ? ':' : '：'}`, '', ...ways.map((offer) => way(offer, lang))]),
  ];
}

const tally = (findings: readonly Finding[], lang: Lang): string =>
  SEVERITIES.flatMap((s) => {
    const n = findings.filter((f) => f.severity === s).length;
    return n > 0 ? [`${SEVERITY[s][lang]} ${n}`] : [];
  }).join(lang === 'en' ? ', ' : '，');

/** What could not be seen, what was ignored and why, and what is not this project's: none of it is a pass. */
export function besides({ findings, blind, machine }: Pick<Scanned, 'findings' | 'blind' | 'machine'>, lang: Lang): readonly string[] {
  const ignored = findings.filter((f) => f.suppressed);
  const colon = text(': ', '：')[lang];
  return [
    ...(ignored.length === 0 ? [] : ['', `## ${SAY.ignored[lang]}`, '', ...ignored.map((f) => `- ${titled(f.title[lang])} ${code(f.risk)}${colon}${words(f.suppressed?.reason ?? '')}${f.suppressed?.until === undefined ? '' : text(` (${SAY.until.en} ${f.suppressed.until})`, `（${SAY.until['zh-CN']} ${f.suppressed.until}）`)[lang]}`)]),
    ...(blind.length === 0 ? [] : ['', `## ${SAY.blind[lang]}`, '', ...blind.map((b) => `- ${words(b.what)}${colon}${words(b.why[lang])}${b.remedy[lang] === '' ? '' : text(`; ${SAY.see.en}: ${words(b.remedy.en)}`, `；${SAY.see['zh-CN']}：${words(b.remedy['zh-CN'])}`)[lang]}`)]),
    ...(machine.elsewhere.length === 0 ? [] : ['', `## ${SAY.elsewhere[lang]}`, '', text(`${counted(machine.elsewhere.length, 'container or process', 'containers and processes')} not of this project: not looked into.`, `有 ${machine.elsewhere.length} 个容器和进程不属于这个项目，没有检查。`)[lang]]),
  ];
}

/** The findings as Markdown, worst first: for a wiki, a ticket or a pull request. */
export function scanMarkdown(scanned: Scanned, lang: Lang): string {
  const { machine, offers } = scanned;
  const found = [...scanned.findings].filter((f) => !f.suppressed).sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
  const rows = inRows(found);
  const head = text(`${counted(found.length, 'finding')}${rows.en}: ${tally(found, 'en')}.`, `${found.length} 个问题${rows['zh-CN']}：${tally(found, 'zh-CN')}。`)[lang];
  return [
    `# harden-tui${text(': ', '：')[lang]}${words(machine.name)}`, '',
    ...(found.length === 0 ? [words(nothingFound(machine)[lang])] : [head, '', ...findingsTable(found, lang), ...found.flatMap((f) => section(f, offers.get(f.id) ?? [], lang))]),
    ...besides(scanned, lang), '',
  ].join('\n');
}
