import type { BuildUndo } from '../changes/build-image.ts';
import type { Bench } from '../changes/deed.ts';
import { didNotRun, type StopUndo } from '../changes/stop-services.ts';
import { Stop } from '../model/errors.ts';
import type { Machine } from '../model/machine.ts';
import type { Plan } from '../model/plan.ts';
import type { Verdict } from '../model/proof.ts';
import { text } from '../model/text.ts';
import { logged } from '../system/logged.ts';
import type { System } from '../system/system.ts';
import { apart } from './apart.ts';
import { guarded } from './guarded.ts';
import { continueJournal, readRun, type Journal, type Recorded } from './journal.ts';
import { clearOf } from './leftovers.ts';
import { lockOf, withLock } from './lock.ts';
import { partWith, standing, undoFor, type Part } from './part.ts';
import { runningOf } from './running.ts';
import type { Event, Result } from './session.ts';
import { dropStrays } from './strays.ts';
import { takeBack } from './take-back.ts';
import { hostOwners, needsEngine, startedAnew } from './taken.ts';
import { watch } from './watch.ts';

export interface UndoContext {
  readonly system: System;
  readonly state: string;
  /** The daemon that answers now; it must be the one of the run. */
  readonly machine: Machine;
  readonly inspectAgain: () => Promise<Machine>;
  readonly onEvent: (event: Event) => void;
  /** Proves what still stands, when only a part went back. */
  readonly prove?: (plan: Plan, machine: Machine) => Promise<readonly Verdict[]>;
  /** This step alone, with whatever can't stand without it. */
  readonly step?: number;
  /** Who takes it back when nobody asked for it: the run was cut off. */
  readonly by?: 'watchman';
}

const SEE = text('See what there is: harden-tui history', '查看已有的运行：harden-tui history');

/** The run as it stands, where there is something to take back. One that was cut off before its first step only has to be closed. */
async function open(run: string, { system, state }: Pick<UndoContext, 'system' | 'state'>): Promise<Recorded> {
  const recorded = await readRun(system.files, state, run);
  if (!recorded) throw new Stop(text(`There is no run ${run}.`, `没有第 ${run} 次运行。`), [SEE]);
  if (recorded.ending !== 'unfinished' && (recorded.ending === 'undone' || recorded.undos.size === 0)) {
    throw new Stop(text(`Run ${run} has nothing to take back.`, `第 ${run} 次运行没有可撤销的内容。`), [SEE]);
  }
  return recorded;
}

async function mustBePossible({ head, undos }: Recorded, { system, machine }: UndoContext): Promise<void> {
  const needsDocker = head.plan.steps.some((s) => undos.has(s.number) && needsEngine(s.change));
  if (needsDocker && head.daemon !== machine.docker?.id) {
    throw new Stop(
      text(`Run ${head.run} was made on another Docker daemon (${head.endpoint ?? ''}).`, `第 ${head.run} 次运行是在另一个 Docker 守护进程上进行的（${head.endpoint ?? ''}）。`),
      [text('Choose it with --docker-host or --context, or start Docker.', '用 --docker-host 或 --context 选择它，或先启动 Docker。')],
    );
  }
  if (!(await system.files.stat(head.root).catch(() => undefined))) {
    throw new Stop(text(`The folder of run ${head.run} is gone: ${head.root}.`, `第 ${head.run} 次运行的文件夹已不存在：${head.root}。`), [text('Nothing can be taken back there. What was kept in Docker carries the tag harden-tui/keep.', '那里已无法撤销。Docker 中保留的内容带有 harden-tui/keep 标签。')]);
  }
}

/** Takes a run back, today or next week, from any terminal. Undo never rebuilds: it brings the kept things back. */
export async function undo(run: string, context: UndoContext): Promise<Result> {
  const { system, state } = context;
  const { head } = await open(run, context);
  return withLock(system.files, system.processes, state, lockOf(head), () => guarded(system, async (guards) => {
    // Once more: whoever had the lock may have taken it back.
    const recorded = await open(run, context);
    await mustBePossible(recorded, context);
    return takenBack(recorded, context, guards);
  }));
}

/** What goes back: all that stands, or one step of it with its dependents. */
function goes({ head, standing: stands, gone, undos, ending }: Recorded, step: number | undefined): Part | undefined {
  if (step === undefined) return undefined;
  if (ending === 'unfinished') throw new Stop(text(`Run ${head.run} was cut off in the middle: it can only go back whole.`, `第 ${head.run} 次运行中途被切断：只能整个撤销。`), [text(`Take it back: harden-tui undo ${head.run}`, `撤销它：harden-tui undo ${head.run}`)]);
  const part = partWith(head.plan, step, gone);
  if (!part?.steps.some((s) => undos.has(s.number))) throw new Stop(text(`Run ${head.run} has no step ${step} that could be taken back.`, `第 ${head.run} 次运行没有可撤销的第 ${step} 步。`), [text(`See its steps: harden-tui undo ${head.run}`, `查看它的步骤：harden-tui undo ${head.run}`)]);
  return stands.choices.every((c) => part.findings.includes(c.finding)) ? undefined : part;
}

/** The rest stands and is proven once more on what runs now; the journal says what went. */
async function closePart({ head, gone }: Recorded, part: Part, step: number, journal: Journal, context: UndoContext): Promise<readonly Verdict[]> {
  const at = (): string => context.system.now().toISOString();
  await journal.write({ t: 'part', at: at(), step, findings: part.findings });
  const rest = standing(head.plan, new Set([...gone, ...part.findings]));
  const after = await context.inspectAgain();
  const verdicts = (await context.prove?.(rest, after)) ?? [];
  for (const verdict of verdicts) context.onEvent({ kind: 'verdict', verdict });
  await journal.write({ t: 'verdicts', verdicts });
  await journal.write({ t: 'proven', at: at(), running: runningOf(rest, after) });
  return verdicts;
}

async function takenBack(recorded: Recorded, context: UndoContext, guards: (run: string) => Promise<void>): Promise<Result> {
  const { head, begun, keeps, vitals: known, ending } = recorded;
  const { system, state, onEvent, step } = context;
  const part = goes(recorded, step);
  const steps = part?.steps ?? recorded.standing.steps;
  const undos = new Map(steps.flatMap(({ number, change }) => (recorded.undos.has(number) ? [[number, undoFor(change, recorded.undos.get(number))] as const] : [])));
  const { run } = head;
  const journal = continueJournal(system.files, state, run);
  // A stop that others share is not taken back as long as they stand.
  const own: Journal = { run, write: async (line) => (line.t === 'taken-back' && part?.shared.has(line.step) ? undefined : journal.write(line)) };
  const replaced = startedAnew({ steps });
  // What was true before a run that was cut off is in its journal; what is seen now is the middle.
  const watcher = await watch({ ...context, replaced, hosts: hostOwners({ steps }), checks: [], ...(ending === 'unfinished' ? { known } : {}) });
  const bench: Bench = {
    system: logged(system, (argv) => onEvent({ kind: 'command', argv })),
    root: head.root, run, say: (line) => onEvent({ kind: 'line', step: 0, line }), ...(recorded.proven ? { left: recorded.proven.running } : {}),
    kept: [...undos.values()].flatMap((u) => { const { kept, image } = (u ?? {}) as Partial<BuildUndo>; return [kept ?? [], image ?? []].flat(); }),
  };
  onEvent({ kind: 'phase', phase: 'taking-back' });
  await journal.write({ t: 'taking-back', at: system.now().toISOString() });
  await guards(run);
  // A helper that the dead process left would work against us.
  if (ending === 'unfinished' && head.by !== undefined && (await system.processes.lives(head.by)) === false) await clearOf(head.by, { system, state });
  watcher.stopped(replaced);
  const back = await takeBack(steps, undos, bench, own, onEvent);
  const together = await apart(steps, back.left, undos, head.root, system.files);
  if (!part) await dropStrays(keeps, begun, system.docker);
  const idle = steps.flatMap(({ number, change }) => (change.kind === 'stop-services' && undos.has(number) ? didNotRun(undos.get(number) as StopUndo) : []));
  const vitals = (await watcher.again()).filter((v) => !idle.includes(v.service));
  for (const vital of vitals) onEvent({ kind: 'vital', vital });
  const worse = vitals.some((v) => v.result === 'WORSE');
  const verdicts = part && step !== undefined && !back.failed ? await closePart(recorded, part, step, journal, context) : [];
  if (!part && !back.failed) await journal.write({ t: 'end', ending: context.by === 'watchman' ? 'cut-off' : 'undone', at: system.now().toISOString() });
  onEvent({ kind: 'phase', phase: 'ended' });
  const left = verdicts.some((v) => v.outcome !== 'gone' && !v.due);
  return {
    run, ending: 'taken-back', exitCode: back.failed || worse || left || back.stays.length > 0 ? 3 : 0, verdicts, vitals, remarks: [...back.remarks, ...together], stays: back.stays, stuck: back.failed,
    away: watcher.away(),
  };
}
