import { elsewhereOf, elsewhereWords } from '../engine/elsewhere.ts';
import { quote } from '../files/shellwords.ts';
import type { Result } from '../engine/session.ts';
import type { Plan } from '../model/plan.ts';
import { spaced, text, type Lang, type Text } from '../model/text.ts';
import { cameToText, verdictsOf } from './came-to.ts';
import { discreet } from './discreet.ts';
import { oneLine } from './plain.ts';
import { OUTCOME } from './terms.ts';
import { wrap } from './wrap.ts';

const COLUMNS = 72;

const capital = (sentence: string): string => sentence.slice(0, 1).toUpperCase() + sentence.slice(1);
/** What whoever brings this to a server has to do there first. */
const elsewhere = (plan: Plan, lang: Lang): readonly string[] => elsewhereOf(plan).flatMap((one) => ['', ...wrap(`${capital(elsewhereWords(one)[lang])}${one.argv.length > 0 ? '' : text('.', '。')[lang]}`, COLUMNS), ...(one.argv.length > 0 ? [`    ${oneLine(quote(one.argv))}`] : [])]);

/** A commit message for what a run changed: each risk with the proof that was seen, what still answers, and how it was done. */
export function commitMessage(plan: Plan, result: Result, left: readonly Text[], lang: Lang): string {
  const verdicts = verdictsOf(result);
  const gone = verdicts.filter((v) => v.outcome === 'gone');
  const came = cameToText({ ...result, plan });
  const compared = result.vitals.filter((v) => v.result !== undefined);
  const same = compared.filter((v) => v.result === 'same').length;
  const item = (words: string): readonly string[] => wrap(oneLine(discreet(words)), COLUMNS - 2).map((row, i) => `${i === 0 ? '- ' : '  '}${row}`);
  const [only] = gone;
  const head = verdicts.length === 1 && only
    ? text(`Harden ${plan.name}: ${only.title.en} no more`, `加固 ${plan.name}：消除“${only.title['zh-CN']}”`)
    : gone.length === 0 ? text(`Change ${plan.name}: nothing proven gone yet`, `修改 ${plan.name}：尚未验证到消除`)
    : text(`Harden ${plan.name}: ${came.en}`, `加固 ${plan.name}：${came['zh-CN']}`);
  const answers = text(`${same} of ${compared.length} answers as before.`, `${compared.length} 处响应里有 ${same} 处照旧。`);
  return [
    oneLine(head[lang]), '',
    ...verdicts.flatMap((v) => item(text(`${OUTCOME[v.outcome].en}: ${v.title.en}. Seen: ${v.proof.en}`, `${OUTCOME[v.outcome]['zh-CN']}“${v.title['zh-CN']}”，看到${spaced(v.proof['zh-CN']).trimEnd()}`)[lang])),
    ...left.flatMap((title) => item(`${OUTCOME.left[lang]}${text(': ', '：')[lang]}${title[lang]}`)),
    ...(compared.length > 0 ? ['', answers[lang]] : []),
    ...elsewhere(plan, lang),
    '', (gone.length > 0 ? text(`Proven by harden-tui on what runs (run ${result.run}).`, `由 harden-tui 在运行中的服务上验证（第 ${result.run} 次运行）。`) : text(`Written by harden-tui (run ${result.run}); nothing of it is proven.`, `由 harden-tui 写入（第 ${result.run} 次运行），尚未验证。`))[lang], '',
  ].join('\n');
}
