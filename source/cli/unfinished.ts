import { resolve } from 'node:path';
import type { RunSummary, Session } from '../engine/session.ts';
import { Stop } from '../model/errors.ts';
import { text, type Text } from '../model/text.ts';
import type { Io } from './io.ts';
import type { Args } from './parse.ts';

const cutOff = (run: string): Text => text(`Run ${run} was cut off in the middle: what it began is neither done nor taken back.`, `第 ${run} 次运行中途被切断：已开始的步骤既没有完成，也没有还原。`);
const way = (run: string): Text => text(`Take it back: harden-tui undo ${run}`, `撤销它：harden-tui undo ${run}`);

/** The last run of this project that a crash or `kill -9` cut off. */
export async function unfinished(session: Session, args: Args, io: Io): Promise<RunSummary | undefined> {
  const at = resolve(io.cwd, args.rest ?? '.');
  const root = await (await io.doors.files()).realpath(at).catch(() => at);
  return (await session.history()).findLast((r) => r.root === root && r.ending === 'unfinished');
}

/** Before a run of its own nothing may lie half-done: the journal of the old one knows the way back. */
export async function mustBeMended(session: Session, args: Args, io: Io): Promise<void> {
  const run = await unfinished(session, args, io);
  if (run) throw new Stop(cutOff(run.run), [way(run.run)]);
}

/** The wizard offers it first. True when the run is to be taken back now. */
export async function offersToMend(session: Session, args: Args, io: Io): Promise<RunSummary | undefined> {
  const run = await unfinished(session, args, io);
  if (!run || !io.ask) return undefined;
  io.stderr.write(`${cutOff(run.run)[args.lang]}\n`);
  const answer = await io.ask(text('Take it back now? [Y/n] ', '现在撤销吗？[Y/n] ')[args.lang]);
  return answer !== undefined && /^(|y|yes|是)$/i.test(answer.trim()) ? run : undefined;
}
