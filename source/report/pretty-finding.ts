import type { Offer } from '../engine/session.ts';
import type { ChainLink, Finding } from '../model/finding.ts';
import { text, type Lang, type Text } from '../model/text.ts';
import { paths, saidLink } from '../words/chain.ts';
import { discreet } from './discreet.ts';
import { meant, open } from './json.ts';
import type { Paint } from './paint.ts';
import { oneLine } from './plain.ts';
import { BY_HAND, CONFIDENCE, SEVERITY } from './terms.ts';
import { labelled, pad, width, wrap } from './wrap.ts';
import { because } from '../words/zh-CN/because.ts';

export interface Looks {
  readonly lang: Lang;
  readonly paint: Paint;
  readonly columns: number;
  /** Commands in a sentence as they can be pasted here; as they stand without it. */
  readonly suggest?: (sentence: string) => string;
}

const LABELS = {
  where: text('where', '位置'), seen: text('seen', '看到'), meant: text('meant', '用途'), from: text('from', '来自'), chain: text('path', '对应关系'),
  way: text('way out', '处理办法'), ignored: text('ignored', '已忽略'),
};
const INDENT = 15;

const at = (file: string, line?: number): string => (line === undefined ? file : `${file}:${line}`);

const said = (link: ChainLink, lang: Lang): string => oneLine(discreet(saidLink(link, lang))) + oneLine(link.file === undefined ? '' : ` ${at(link.file, link.line)}`);

/** Links of a path on as few rows as they need, broken between them and not inside one. */
function linked(links: readonly string[], columns: number): readonly string[] {
  const rows: string[] = [];
  for (const [i, link] of links.entries()) {
    const part = i < links.length - 1 ? `${link} >` : link;
    const last = rows.at(-1);
    if (last !== undefined && width(last) + 1 + width(part) <= columns) rows.splice(-1, 1, `${last} ${part}`);
    else rows.push(part);
  }
  return rows;
}

/** A command that stands at the end of a reason: it has a row of its own, so that it can be copied. */
const TRIES = /^(.*?[:：]) *(harden-tui fix .*--rehearse)$/;

/** No way at all says why; of several reasons that of the way that would be taken first. */
function none(offers: readonly Offer[]): Text {
  const first = offers.find((o) => o.refused && !o.beside) ?? offers.find((o) => o.refused);
  return first?.refused ? text(`none works here. ${first.fix}: ${first.refused.en}`, `这里没有行得通的。${first.fix}：${first.refused['zh-CN']}`) : text('none that harden-tui knows', 'harden-tui 不知道有什么办法');
}

function ways(offers: readonly Offer[], { lang, suggest = (sentence) => sentence }: Looks): readonly string[] {
  const possible = open(offers);
  const best = possible.find((o) => o.recommended) ?? possible[0];
  // Nothing can be proposed before copies were tried: the command that tries them is the way.
  if (!best) {
    const tries = offers.find((o) => o.refused && TRIES.test(o.refused.en));
    const [, why = '', command = ''] = TRIES.exec(tries?.refused?.[lang] ?? '') ?? [];
    return tries ? [`${tries.fix}${lang === 'en' ? ': ' : '：'}${why}`, suggest(command)] : [none(offers)[lang]];
  }
  const others = possible.filter((o) => o !== best).map((o) => o.fix + (o.safety === 'by-hand' ? (lang === 'en' ? ` (${BY_HAND.en})` : `（${BY_HAND['zh-CN']}）`) : ''));
  const hand = best.safety === 'by-hand';
  const first = text(
    `${best.fix}: ${best.title.en}${hand ? ` (${BY_HAND.en})` : ''}${best.price.en ? `; ${best.price.en}` : ''}`,
    `${best.fix}：${best.title['zh-CN']}${hand ? `（${BY_HAND['zh-CN']}）` : ''}${best.price['zh-CN'] ? `；${best.price['zh-CN']}` : ''}`,
  )[lang];
  // Where nothing but one's own hands is left it is said why the others can't be had.
  const barred = hand ? offers.find((o) => o.refused && o.safety !== 'by-hand') : undefined;
  const why = barred?.refused ? [text(`not ${barred.fix}: ${barred.refused.en}`, `${barred.fix} 不行：${because(barred.refused['zh-CN'])}`)[lang]] : [];
  return [first, ...(others.length > 0 ? [text(`or ${others.join(', ')}`, `或 ${others.join('、')}`)[lang]] : []), ...why];
}

/** A finding in a few lines: what, why, where, seen on what, through which path, and what would be done. */
export function prettyFinding(f: Finding, offers: readonly Offer[], looks: Looks): readonly string[] {
  const { lang, paint, columns } = looks;
  const services = f.subjects.filter((s) => s.kind === 'service');
  const names = (services.length > 0 ? services : f.subjects).map((s) => oneLine(s.name));
  const block = (label: { readonly [L in Lang]: string }, lines: readonly string[]): readonly string[] =>
    lines.flatMap((line, i) => labelled(`   ${i === 0 ? label[lang] : ''}`, line, INDENT, columns));
  const places = [...new Set(f.places.map((p) => oneLine(at(p.file, p.line))))];
  const from = f.from.map((e) => `${oneLine(at(e.place.file, e.place.line))}  ${oneLine(discreet(e.words.trim()))}${e.note ? text(`  (${oneLine(e.note.en)})`, `（${oneLine(e.note['zh-CN'])}）`)[lang] : ''}`);
  return [
    `${paint(f.severity, pad(SEVERITY[f.severity][lang], 9))} ${pad(CONFIDENCE[f.confidence][lang], 9)} ${paint('strong', oneLine(f.title[lang]))}  ${paint('faint', f.risk)}`,
    ...wrap(oneLine([f.why[lang], ...(f.reach ? [f.reach[lang]] : [])].join(lang === 'en' ? ' ' : '')), columns - 3).map((l) => `   ${l}`),
    ...block(LABELS.where, [[...places.map((p) => paint('path', p)), names.join(' ')].filter((w) => w !== '').join('  ')]),
    ...block(LABELS.seen, f.seen.map((s) => oneLine(discreet(s[lang])))),
    ...block(LABELS.meant, meant(f, lang).map((s) => oneLine(discreet(s)))),
    ...block(LABELS.from, from),
    ...block(LABELS.chain, paths(f.chain).flatMap((links) => linked(links.map((link) => said(link, lang)), columns - INDENT))),
    ...(f.suppressed ? block(LABELS.ignored, [oneLine(f.suppressed.reason) + (f.suppressed.until === undefined ? '' : `  (${f.suppressed.until})`)]) : block(LABELS.way, ways(offers, looks))),
  ];
}
