import type { Bench } from '../changes/deed.ts';
import { Stop } from '../model/errors.ts';
import type { Machine } from '../model/machine.ts';
import { text } from '../model/text.ts';
import { logged } from '../system/logged.ts';
import type { System } from '../system/system.ts';
import { continueJournal, readRun } from './journal.ts';
import { withLock } from './lock.ts';
import type { Event, Result } from './session.ts';
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
}

/** Takes a run back, today or next week, from any terminal. Undo never rebuilds: it brings the kept things back. */
export async function undo(run: string, context: UndoContext): Promise<Result> {
  const { system, state, machine, onEvent } = context;
  const recorded = await readRun(system.files, state, run);
  if (!recorded) {
    throw new Stop(text(`There is no run ${run}.`, `没有第 ${run} 次运行。`), [text('See what there is: harden-tui history', '查看已有的运行：harden-tui history')]);
  }
  const { head, undos } = recorded;
  if (recorded.ending === 'undone' || undos.size === 0) {
    throw new Stop(text(`Run ${run} has nothing to take back.`, `第 ${run} 次运行没有可撤销的内容。`), [text('See what there is: harden-tui history', '查看已有的运行：harden-tui history')]);
  }
  const needsDocker = head.plan.steps.some((s) => undos.has(s.number) && needsEngine(s.change));
  if (needsDocker && head.daemon !== machine.docker?.id) {
    throw new Stop(
      text(`Run ${run} was made on another Docker daemon (${head.endpoint ?? ''}).`, `第 ${run} 次运行是在另一个 Docker 守护进程上进行的（${head.endpoint ?? ''}）。`),
      [text('Choose it with --docker-host or --context, or start Docker.', '用 --docker-host 或 --context 选择它，或先启动 Docker。')],
    );
  }
  if (!(await system.files.stat(head.root).catch(() => undefined))) {
    throw new Stop(text(`The folder of run ${run} is gone: ${head.root}.`, `第 ${run} 次运行的文件夹已不存在：${head.root}。`), [text('Nothing can be taken back there. What was kept in Docker carries the tag harden-tui/keep.', '那里已无法撤销。Docker 中保留的内容带有 harden-tui/keep 标签。')]);
  }
  return withLock(system.files, system.processes, state, `${head.daemon ?? ''}:${head.root}`, async () => {
    const journal = continueJournal(system.files, state, run);
    const replaced = startedAnew(head.plan);
    const watcher = await watch({ ...context, replaced, hosts: hostOwners(head.plan), checks: [] });
    const bench: Bench = {
      system: logged(system, (argv) => onEvent({ kind: 'command', argv })),
      root: head.root, run, say: (line) => onEvent({ kind: 'line', step: 0, line }),
    };
    onEvent({ kind: 'phase', phase: 'taking-back' });
    const stoppedAt = system.now().getTime();
    const back = await takeBack(head.plan.steps, undos, bench, journal, onEvent);
    const vitals = await watcher.again();
    for (const vital of vitals) onEvent({ kind: 'vital', vital });
    const worse = vitals.some((v) => v.result === 'WORSE');
    if (!back.failed) await journal.write({ t: 'end', ending: 'undone', at: system.now().toISOString() });
    onEvent({ kind: 'phase', phase: 'ended' });
    return {
      run, ending: 'taken-back', exitCode: back.failed || worse ? 3 : 0, verdicts: [], vitals, remarks: back.remarks, stuck: back.failed,
      away: Object.fromEntries(replaced.map((s) => [s, system.now().getTime() - stoppedAt])),
    };
  });
}
