import { resolve } from 'node:path';
import type { RunSummary, Session } from '../engine/session.ts';
import { Stop } from '../model/errors.ts';
import { text, type Text } from '../model/text.ts';
import { oneLine } from '../report/plain.ts';
import { suggested, type Io } from './io.ts';
import type { Args } from './parse.ts';

const cutOff = ({ run, tried }: RunSummary): Text => {
  const head = text(`Run ${run} was cut off in the middle: what it began is neither done nor taken back.`, `第 ${run} 次运行中途被切断：已开始的步骤既没有完成，也没有还原。`);
  if (!tried) return head;
  return text(`${head.en} Taking it back was tried: ${oneLine(tried.en)}`, `${head['zh-CN']}已尝试自动还原：${oneLine(tried['zh-CN'])}`);
};
const back = ({ run }: RunSummary): Text => text(`Take it back: harden-tui undo ${run}`, `撤销它：harden-tui undo ${run}`);
const on = ({ run }: RunSummary): Text => text(`Take it back, and do the same anew: harden-tui fix --finish ${run} --yes`, `撤销后重新执行同样的修复：harden-tui fix --finish ${run} --yes`);

const busy = ({ run, by }: RunSummary): Stop => new Stop(
  text(`Run ${run} is going on: process ${by ?? ''} is at it.`, `第 ${run} 次运行正在进行：由进程 ${by ?? ''} 执行。`),
  [text('Wait until it has ended, then try again.', '等它结束后再试。'), text('How it stands: harden-tui history', '查看进展：harden-tui history')],
);

/** Runs of this project, the newest last. */
async function here(session: Session, args: Args, io: Io): Promise<readonly RunSummary[]> {
  const at = resolve(io.cwd, args.rest ?? '.');
  const root = await (await io.doors.files()).realpath(at).catch(() => at);
  return (await session.history()).filter((r) => r.root === root);
}

const unfinished = (runs: readonly RunSummary[]): RunSummary | undefined => runs.findLast((r) => r.ending === 'unfinished');

/** What became of the last run, where it did not end by itself. */
export async function sayHowItEnded(session: Session, args: Args, io: Io): Promise<void> {
  const runs = await here(session, args, io);
  const [open, last] = [unfinished(runs), runs.at(-1)];
  const say = (words: Text): unknown => io.stderr.write(`${suggested(words[args.lang], io)}\n`);
  if (open && !open.by) for (const words of [cutOff(open), back(open), on(open)]) say(words);
  else if (last?.ending === 'cut-off') {
    say(text(`Run ${last.run} was cut off in the middle, and has been taken back by itself.`, `第 ${last.run} 次运行中途被切断，已自动还原。`));
    say(text(`To do the same anew: harden-tui fix --finish ${last.run} --yes`, `重新执行同样的修复：harden-tui fix --finish ${last.run} --yes`));
  }
}

/** Takes a run back, by the word for it; what it says goes to stderr, because the result of this call is another one. */
export const takeBackFirst = async (run: RunSummary, args: Args, io: Io): Promise<number> => {
  const { step: _, ...flags } = args.flags;
  return (await import('./words/undo.ts')).run({ ...args, word: 'undo', rest: run.run, flags: { ...flags, yes: true } }, { ...io, stdout: io.stderr });
};

type Wish = 'back' | 'finish' | 'leave';

async function wish(run: RunSummary, { lang }: Args, io: Io): Promise<Wish> {
  io.stderr.write(`${cutOff(run)[lang]}\n`);
  const question = text('Take it back [t], finish it: take it back and do the same anew [f], or leave it [Enter]? ', '撤销它 [t]、完成它（撤销后重新执行同样的修复）[f]，还是先不管 [Enter]？');
  const answer = (await io.ask?.(question[lang]))?.trim() ?? '';
  return /^(t|take.*|y|yes|是|撤销)$/i.test(answer) ? 'back' : /^(f|finish|完成)$/i.test(answer) ? 'finish' : 'leave';
}

async function asWished(run: RunSummary, wanted: Wish, args: Args, io: Io): Promise<number | undefined> {
  if (wanted === 'leave') return undefined;
  return wanted === 'back' ? takeBackFirst(run, args, io) : (await import('./finish.ts')).finish(run, args, io);
}

/**
 * Before a run of its own nothing may lie half-done: the journal of the old one knows the way back. Undefined where the call
 * may go on; else it has ended with this exit code.
 */
export async function mended(session: Session, args: Args, io: Io): Promise<number | undefined> {
  const run = unfinished(await here(session, args, io));
  if (!run) return undefined;
  if (run.by) throw busy(run);
  const wanted = io.ask ? await wish(run, args, io) : 'leave';
  if (wanted === 'leave') throw new Stop(cutOff(run), [back(run), on(run)]);
  const code = await asWished(run, wanted, args, io);
  // Taken back, the call goes on with what was asked of it.
  return wanted === 'back' && code === 0 ? undefined : code;
}

/** The wizard offers it first. The exit code, where that was all; undefined where the wizard is to open. */
export async function offersToMend(session: Session, args: Args, io: Io): Promise<number | undefined> {
  const run = unfinished(await here(session, args, io));
  if (!run || !io.ask) return undefined;
  if (run.by) throw busy(run);
  return asWished(run, await wish(run, args, io), args, io);
}
