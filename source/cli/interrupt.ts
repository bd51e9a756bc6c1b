import { Stop } from '../model/errors.ts';
import { text, type Lang, type Text } from '../model/text.ts';
import { suggested, type Io } from './io.ts';

const CODES: Readonly<Partial<Record<NodeJS.Signals, number>>> = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

const LEFT: Text = text('Stopped in the middle of a step. To finish or take back: harden-tui undo', '在步骤中途停止。要继续还原：harden-tui undo');

/**
 * The first Ctrl-C, SIGTERM or SIGHUP lets the running step end and asks for everything to be taken back; the second stops now, and
 * the journal says what is left: `left` tells where that is found.
 */
export async function interruptible(io: Io, lang: Lang, work: (interrupt: AbortSignal) => Promise<number>, left: Text = LEFT): Promise<number> {
  const controller = new AbortController();
  let first: NodeJS.Signals | undefined;
  const done = io.onSignal((signal) => {
    if (first) {
      io.stderr.write(`\n${suggested(left[lang], io)}\n`);
      io.exit(CODES[signal] ?? 130);
      return;
    }
    first = signal;
    io.stderr.write(`\n${text('Stopping: the running step is finished, then everything is taken back. Once more stops now.', '正在停止：等当前步骤结束，然后全部还原。再按一次立即停止。')[lang]}\n`);
    controller.abort();
  });
  try {
    const code = await work(controller.signal);
    return code === 130 && first ? (CODES[first] ?? 130) : code;
  } catch (error) {
    if (first && error instanceof Stop && error.exitCode === 130) throw new Stop(error.what, error.next, CODES[first]);
    throw error;
  } finally {
    done();
  }
}

/** Undo is not stopped half-way: that would leave a mixture. The second signal does it all the same. */
export async function uninterrupted(io: Io, lang: Lang, work: () => Promise<number>): Promise<number> {
  let heard = false;
  const done = io.onSignal((signal) => {
    if (heard) {
      io.exit(CODES[signal] ?? 130);
      return;
    }
    heard = true;
    io.stderr.write(`\n${text('This goes on to its end: stopping half-way would leave a mixture. Once more stops now.', '会一直做完：中途停止会留下半成品。再按一次立即停止。')[lang]}\n`);
  });
  try {
    return await work();
  } finally {
    done();
  }
}
