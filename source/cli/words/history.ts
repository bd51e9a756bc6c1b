import { historyText } from '../../report/runs-text.ts';
import { forgottenText, keptText } from '../../report/kept-text.ts';
import type { Session } from '../../engine/session.ts';
import { Stop } from '../../model/errors.ts';
import { text } from '../../model/text.ts';
import { paintFor } from '../deliver.ts';
import { uninterrupted } from '../interrupt.ts';
import { columnsOf, looksHere, type Io } from '../io.ts';
import { openSession } from '../look.ts';
import type { Args } from '../parse.ts';

/** Shows what is kept for a run, asks, and releases it: after that there is no way back. */
async function forget(run: string, session: Session, { lang, flags }: Args, io: Io): Promise<number> {
  const kept = await session.kept(run);
  const summary = (await session.history()).find((r) => r.run === run);
  io.stderr.write(keptText(kept, summary, lang));
  if (!flags.yes) {
    if (!io.ask) throw new Stop(text('Nobody is there to be asked, so nothing was released.', '这里无法询问，因此没有释放任何内容。'), [text(`Without asking: harden-tui history --forget ${run} --yes`, `不询问直接释放：harden-tui history --forget ${run} --yes`)]);
    const answer = await io.ask(text('Forget it? [y/N] ', '要忘记它吗？[y/N] ')[lang]);
    if (!/^(y|yes|是)$/i.test(answer?.trim() ?? '')) {
      io.stderr.write(`${text('Nothing was changed.', '没有任何改动。')[lang]}\n`);
      return answer === undefined ? 130 : 0;
    }
  }
  return uninterrupted(io, lang, async () => {
    io.stdout.write(forgottenText(await session.forget(run), lang));
    return 0;
  });
}

export async function run(args: Args, io: Io): Promise<number> {
  const session = await openSession(args, io, io.cwd);
  if (args.flags.forget !== undefined) return forget(args.flags.forget, session, args, io);
  io.stdout.write(historyText(await session.history(), { lang: args.lang, paint: paintFor(io.stdout, args, io.env), columns: columnsOf(io.stdout), ...looksHere(io) }));
  return 0;
}
