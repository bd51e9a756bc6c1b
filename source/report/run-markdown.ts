import { elsewhereOf, elsewhereWords } from '../engine/elsewhere.ts';
import { answerWords, askedWords } from '../engine/said-vital.ts';
import type { Result } from '../engine/session.ts';
import type { Finding } from '../model/finding.ts';
import type { Plan } from '../model/plan.ts';
import { text, type Lang } from '../model/text.ts';
import { cameTo, cameToText, goneInFiles, verdictsOf } from './came-to.ts';
import { discreet } from './discreet.ts';
import { commandLine } from './commands-text.ts';
import { block, code, table, titled, words } from './markdown-marks.ts';
import { findingsTable } from './markdown.ts';
import { plain } from './plain.ts';
import { duration, OUTCOME, VITAL } from './terms.ts';

function headline(plan: Plan, result: Result, lang: Lang): string {
  const { run, ending, exitCode } = result;
  const came = cameToText({ ...result, plan });
  const seen = cameTo({ ...result, plan }).gone > 0 && goneInFiles({ ...result, plan }) === 0 ? text(', seen on what runs now', '，都是在现在运行的服务上看到的') : text('', '');
  const name = words(plan.name);
  const said = {
    applied: text(`Run ${run}: ${came.en}${seen.en}.`, `第 ${run} 次运行：${came['zh-CN']}${seen['zh-CN']}。`),
    'taken-back': text(`Run ${run} was taken back. ${name} runs as before, unless it is said below.`, `第 ${run} 次运行已还原。除下文所说之外，${name} 照旧运行。`),
    interrupted: text(`Run ${run} was stopped and taken back.`, `第 ${run} 次运行被中止，并已还原。`),
    'nothing-started': text('Nothing was started.', '什么都没有开始。'),
  }[ending];
  return `${said[lang]}${exitCode === 0 ? '' : text(` Exit code ${exitCode}.`, `退出码 ${exitCode}。`)[lang]}`;
}

/** What a run came to, as Markdown: every verdict with its proof, what still answers, what is left, and the way back. */
export function runMarkdown(plan: Plan, result: Result, left: readonly Finding[], lang: Lang): string {
  const t = (en: string, zh: string): string => text(en, zh)[lang];
  const compared = result.vitals.filter((v) => v.result !== undefined);
  const files = plan.steps.flatMap(({ change }) => (change.kind === 'edit-file' || change.kind === 'create-file' ? [change.path] : []));
  const hands = plan.steps.flatMap(({ change }) => (change.kind === 'by-hand' ? [change] : []));
  const elsewhere = result.ending === 'applied' ? elsewhereOf(plan) : [];
  const away = Object.entries(result.away);
  const applied = result.ending === 'applied';
  const verdicts = verdictsOf(result);
  return [
    `# harden-tui${t(': ', '：')}${words(plan.name)}`, '', headline(plan, result, lang),
    ...(result.failure ? ['', words(result.failure.what[lang]), ...(result.failure.log.length === 0 ? [] : ['', ...block(result.failure.log.map((row) => plain(discreet(row))).join('\n'), 'text')])] : []),
    ...(verdicts.length === 0 ? [] : ['', `## ${t('Verdicts', '结论')}`, '', ...table([t('Result', '结果'), t('What', '问题'), t('Proof', '依据')], verdicts.map((v) => [OUTCOME[v.outcome][lang], titled(v.title[lang]), words(v.proof[lang])]))]),
    ...(compared.length === 0 ? [] : ['', `## ${t('Answers before and after', '前后的响应')}`, '', ...table([t('Service', '服务'), t('Asked', '询问'), t('Before', '之前'), t('After', '之后'), ''], compared.map((v) => [words(v.service), words(askedWords(v.what)[lang]), words(answerWords(v.before)[lang]), words(answerWords(v.after ?? '')[lang]), VITAL[v.result!][lang]]))]),
    ...(away.length === 0 ? [] : ['', t(`Away: ${away.map(([service, ms]) => `${words(service)} ${duration(ms)}`).join(', ')}.`, `中断：${away.map(([service, ms]) => `${words(service)} ${duration(ms, 'zh-CN')}`).join('，')}。`)]),
    ...(result.remarks.length === 0 ? [] : ['', `## ${t('Note', '说明')}`, '', ...result.remarks.map((one) => `- ${words(one[lang])}`)]),
    ...(hands.length === 0 ? [] : ['', `## ${t('Left to you', '留给你做的')}`, '', ...hands.flatMap((one) => [`- ${words(one.words[lang])}`, ...one.commands.map((argv) => `  ${code(commandLine(argv))}`)])]),
    ...(elsewhere.length === 0 ? [] : ['', `## ${t('On other machines', '其他机器上要做的')}`, '', ...elsewhere.flatMap((one) => [`- ${words(elsewhereWords(one)[lang])}${one.argv.length > 0 ? '' : t('.', '。')}`, ...(one.argv.length > 0 ? [`  ${code(commandLine(one.argv))}`] : [])])]),
    ...(left.length === 0 ? [] : ['', `## ${t('Still there', '仍存在')}`, '', ...findingsTable(left, lang)]),
    ...(applied && files.length > 0 ? ['', `## ${t('Files changed, nothing committed', '改动的文件（没有提交）')}`, '', ...files.map((path) => `- ${code(path)}`)] : []),
    ...(applied ? ['', t(`To take it back: ${code(`harden-tui undo ${result.run}`)}`, `撤销：${code(`harden-tui undo ${result.run}`)}`)] : []), '',
  ].join('\n');
}
