import { historyText } from '../../report/runs-text.ts';
import { forgottenText, keptText } from '../../report/kept-text.ts';
import { cleanedText, leftoversText } from '../../report/leftovers-text.ts';
import { oneLine } from '../../report/plain.ts';
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

/** Shows what dead runs left behind, asks, and removes it. */
async function clean(session: Session, args: Args, io: Io): Promise<number> {
  const { lang, flags } = args;
  const found = await session.leftovers();
  if (found.left.length === 0) {
    io.stderr.write(`${text('Nothing was left behind.', '没有留下任何东西。')[lang]}\n`);
    return 0;
  }
  io.stderr.write(leftoversText(found, { lang, paint: paintFor(io.stderr, args, io.env), columns: columnsOf(io.stderr) }, true));
  if (!flags.yes) {
    if (!io.ask) throw new Stop(text('Nobody is there to be asked, so nothing was removed.', '这里无法询问，因此没有清理任何东西。'), [text('Without asking: harden-tui history --clean --yes', '不询问直接清理：harden-tui history --clean --yes')]);
    const answer = await io.ask(text('Remove it? [y/N] ', '要清理吗？[y/N] ')[lang]);
    if (!/^(y|yes|是)$/i.test(answer?.trim() ?? '')) {
      io.stderr.write(`${text('Nothing was changed.', '没有任何改动。')[lang]}\n`);
      return answer === undefined ? 130 : 0;
    }
  }
  return uninterrupted(io, lang, async () => {
    const failed = await session.clear(found.left);
    io.stdout.write(cleanedText(found.left.length, failed, lang));
    return failed.length > 0 ? 3 : 0;
  });
}

/** One kept image by its tag: what no run here knows is released by name alone. */
async function release(tag: string, session: Session, { lang, flags }: Args, io: Io): Promise<number> {
  if (!flags.yes) {
    if (!io.ask) throw new Stop(text('Nobody is there to be asked, so nothing was released.', '这里无法询问，因此没有释放任何内容。'), [text(`Without asking: harden-tui history --forget ${tag} --yes`, `不询问直接释放：harden-tui history --forget ${tag} --yes`)]);
    const answer = await io.ask(text(`Release ${oneLine(tag)}? Whoever keeps it can't take that run back then. [y/N] `, `要释放 ${oneLine(tag)} 吗？保留它的人之后将无法撤销那次运行。[y/N] `)[lang]);
    if (!/^(y|yes|是)$/i.test(answer?.trim() ?? '')) {
      io.stderr.write(`${text('Nothing was changed.', '没有任何改动。')[lang]}\n`);
      return answer === undefined ? 130 : 0;
    }
  }
  await session.release(tag);
  io.stdout.write(`${text(`Released: ${oneLine(tag)}.`, `已释放：${oneLine(tag)}。`)[lang]}\n`);
  return 0;
}

export async function run(args: Args, io: Io): Promise<number> {
  const { flags } = args;
  const session = await openSession(args, io, io.cwd);
  if (flags.forget !== undefined) return flags.forget.includes(':') ? release(flags.forget, session, args, io) : forget(flags.forget, session, args, io);
  if (flags.clean) return clean(session, args, io);
  const looks = { lang: args.lang, paint: paintFor(io.stdout, args, io.env), columns: columnsOf(io.stdout), ...looksHere(io) };
  io.stdout.write(historyText(await session.history(), looks));
  // Without an engine, or with one that is not to be found, the runs are all that can be told.
  const found = await session.leftovers().catch(() => undefined);
  if (found) io.stdout.write(leftoversText(found, looks).replace(/^(?=.)/, '\n'));
  return 0;
}
