import { elsewhereOf, elsewhereWords } from '../engine/elsewhere.ts';
import { answerWords, askedWords, silentWords } from '../engine/said-vital.ts';
import { isSilent } from '../engine/worker-answers.ts';
import type { Result } from '../engine/session.ts';
import type { Plan } from '../model/plan.ts';
import { quote } from '../files/shellwords.ts';
import type { Vital } from '../model/proof.ts';
import { list, text, type Lang } from '../model/text.ts';
import { answersText } from './answers.ts';
import { cameTo, cameToText, verdictsOf } from './came-to.ts';
import { discreet, hiddenIn } from './discreet.ts';
import type { Looks } from './pretty-finding.ts';
import { leftToYou } from './left-to-you.ts';
import { askedRows } from './proven-rows.ts';
import { oneLine } from './plain.ts';
import { counted, duration, OUTCOME } from './terms.ts';
import { labelled, width } from './wrap.ts';

const ROLES = { gone: 'good', left: 'unsure', 'cannot-tell': 'unsure' } as const;

/** `web was away 3.4 s, admin 2.1 s` */
const gapsOf = (away: Result['away'], lang: Lang): string =>
  Object.entries(away).map(([service, ms], i) => text(`${oneLine(service)} ${i === 0 ? 'was away ' : ''}${duration(ms)}`, `${oneLine(service)} 中断 ${duration(ms, 'zh-CN')}`)[lang]).join(lang === 'en' ? ', ' : '，');

/** `5 answers as before; web was away 3.4 s` */
function works(vitals: readonly Vital[], away: Result['away'], lang: Lang): string {
  const compared = vitals.filter((v) => v.result !== undefined);
  const same = compared.filter((v) => v.result === 'same').length;
  const gaps = gapsOf(away, lang);
  const answers = text(`${same} of ${counted(compared.length, 'answer')} as before`, `${compared.length} 处响应里有 ${same} 处照旧`);
  return text(`${answers.en}${gaps ? `; ${gaps}` : ''}.`, `${answers['zh-CN']}${gaps ? `；${gaps}` : ''}。`)[lang];
}

const changedFiles = (plan: Plan): readonly string[] => plan.steps.flatMap(({ change }) => (change.kind === 'edit-file' || change.kind === 'create-file' ? [oneLine(change.path)] : []));

function applied(plan: Plan, result: Result, name: string, looks: Looks, filesOnly: boolean): readonly string[] {
  const { lang, paint, columns, suggest = (sentence) => sentence } = looks;
  const verdicts = verdictsOf(result);
  const of = (outcome: 'gone' | 'left' | 'cannot-tell') => verdicts.filter((v) => v.outcome === outcome);
  const outcomes = askedRows(verdicts.map((v) => ({ word: paint(ROLES[v.outcome], OUTCOME[v.outcome][lang]), title: oneLine(v.title[lang]), proof: suggest(oneLine(discreet(v.proof[lang]))) })), 13, Math.max(columns, 60));
  const came = cameToText({ ...result, ending: 'applied', plan });
  const counts = cameTo({ ...result, plan });
  const unsure = counts.unknown + counts.untold;
  const count = text(`${counts.gone} gone, ${counts.left} left${unsure > 0 ? `, ${unsure} cannot tell` : ''}`, `${counts.gone} 个已消除${counts.left > 0 ? `，${counts.left} 个仍存在` : ''}${unsure > 0 ? `，${unsure} 个无法判断` : ''}`);
  const unknown = list(of('cannot-tell').map((v) => oneLine(v.title[lang])))[lang];
  const head = filesOnly
    ? text(`harden-tui: ${name}, run ${result.run}: ${came.en}.`, `harden-tui：${name}，第 ${result.run} 次运行：${came['zh-CN']}。`)
    : text(`harden-tui: ${name}, run ${result.run}. ${count.en}, ${works(result.vitals, result.away, 'en')}`, `harden-tui：${name}，第 ${result.run} 次运行。${count['zh-CN']}，${works(result.vitals, result.away, 'zh-CN')}`);
  const files = changedFiles(plan);
  return [
    ...outcomes, ...(outcomes.length > 0 ? [''] : []),
    head[lang],
    ...(files.length > 0 ? [text(`Changed, not committed: ${files.join(' ')}`, `已修改，未提交：${files.join(' ')}`)[lang]] : []),
    ...leftToYou(plan, lang, columns, suggest(text('Then: harden-tui verify', '然后：harden-tui verify')[lang])),
    ...(filesOnly ? [suggest(text('To see what it came to, build and start it, then: harden-tui scan', '想知道结果，请先构建并启动，然后：harden-tui scan')[lang])] : []),
    ...plan.owed.flatMap((one) => (one.unsure && of('gone').some((v) => v.finding === one.finding) ? [text(`Cannot tell: ${oneLine(one.unsure.en)}`, `无法判断：${oneLine(one.unsure['zh-CN'])}`)[lang]] : [])),
    ...(unknown ? [text(`Cannot tell: ${unknown}.`, `无法判断：${unknown}。`)[lang]] : []),
    ...result.vitals.filter(isSilent).map((v) => text(`Cannot tell: ${oneLine(silentWords(v).en)}.`, `无法判断：${oneLine(silentWords(v)['zh-CN'])}。`)[lang]),
    ...(filesOnly ? [] : elsewhereOf(plan).flatMap((one) => [text(`Elsewhere: ${elsewhereWords(one).en}`, `其他机器：${elsewhereWords(one)['zh-CN']}`)[lang], ...(one.argv.length > 0 ? [`  ${oneLine(quote(one.argv))}`] : [])])),
    suggest(text('Take it back: harden-tui undo', '撤销：harden-tui undo')[lang]),
  ];
}

/** Order as the storyboard has it (9b): what failed, what the program said, that all is back, what answers again. */
function takenBack(result: Result, name: string, { lang, paint, columns, suggest = (sentence) => sentence }: Looks): readonly string[] {
  const { failure, vitals, remarks } = result;
  const whole = remarks.length === 0;
  const step = failure?.step === undefined ? '' : text(`Step ${failure.step}: `, `第 ${failure.step} 步：`)[lang];
  const answering = vitals.filter((v) => v.result === 'same');
  const gaps = gapsOf(result.away, lang);
  const back = result.ending === 'nothing-started'
    ? text('Nothing was started, nothing is changed.', '什么都没有开始，也没有任何改动。')
    : whole ? text(`Everything was taken back. ${name} runs as before.`, `已全部还原。${name} 和之前一样运行。`)
      : text('Not everything could be taken back:', '没能全部还原：');
  const log = (failure?.log ?? []).map((l) => oneLine(discreet(l)));
  return [
    ...(failure && result.ending === 'interrupted' ? [oneLine(failure.what[lang])] : failure ? labelled(paint('bad', text('Failed', '失败')[lang]), step + oneLine(failure.what[lang]), width(text('Failed  ', '失败  ')[lang]), columns) : []),
    ...(log.length > 0 ? ['', text('What was said', '程序的输出')[lang], ...log.map((l) => `  ${l}`), ''] : []),
    back[lang],
    ...remarks.flatMap((r) => r[lang].split('\n')).map((r) => `  ${oneLine(discreet(r))}`),
    ...(result.stuck ? [suggest(text(`When what stands in its way is gone: harden-tui undo ${result.run}`, `等障碍消除后：harden-tui undo ${result.run}`)[lang])] : []),
    ...(answering.length > 0 ? [text(`Answers again: ${answersText(answering, 'en')}${gaps ? `; ${gaps}` : ''}`, `重新应答：${answersText(answering, 'zh-CN')}${gaps ? `；${gaps}` : ''}`)[lang]] : []),
    ...vitals.filter((v) => v.result === 'WORSE').map((v) => paint('bad', text(
      `WORSE  ${oneLine(v.service)} ${oneLine(v.what)}: ${oneLine(v.before)} > ${oneLine(v.after ?? '')}`,
      `变差  ${oneLine(v.service)} ${oneLine(askedWords(v.what)['zh-CN'])}：${oneLine(answerWords(v.before)['zh-CN'])} > ${oneLine(answerWords(v.after ?? '')['zh-CN'])}`,
    )[lang])),
  ];
}

/** The end of `fix --yes`: every verdict with the proof seen, or why nothing stayed. */
export function resultText(plan: Plan, result: Result, looks: Looks, filesOnly = false): string {
  const name = oneLine(plan.name);
  const lines = result.ending === 'applied' ? applied(plan, result, name, looks, filesOnly) : takenBack(result, name, looks);
  return hiddenIn(`${lines.join('\n')}\n`, looks.lang);
}
