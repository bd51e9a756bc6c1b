import { SEVERITIES, type Finding } from '../model/finding.ts';
import type { Plan, Step } from '../model/plan.ts';
import { text, type Lang, type Text } from '../model/text.ts';
import { because } from '../words/zh-CN/because.ts';
import { commandLine, perhapsLine, perhapsOf } from './commands-text.ts';
import { hiddenIn } from './discreet.ts';
import { inRows, isLow } from './in-rows.ts';
import { oneLine } from './plain.ts';
import { SEVERITY } from './terms.ts';
import { labelled, wrap } from './wrap.ts';

export interface PlanLooks {
  readonly lang: Lang;
  readonly columns: number;
  readonly tell: (step: Step) => Text;
  /** All that was found, for what is left of it. */
  readonly findings?: readonly Finding[];
}

const SAY = {
  steps: text('Steps', '步骤'),
  commands: text('Commands that run, in this order', '要运行的命令（按顺序）'),
  noCommands: text('No command runs: only files change.', '不运行任何命令：只改文件。'),
  dropped: text('left out: ', '已略去：'),
  together: text('belong together: ', '一起做：'),
};

/** What runs, of a plan or of an undo, or that nothing does. `steps`: theirs, for what only runs where it turns out so. */
export const commandRows = (commands: readonly (readonly string[])[], lang: Lang, steps: readonly Step[] = []): readonly string[] =>
  (commands.length > 0 ? [SAY.commands[lang], ...[...commands.map(commandLine), ...perhapsOf(steps).map((one) => perhapsLine(one, lang))].map((row) => `  ${row}`)] : [SAY.noCommands[lang]]);

/** `findings`: all of them, so that what is left is told apart from what is left and low. */
export function foreseen(plan: Plan, findings: readonly Finding[]): Text {
  const { gone, left, fresh } = plan.foreseen;
  const lows = findings.filter((one) => left.includes(one.id) && isLow(one));
  const [low, rows] = [lows.length, inRows(lows)];
  // As the wizard's plan has it: low ones are named by themselves, and alone where there are no others.
  const others = left.length - low;
  const said = low === 0 ? { en: `${others} left`, zh: `仍存在 ${others} 个` }
    : others === 0 ? { en: `${low} low left${rows.en}`, zh: `仍存在 ${low} 个低风险${rows['zh-CN']}` } : { en: `${others} left and ${low} low${rows.en}`, zh: `仍存在 ${others} 个，另有 ${low} 个低风险${rows['zh-CN']}` };
  return text(
    `Foreseen: ${gone.length} gone, ${said.en}, ${fresh.length === 0 ? 'nothing new' : `${fresh.length} NEW`}.`,
    `预计：消除 ${gone.length} 个；${said.zh}；${fresh.length === 0 ? '没有新问题' : `新增 ${fresh.length} 个`}。`,
  );
}

/** What the plan would bring in, the worst first: nobody should find that out afterwards. */
const broughtIn = (plan: Plan, lang: Lang): readonly string[] => [...plan.foreseen.fresh].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity))
  .map(({ severity, title }) => text(`  NEW, ${severity}: ${title.en}, from the files as they will be`, `  新增，${SEVERITY[severity]['zh-CN']}：${title['zh-CN']}（依据修改后的文件）`)[lang]);

/** Steps, what ties them, what could not be planned, and the commands as they can be pasted. */
export function planText(plan: Plan, commands: readonly (readonly string[])[], { lang, columns, tell, findings = [] }: PlanLooks): string {
  const joins = plan.joins.filter((j) => j.steps.length > 1).map((j) => `${text(j.steps.join(', '), `第 ${j.steps.join('、')} 步`)[lang]} ${SAY.together[lang]}${oneLine(j.because[lang])}`);
  const refused = plan.refused.map(({ choice, reason }) => text(`Not planned: ${choice.risk} (${choice.fix}): ${reason.en}`, `未纳入 ${choice.risk}（${choice.fix}）：${because(reason['zh-CN'])}`)[lang]);
  const lines = [
    ...(plan.steps.length > 0 ? [SAY.steps[lang], ...plan.steps.flatMap((s) => labelled(`  ${String(s.number).padStart(2)}`, oneLine(tell(s)[lang]), 6, columns))] : []),
    ...(plan.dropped ?? []).flatMap((s) => labelled(`  ${String(s.number).padStart(2)}`, `${SAY.dropped[lang]}${oneLine(tell(s)[lang])}${s.alone ? text(` (${s.alone.en})`, `（${s.alone['zh-CN']}）`)[lang] : ''}`, 6, columns)),
    ...(joins.length > 0 ? ['', ...joins.flatMap((j) => wrap(j, columns))] : []),
    ...(refused.length > 0 ? ['', ...refused.flatMap((r) => wrap(oneLine(r), columns))] : []),
    ...(plan.steps.length > 0 ? ['', ...wrap(oneLine(foreseen(plan, findings)[lang]), columns), ...broughtIn(plan, lang).flatMap((l) => wrap(oneLine(l), columns))] : []),
    ...(commands.length + plan.steps.length > 0 ? ['', ...commandRows(commands, lang, plan.steps)] : []),
  ];
  return lines.length === 0 ? '' : hiddenIn(`${lines.join('\n')}\n`, lang);
}
