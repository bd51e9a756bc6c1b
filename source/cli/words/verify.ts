import type { RunSummary } from '../../engine/session.ts';
import { text } from '../../model/text.ts';
import { verifiedJson, verifiedText } from '../../report/verified-text.ts';
import { deliver, paintFor } from '../deliver.ts';
import { columnsOf, looksHere, type Io } from '../io.ts';
import { openSession, warnOfSudo } from '../look.ts';
import type { Args } from '../parse.ts';
import { whichRun } from '../which-run.ts';

/** RUN, or the last one that still stands in the project that we are in, or the last one that does. */
export function runToVerify(runs: readonly RunSummary[], wanted: string | undefined, cwd: string): RunSummary {
  return whichRun(runs, wanted, cwd, {
    // One that was cut off has its own sentence, with the way on, from the engine.
    fits: (r) => r.ending === 'applied' || (wanted !== undefined && r.ending === 'unfinished'),
    notThat: (run) => text(`Nothing of run ${run} stands any more, so there is nothing to verify.`, `第 ${run} 次运行的改动都已不在，没有可验证的内容。`),
    none: text('There is no run that stands, so there is nothing to verify.', '没有仍然生效的运行，没有可验证的内容。'),
  });
}

/** Proves a run again and says what drifted. Nothing is written. */
export async function run(args: Args, io: Io): Promise<number> {
  const { lang, flags } = args;
  warnOfSudo(args, io);
  const session = await openSession(args, io, io.cwd);
  const cwd = await (await io.doors.files()).realpath(io.cwd).catch(() => io.cwd);
  const found = runToVerify(await session.history(), args.rest, cwd);
  const verified = await session.verify(found.run);
  const looks = { lang, paint: paintFor(io.stdout, args, io.env), columns: columnsOf(io.stdout), ...looksHere(io) };
  await deliver(flags.format === 'json' ? verifiedJson(verified, lang) : verifiedText(verified, looks), args, io);
  return verified.exitCode;
}
