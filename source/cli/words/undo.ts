import { partWith, type Part } from '../../engine/part.ts';
import type { RunSummary, Session } from '../../engine/session.ts';
import { Stop } from '../../model/errors.ts';
import type { Step } from '../../model/plan.ts';
import { text, type Text } from '../../model/text.ts';
import { commandRows } from '../../report/plan-text.ts';
import { partText, partUndoneText, stepsText, wholeText } from '../../report/part-text.ts';
import { asItStands, canBeUndone } from '../../report/runs-text.ts';
import { undoneText, undoText } from '../../report/undo-text.ts';
import type { Looks } from '../../report/pretty-finding.ts';
import { paintFor } from '../deliver.ts';
import { uninterrupted } from '../interrupt.ts';
import { columnsOf, looksHere, type Io, type Out } from '../io.ts';
import { goingBack } from '../going-back.ts';
import { openSession, warnOfSudo } from '../look.ts';
import type { Args } from '../parse.ts';
import { width } from '../../report/wrap.ts';
import { whichRun } from '../which-run.ts';

/** RUN, or the last one of the project that we stand in, or the last one. */
export function runToUndo(runs: readonly RunSummary[], wanted: string | undefined, cwd: string): RunSummary {
  return whichRun(runs, wanted, cwd, {
    fits: canBeUndone,
    notThat: (run) => text(`Run ${run} has nothing to take back.`, `第 ${run} 次运行没有可撤销的内容。`),
    none: text('There is nothing to take back.', '没有可撤销的内容。'),
  });
}

/** What goes back with one step; undefined where that is all there is of the run. */
export function partOfRun(run: RunSummary, step: number): Part | undefined {
  const part = partWith(run.plan, step, new Set(run.part?.gone));
  if (!part) {
    const there = asItStands(run).plan.steps.filter((s) => s.change.kind !== 'by-hand').map((s) => s.number).join(', ');
    throw new Stop(text(`Run ${run.run} has no step ${step} that could be taken back.`, `第 ${run.run} 次运行没有可撤销的第 ${step} 步。`), [text(`Its steps: ${there}`, `它的步骤：${there.replaceAll(', ', '、')}`), text(`See them: harden-tui undo ${run.run}`, `查看：harden-tui undo ${run.run}`)]);
  }
  return asItStands(run).plan.choices.every((c) => part.findings.includes(c.finding)) ? undefined : part;
}

/** What would run; undefined where something stands in the way, which undo itself will say. */
const commandsOf = async (session: Session, run: string, step: number | undefined): Promise<readonly (readonly string[])[] | undefined> =>
  session.undoOnPaper?.(run, step).catch((error: unknown) => {
    if (error instanceof Stop) return undefined;
    throw error;
  });

/** What is above the question would be off the screen by the time it is asked. */
const tooLong = (rows: readonly string[], { rows: room, columns = 80 }: Out): boolean => room !== undefined && rows.reduce((sum, row) => sum + Math.max(1, Math.ceil(width(row) / columns)), 0) + 2 > room;

/** What comes back is to be read with the question: where the commands would push it away, `c` shows them. */
async function asked(ask: NonNullable<Io['ask']>, folded: readonly string[], count: number, { lang }: Args, io: Io): Promise<string | undefined> {
  const question = text('Take it back? [y/N] ', '要撤销吗？[y/N] ')[lang];
  if (folded.length === 0) return ask(question);
  const answer = await ask(text(`Take it back? [y/N], or c for the ${count} commands: `, `要撤销吗？[y/N]，按 c 查看要运行的 ${count} 条命令：`)[lang]);
  if (answer?.trim().toLowerCase() !== 'c') return answer;
  io.stderr.write(`${folded.join('\n')}\n\n`);
  return ask(question);
}

/** Shows what comes back, asks, and takes the run back. */
export async function run(args: Args, io: Io): Promise<number> {
  const { lang, flags } = args;
  warnOfSudo(args, io);
  const session = await openSession(args, io, io.cwd);
  const cwd = await (await io.doors.files()).realpath(io.cwd).catch(() => io.cwd);
  const found = runToUndo(await session.history(), args.rest, cwd);
  const looks = (out: Out): Looks => ({ lang, paint: paintFor(out, args, io.env), columns: columnsOf(out), ...looksHere(io) });
  const step = flags.step === undefined ? undefined : Number(flags.step);
  const part = step === undefined ? undefined : partOfRun(found, step);
  const tell = (s: Step): Text => session.tell(s);
  const since = await session.since?.(found.run);
  const shown = step !== undefined && part ? `${partText(found, step, part, tell, looks(io.stderr), since, cwd)}\n`
    : `${undoText(found, looks(io.stderr), since, cwd)}\n${step === undefined ? '' : `${wholeText(found, step, looks(io.stderr))}\n`}`;
  io.stderr.write(shown);
  // Whoever asked for a part is not given the whole unasked.
  if (step !== undefined && !part && flags.yes) throw new Stop(text(`Step ${step} can't go back alone, and a part was asked for: nothing was changed.`, `第 ${step} 步不能单独撤销，而你要的是一部分：没有任何改动。`), [text(`Take the whole run back: harden-tui undo ${found.run} --yes`, `整个撤销：harden-tui undo ${found.run} --yes`)]);
  const toCome = await commandsOf(session, found.run, part && step);
  const rows = toCome ? commandRows(toCome, lang, part?.steps ?? asItStands(found).plan.steps) : [];
  const folded = io.ask !== undefined && !flags.yes && !flags['dry-run'] && tooLong([...shown.split('\n'), ...rows], io.stderr);
  if (rows.length > 0 && !folded) io.stderr.write(`${rows.join('\n')}\n\n`);
  if (flags['dry-run']) {
    io.stderr.write(`${text('Nothing was changed.', '没有任何改动。')[lang]}\n`);
    return 0;
  }
  const only = step === undefined ? '' : ` --step ${step}`;
  if (!flags.yes) {
    if (!io.ask) throw new Stop(text('Nobody is there to be asked, so nothing was taken back.', '这里无法询问，因此没有撤销。'), [text(`Without asking: harden-tui undo ${found.run}${only} --yes`, `不询问直接撤销：harden-tui undo ${found.run}${only} --yes`)]);
    const answer = await asked(io.ask, folded ? rows : [], toCome?.length ?? 0, args, io);
    if (!/^(y|yes|是)$/i.test(answer?.trim() ?? '')) {
      io.stderr.write(`${text('Nothing was changed.', '没有任何改动。')[lang]}\n${step === undefined ? stepsText(found, tell, looks(io.stderr)) : ''}`);
      return answer === undefined ? 130 : 0;
    }
  }
  let rest = false;
  const code = await uninterrupted(io, lang, async () => {
    const { onEvent, ended } = goingBack(io.stderr, { steps: part?.steps ?? asItStands(found).plan.steps, tell, lang, verbose: flags.verbose ?? false, part: part !== undefined, since });
    // Behind the question; without one there is a blank line already.
    if (!flags.yes) io.stderr.write('\n');
    const result = await session.undo(found.run, onEvent, step);
    ended(result);
    const out = result.exitCode === 0 ? io.stdout : io.stderr;
    io.stderr.write('\n');
    out.write(part ? partUndoneText(found, part, result, looks(out)) : undoneText(found, result, looks(out)));
    rest = result.hand !== undefined && result.rest !== undefined;
    return result.exitCode;
  });
  // What waits for this person's own hands goes at once where they are here.
  if (!rest || !io.ask || flags.yes) return code;
  const answer = await io.ask(text('Enter, when that is done, takes back the rest; anything else leaves it for later: ', '做完之后按回车，还原剩下的部分；输入其他内容则留到以后：')[lang]);
  return answer === '' ? run({ ...args, rest: found.run, flags: { lang: flags.lang, yes: true, ...(flags.verbose ? { verbose: true } : {}) } }, io) : code;
}
