import { withoutOf } from '../engine/dropped.ts';
import type { Triaged } from '../engine/triage.ts';
import { quote } from '../files/shellwords.ts';
import { Stop } from '../model/errors.ts';
import type { Plan } from '../model/plan.ts';
import type { Rehearsal } from '../model/rehearsal.ts';
import { text } from '../model/text.ts';
import { oneLine } from '../report/plain.ts';
import { resultJson } from '../report/plan-json.ts';
import { resultText } from '../report/result-text.ts';
import { SEVERITY } from '../report/terms.ts';
import type { Chosen } from './choose.ts';
import { deliver, paintFor } from './deliver.ts';
import { applyWhatHolds, mayBeSortedOut, sortOutPlan } from './doctor.ts';
import { nothingToDo } from './fix-pages.ts';
import { interruptible } from './interrupt.ts';
import { columnsOf, looksHere, suggested, type Io } from './io.ts';
import { live } from './live.ts';
import type { Looked } from './look.ts';
import type { Args } from './parse.ts';
import { rehearsePlan } from './rehearse.ts';

export interface ToApply {
  readonly looked: Looked;
  readonly plan: Plan;
  readonly chosen: Chosen;
  readonly filesOnly: boolean;
}

/** The host of an endpoint as one would type it: `staging` of `ssh://me@staging:22`. */
export const hostOf = (endpoint: string): string => /^[a-z]+:\/\/(?:[^@/]*@)?(\[[^\]]+\]|[^:/]+)/.exec(endpoint)?.[1] ?? endpoint;

/** Another machine's Docker is only changed by somebody who types its name. */
async function mustBeMeant({ machine }: Looked, { lang, flags }: Args, io: Io): Promise<void> {
  const docker = machine.docker;
  if (!docker?.remote) return;
  const where = text(`Docker at ${docker.endpoint} is another machine: it is only looked at.`, `${docker.endpoint} 上的 Docker 是另一台机器：只查看，不修改。`);
  if (!flags['allow-remote']) throw new Stop(where, [text('To change it, add --allow-remote.', '若要修改它，请加 --allow-remote。')]);
  const host = hostOf(docker.endpoint);
  const typed = await io.ask?.(text(`This changes ${host}. Type its name to go on: `, `这会修改 ${host}。输入它的名字以继续：`)[lang]);
  if (typed?.trim() !== host) throw new Stop(text(`${host} was not confirmed, so nothing was started.`, `没有确认 ${host}，因此什么都没有开始。`), [text('It has to be typed at a terminal.', '需要在终端里输入它的名字。')]);
}

/** What was seen and is not in this plan: listed, and without influence on the exit code. */
function sayLeftOver({ looked, plan, chosen }: ToApply, { lang }: Args, io: Io): void {
  const chosenIds = new Set([...plan.choices.map((c) => c.finding), ...chosen.passed.map((p) => p.finding.id), ...chosen.byHand.map((b) => b.finding.id)]);
  const rest = looked.findings.filter((f) => !f.suppressed && !chosenIds.has(f.id));
  if (rest.length === 0) return;
  io.stderr.write(`${text('Not part of this run:', '不在这次运行之内：')[lang]}\n${rest.map((f) => `  ${SEVERITY[f.severity][lang]}  ${oneLine(f.title[lang])}`).join('\n')}\n`);
}

/** Applies a plan and tells how it ended; of several fixes that failed together, the rest is applied without the guilty ones. */
async function carriedOut(what: ToApply, args: Args, io: Io, interrupt: AbortSignal, found?: Triaged): Promise<number> {
  const { looked: { session }, plan, filesOnly } = what;
  const { lang, flags } = args;
  const result = await session.apply(plan, live(io.stderr, { steps: plan.steps, tell: (s) => session.tell(s), lang, verbose: flags.verbose ?? false }), interrupt);
  io.stderr.write('\n');
  const good = result.ending === 'applied';
  const out = good ? io.stdout : io.stderr;
  const page = resultText(plan, result, { lang, paint: paintFor(out, args, io.env), columns: columnsOf(out), ...looksHere(io) }, filesOnly);
  const doctored = result.ending === 'taken-back' && !result.stuck && !result.failure?.outside && !interrupt.aborted && mayBeSortedOut(what);
  if (flags.format === 'json' && !doctored) await deliver(resultJson(result, lang, found), args, io);
  else if (good) await deliver(page, args, io);
  if (!good) io.stderr.write(page);
  if (doctored) return applyWhatHolds(what, result, args, io, interrupt);
  if (good) sayLeftOver(what, args, io);
  return filesOnly && good ? 0 : result.exitCode;
}

/** A copy got worse, so nothing is begun; of several fixes the ones that hold are found by more rehearsals, and applied. */
async function notBegun(what: ToApply, { breakage }: Rehearsal, args: Args, io: Io, interrupt: AbortSignal): Promise<number> {
  const { session, machine } = what.looked;
  if (mayBeSortedOut(what)) {
    const found = await sortOutPlan(what, breakage ?? { what: text('It did not hold.', '未能成立。'), log: [] }, 'rehearsing', args, io, interrupt);
    if (found.cut && 'exitCode' in found.cut && found.cut.exitCode === 130) return 130;
    if (found.holds.length > 0 && !found.cut) {
      const code = await carriedOut({ ...what, plan: await session.plan(machine, found.holds, withoutOf(what.plan)) }, args, io, interrupt, found);
      return code === 130 ? 130 : 3;
    }
  }
  const call = args.word === 'apply' ? `harden-tui apply ${quote([args.rest ?? ''])} --no-rehearse` : 'harden-tui fix --yes --no-rehearse';
  io.stderr.write(`${suggested(text(`Nothing was begun. To apply it all the same: ${call}`, `什么都没有开始。仍要应用：${call}`)[args.lang], io)}\n`);
  return 3;
}

/** Applies what was chosen: each step said as it happens, then the verdicts; or why all of it was taken back. */
export async function applyPlan(what: ToApply, args: Args, io: Io): Promise<number> {
  const { looked, plan, chosen, filesOnly } = what;
  const { lang, flags } = args;
  if (plan.steps.length === 0) {
    const blocked = chosen.passed.length > 0 || plan.refused.length > 0;
    io.stderr.write(`${(blocked ? text('Nothing was started.', '什么都没有开始。') : nothingToDo(looked, chosen, plan))[lang]}\n`);
    return blocked ? 2 : 0;
  }
  await mustBeMeant(looked, args, io);
  io.stderr.write('\n');
  return interruptible(io, lang, async (interrupt) => {
    const shown = filesOnly || flags['no-rehearse'] ? undefined : await rehearsePlan(looked, plan, args, io, interrupt, { refuseDrift: true });
    return shown?.outcome === 'breaks' ? notBegun(what, shown, args, io, interrupt) : carriedOut(what, args, io, interrupt);
  });
}
