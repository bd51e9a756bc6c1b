import type { Part } from '../engine/part.ts';
import type { Since } from '../engine/since.ts';
import type { Result, RunSummary } from '../engine/session.ts';
import type { Step } from '../model/plan.ts';
import { list, text, type Text } from '../model/text.ts';
import { discreet } from './discreet.ts';
import { byYou } from './left-to-you.ts';
import { oneLine } from './plain.ts';
import type { Looks } from './pretty-finding.ts';
import { askedRows } from './proven-rows.ts';
import { asItStands } from './runs-text.ts';
import { afterUndo, said, undoText } from './undo-text.ts';
import { counted, OUTCOME } from './terms.ts';
import { ending, labelled } from './wrap.ts';

type Tell = (step: Step) => Text;

const rows = (steps: readonly Step[], tell: Tell, { lang, columns }: Looks): readonly string[] =>
  steps.flatMap((s) => labelled(`  ${String(s.number).padStart(2)}`, oneLine(tell(s)[lang]), 6, columns));

const only = (run: RunSummary, part: Part): RunSummary => {
  const goes = (id: string): boolean => part.findings.includes(id);
  return { ...run, verdicts: run.verdicts.filter((v) => goes(v.finding)), along: [], plan: { ...run.plan, steps: part.steps, choices: run.plan.choices.filter((c) => goes(c.finding)), findings: run.plan.findings.filter((f) => goes(f.id)) } };
};

/** What of it is about this part. */
const own = ({ edited, owners }: Since, { steps }: Part): Since => ({ owners, edited: edited.filter((path) => steps.some(({ change }) => 'path' in change && change.path === path)) });

/** Before a part of a run goes back: which steps go along with the one that was named, what comes back, and what stays. */
export function partText(run: RunSummary, step: number, part: Part, tell: Tell, looks: Looks, since?: Since, from?: string): string {
  const { lang, columns } = looks;
  const along = part.steps.filter((s) => s.number !== step);
  const stays = titlesOf(run, asItStands(run).plan.choices.filter((c) => !part.findings.includes(c.finding)).map((c) => c.finding));
  const head = along.length === 0
    ? text(`Step ${step} of run ${run.run} goes back by itself:`, `第 ${run.run} 次运行的第 ${step} 步单独撤销：`)
    : text(`Step ${step} of run ${run.run} goes back, and with it what can't stand without it, or is one with it:`, `撤销第 ${run.run} 次运行的第 ${step} 步，连同依赖它、或与它分不开的步骤：`);
  return [
    head[lang], ...rows(part.steps, tell, looks), '',
    undoText(only({ ...run, ending: 'applied' }, part), looks, since && own(since, part), from).trimEnd(),
    ...labelled(text('What stands', '修复仍有效')[lang], stays.map((one) => oneLine(one[lang])).join(lang === 'en' ? '; ' : '；'), 17, columns), '',
  ].join('\n');
}

/** Titles in short, by what was proven or planned; an old journal may know the risk alone. */
const titlesOf = ({ verdicts, plan }: RunSummary, ids: readonly string[]): readonly Text[] => ids.map((id) => {
  const known = verdicts.find((one) => one.finding === id) ?? plan.findings.find((one) => one.id === id);
  const risk = plan.choices.find((one) => one.finding === id)?.risk ?? id;
  return known?.short ?? known?.title ?? text(risk, risk);
});

/** Why all of a run goes back although one step was named. */
export function wholeText(run: RunSummary, step: number, { lang, columns }: Looks): string {
  const others = list(asItStands(run).plan.steps.filter((s) => s.number !== step && s.change.kind !== 'by-hand').map((s) => String(s.number)));
  if (others.en === '') return '';
  const words = text(`Step ${step} stands or falls with ${/ /.test(others.en) ? 'steps' : 'step'} ${others.en}: the whole run is taken back.`, `第 ${step} 步与第 ${others['zh-CN']} 步分不开：会撤销整次运行。`);
  return `${labelled('', words[lang], 0, columns).join('\n')}\n`;
}

/** Which numbers there are, for `--step`; nothing where the run can only go back whole. */
export function stepsText(run: RunSummary, tell: Tell, looks: Looks): string {
  const { plan } = asItStands(run);
  if (run.ending !== 'applied' || plan.choices.length < 2 || !plan.ties) return '';
  const { lang, suggest = (sentence) => sentence } = looks;
  const steps = plan.steps.filter((s) => s.change.kind !== 'by-hand');
  return `${[suggest(text(`A part alone: harden-tui undo ${run.run} --step N, with what can't stand without it`, `只撤销一部分：harden-tui undo ${run.run} --step N，连同依赖它的步骤`)[lang]), ...rows(steps, tell, looks)].join('\n')}\n`;
}

/** How the undo of a part ended: what answers again, what stands in the way, and whether the rest still holds. */
export function partUndoneText(run: RunSummary, part: Part, result: Result, looks: Looks): string {
  const { lang, columns, suggest = (sentence) => sentence } = looks;
  const proven = askedRows(result.verdicts.map((v) => ({ word: OUTCOME[v.outcome][lang], title: oneLine(v.title[lang]), proof: suggest(oneLine(discreet(v.proof[lang]))) })), 13, Math.max(columns, 60));
  const named = part.steps.filter((s) => !part.shared.has(s.number)).map((s) => String(s.number));
  const numbers = list(named);
  // Edited or used since, and so left as it is: the part is back but for that.
  const stayed = result.stays ?? [];
  const but = stayed.length === 0 ? text('', '') : text(`, all but ${list(stayed.map((s) => oneLine(s.en))).en}: the lines above say why`, `，只有 ${stayed.map((s) => oneLine(s['zh-CN'])).join('、')} 没有还原：原因见上面几行`);
  const done = result.stuck
    ? text(`This part of run ${run.run} is not wholly undone; the lines above say what stands in the way. When it is gone: harden-tui undo ${run.run}`, `第 ${run.run} 次运行的这一部分没有完全撤销；原因见上面几行。等障碍消除后：harden-tui undo ${run.run}`)
    : text(`${part.findings.length === 0 ? '' : `${counted(part.findings.length, 'fix', 'fixes')} of run ${run.run} undone: ${named.length === 1 ? 'step' : 'steps'} ${numbers.en}${but.en}. `}The rest of it: harden-tui undo ${run.run}`, `第 ${run.run} 次运行中的 ${part.findings.length} 个修复已撤销：第 ${numbers['zh-CN']} 步${but['zh-CN']}。其余部分：harden-tui undo ${run.run}`);
  const next = result.stuck ? undefined : afterUndo(result);
  return `${[
    ...result.remarks.flatMap((r) => said(r[lang], columns)),
    ...(result.hand ? byYou(result.hand, lang, columns) : []),
    ...(proven.length > 0 ? [text('What stands, proven again', '仍有效的修复，再次验证')[lang], ...proven] : []),
    ...ending(suggest(done[lang]), columns),
    ...(next ? ending(suggest(next[lang]), columns) : []),
  ].join('\n')}\n`;
}
