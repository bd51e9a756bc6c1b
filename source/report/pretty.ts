import { SEVERITIES, type Finding, type Severity } from '../model/finding.ts';
import type { Blind, Elsewhere } from '../model/machine.ts';
import { list, text, type Lang } from '../model/text.ts';
import { hiddenIn } from './discreet.ts';
import type { Scanned } from './json.ts';
import { inRows } from './in-rows.ts';
import { oneLine } from './plain.ts';
import { nothingFound } from './looked-at.ts';
import { prettyFinding, type Looks } from './pretty-finding.ts';
import { counted, SEVERITY } from './terms.ts';
import { ending, labelled, pad, wrap, width } from './wrap.ts';

export interface PrettyOptions extends Looks {
  /** What is below is counted in one line. */
  readonly from: Severity;
  /** Also what was ignored, with its reason. */
  readonly ignored: boolean;
  /** Also every container and process that is not this project's. */
  readonly all: boolean;
}

const SAY = {
  blind: text('Could not see', '没能看到'),
  elsewhere: text('Elsewhere on this machine', '本机的其他内容'),
};

/** `critical 1, high 3` */
const tally = (findings: readonly Finding[], lang: Lang): string =>
  SEVERITIES.flatMap((s) => {
    const n = findings.filter((f) => f.severity === s).length;
    return n > 0 ? [`${SEVERITY[s][lang]} ${n}`] : [];
  }).join(lang === 'en' ? ', ' : '，');

function folded(hidden: readonly Finding[], lang: Lang): readonly string[] {
  if (hidden.length === 0) return [];
  const levels = SEVERITIES.filter((s) => hidden.some((f) => f.severity === s));
  const lowest = levels.at(-1) ?? 'info';
  const names = { en: list(levels.map((s) => SEVERITY[s].en)).en, zh: levels.map((s) => SEVERITY[s]['zh-CN']).join('或') };
  return [text(`${hidden.length} more ${hidden.length === 1 ? 'is' : 'are'} ${names.en}: --severity ${lowest} shows them.`, `另有 ${hidden.length} 个问题，级别为${names.zh}：用 --severity ${lowest} 查看。`)[lang]];
}

const count = (elsewhere: readonly Elsewhere[], kind: Elsewhere['kind']): number => elsewhere.filter((e) => e.kind === kind).length;

function elsewhere(all: readonly Elsewhere[], options: PrettyOptions): readonly string[] {
  const { lang } = options;
  if (all.length === 0) return [];
  const [containers, processes] = [count(all, 'container'), count(all, 'process')];
  const parts = [...(containers > 0 ? [text(counted(containers, 'container'), `${containers} 个容器`)] : []), ...(processes > 0 ? [text(counted(processes, 'process', 'processes'), `${processes} 个进程`)] : [])];
  const what = text(list(parts.map((p) => p.en)).en, parts.map((p) => p['zh-CN']).join('，'));
  const head = text(
    `${SAY.elsewhere.en}: ${what.en} not of this project; not looked into, never touched.${options.all ? '' : ' --all lists them.'}`,
    `${SAY.elsewhere['zh-CN']}：${what['zh-CN']}不属于这个项目；不检查，也绝不改动。${options.all ? '' : '用 --all 列出。'}`,
  )[lang];
  return ['', ...wrap(head, options.columns), ...(options.all ? all.map((e) => `  ${pad(oneLine(e.name), 28)} ${oneLine(e.owner)}`) : [])];
}

/** What could not be seen, why, and what would let us see it. */
export function blindLines(unseen: readonly Blind[], { lang, paint, columns }: Looks): readonly string[] {
  if (unseen.length === 0) return [];
  const help = text('to see it: ', '要看到它：')[lang];
  const indent = Math.max(15, ...unseen.map((b) => Math.min(30, 5 + width(oneLine(b.what)))));
  return ['', paint('unsure', SAY.blind[lang]), ...unseen.flatMap((b) => [...labelled(`   ${oneLine(b.what)}`, oneLine(b.why[lang]), indent, columns), ...labelled('', help + oneLine(b.remedy[lang]), indent, columns)])];
}

/** The findings as a person reads them, worst first; the last line says what to do next. */
export function pretty(scanned: Scanned, options: PrettyOptions): string {
  const { lang, columns, suggest = (sentence) => sentence } = options;
  const open = scanned.findings.filter((f) => !f.suppressed);
  const ignored = scanned.findings.filter((f) => f.suppressed);
  const shows = (f: Finding): boolean => SEVERITIES.indexOf(f.severity) <= SEVERITIES.indexOf(options.from);
  const shown = [...open.filter(shows), ...(options.ignored ? ignored : [])];
  const hidden = open.filter((f) => !shows(f));
  const foot = [
    ...(open.length === 0 ? wrap(nothingFound(scanned.machine)[lang], columns) : []),
    ...folded(hidden, lang),
    ...(ignored.length > 0 && !options.ignored ? [text(`${ignored.length} ${ignored.length === 1 ? 'is' : 'are'} ignored, with a reason: --verbose shows them.`, `已忽略 ${ignored.length} 个（均有理由）：用 --verbose 查看。`)[lang]] : []),
  ];
  const next = text(
    `${counted(open.length, 'finding')}: ${tally(open, lang)}${inRows(open).en}. The diff of the recommended ways: harden-tui fix`,
    `${open.length} 个问题：${tally(open, lang)}${inRows(open)['zh-CN']}。查看推荐办法的差异：harden-tui fix`,
  )[lang];
  const lines = [
    ...shown.flatMap((f) => [...prettyFinding(f, scanned.offers.get(f.id) ?? [], options), '']),
    ...foot,
    ...blindLines(scanned.blind, options),
    ...elsewhere(scanned.machine.elsewhere, options),
    ...(open.length > 0 ? ['', ...ending(suggest(next), columns)] : []),
  ];
  return hiddenIn(`${lines.join('\n').replace(/\n{3,}/g, '\n\n')}\n`, lang);
}
