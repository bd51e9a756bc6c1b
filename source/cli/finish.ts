import { withoutOf } from '../engine/dropped.ts';
import { outsideOfPlan } from '../engine/on-host.ts';
import type { RunSummary } from '../engine/session.ts';
import { Stop } from '../model/errors.ts';
import { text, type Text } from '../model/text.ts';
import type { Chosen, Taken } from './choose.ts';
import type { Io } from './io.ts';
import { look, openSession, type Looked } from './look.ts';
import type { Args } from './parse.ts';
import { takeBackFirst } from './unfinished.ts';
import { goOn } from './words/fix.ts';

/** The choices of the run as they stand today; what is gone, ignored or refused by now is said and left out. */
async function chosenAgain({ plan }: RunSummary, { session, machine, findings }: Looked): Promise<Chosen> {
  const taken: Taken[] = [];
  const passed: { finding: Taken['finding']; why: Text }[] = [];
  for (const choice of plan.choices) {
    const finding = findings.find((f) => f.id === choice.finding && f.risk === choice.risk);
    const offer = finding && !finding.suppressed ? (await session.offers(machine, finding)).find((o) => o.fix === choice.fix) : undefined;
    if (finding && offer && !offer.refused) taken.push({ finding, offer });
    else if (finding) passed.push({ finding, why: offer?.refused ?? text('it is ignored now', '现在已被忽略') });
  }
  return { taken, byHand: [], passed, without: withoutOf(plan) };
}

/** Takes a run back that was cut off, and applies the same choices once more, as those of a run that went back: planned anew, on what is there now. */
export async function finish(run: RunSummary, args: Args, io: Io): Promise<number> {
  if (run.ending === 'unfinished') {
    const code = await takeBackFirst(run, args, io);
    if (code !== 0) return code;
  }
  const flags = {
    ...args.flags, yes: true,
    // What the run was allowed, and how far it went, is part of what is finished.
    'files-only': run.plan.findings.length === 0,
    'system-files': outsideOfPlan(run.plan.steps, run.plan.root).length > 0,
  };
  const again: Args = { ...args, word: 'fix', rest: run.root, flags };
  const looked = await look(again, io);
  return goOn(looked, await chosenAgain(run, looked), false, again, io);
}

/** `fix --finish RUN`. */
export async function finishNamed(args: Args, io: Io): Promise<number> {
  const { flags, lang } = args;
  const named = flags.finish ?? '';
  if (flags['dry-run']) throw new Stop(text('--finish takes a run back before it plans, so there is no dry run of it.', '--finish 会先撤销再规划，因此不能试运行。'), [text(`What would be taken back: harden-tui undo ${named}`, `查看会撤销什么：harden-tui undo ${named}`)]);
  const session = await openSession(args, io, io.cwd);
  const run = (await session.history()).find((r) => r.run === named);
  const see = text('See what there is: harden-tui history', '查看已有的运行：harden-tui history');
  if (!run) throw new Stop(text(`There is no run ${named}.`, `没有第 ${named} 次运行。`), [see]);
  if (run.by) throw new Stop(text(`Run ${named} is going on: process ${run.by} is at it.`, `第 ${named} 次运行正在进行：由进程 ${run.by} 执行。`), [text('Wait until it has ended, then try again.', '等它结束后再试。')]);
  if (run.ending === 'applied') throw new Stop(text(`Run ${named} stands: there is nothing to finish.`, `第 ${named} 次运行仍然有效：没有需要完成的内容。`), [see]);
  if (!flags.yes) {
    if (!io.ask) throw new Stop(text('Nobody is there to be asked, so nothing was begun.', '这里无法询问，因此什么都没有开始。'), [text(`Without asking: harden-tui fix --finish ${named} --yes`, `不询问直接执行：harden-tui fix --finish ${named} --yes`)]);
    const question = run.ending === 'unfinished'
      ? text(`Take back what run ${named} began, and do the same anew? [y/N] `, `撤销第 ${named} 次运行已开始的部分，然后重新执行同样的修复？[y/N] `)
      : text(`Do the same as run ${named} anew? [y/N] `, `重新执行与第 ${named} 次运行同样的修复？[y/N] `);
    const answer = await io.ask(question[lang]);
    if (!/^(y|yes|是)$/i.test(answer?.trim() ?? '')) {
      io.stderr.write(`${text('Nothing was changed.', '没有任何改动。')[lang]}\n`);
      return answer === undefined ? 130 : 0;
    }
  }
  return finish(run, args, io);
}
