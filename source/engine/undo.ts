import { didNotRun, type StopUndo } from '../changes/stop-services.ts';
import type { Machine } from '../model/machine.ts';
import type { Plan } from '../model/plan.ts';
import type { Verdict } from '../model/proof.ts';
import { logged } from '../system/logged.ts';
import type { System } from '../system/system.ts';
import { guarded } from './guarded.ts';
import { continueJournal, readRun, type Journal, type Recorded } from './journal.ts';
import { lockOf, withLock } from './lock.ts';
import { standing, type Part } from './part.ts';
import { runningOf } from './running.ts';
import type { Event, Result } from './session.ts';
import { hostOwners, leftRunning, startedWith } from './taken.ts';
import { benchOf, goingOf, mustBePossible, openRun, walkBack } from './walk-back.ts';
import { stayingOf } from './waiting.ts';
import { unwellOf } from './unwell.ts';
import { watch } from './watch.ts';
import { isSilent } from './worker-answers.ts';

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

/** Takes a run back, today or next week, from any terminal. Undo never rebuilds: it brings the kept things back. */
export async function undo(run: string, context: UndoContext): Promise<Result> {
  const { system, state } = context;
  const { head } = await openRun(run, context);
  return withLock(system.files, system.processes, state, lockOf(head), () => guarded(system, async (guards) => {
    // Once more: whoever had the lock may have taken it back.
    const recorded = await openRun(run, context);
    await mustBePossible(recorded, context, context.machine.docker?.id);
    return takenBack(recorded, context, guards);
  }));
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
  const { head: { run }, vitals: known, ending } = recorded;
  const { system, state, onEvent, step } = context;
  const going = goingOf(recorded, step);
  const { part, steps, undos } = going;
  const journal = continueJournal(system.files, state, run);
  // A stop that others share is not taken back as long as they stand.
  const own: Journal = { run, write: async (line) => (line.t === 'taken-back' && part?.shared.has(line.step) ? undefined : journal.write(line)) };
  const replaced = startedWith({ steps });
  // What was true before a run that was cut off, or that is undone in part, is in its journal; what is seen now is the middle.
  const watcher = await watch({ ...context, replaced, leftRunning: leftRunning({ steps }), hosts: hostOwners({ steps }), checks: [], ...(ending === 'applied' ? {} : { known }) });
  const bench = benchOf(recorded, going, logged(system, (argv) => onEvent({ kind: 'command', argv })), (line) => onEvent({ kind: 'line', step: 0, line }));
  onEvent({ kind: 'phase', phase: 'taking-back' });
  await journal.write({ t: 'taking-back', at: system.now().toISOString() });
  await guards(run);
  watcher.stopped(replaced);
  const back = await walkBack(recorded, going, bench, state, own, onEvent);
  const idle = steps.flatMap(({ number, change }) => (change.kind === 'stop-services' && undos.has(number) ? didNotRun(undos.get(number) as StopUndo) : []));
  const vitals = (await watcher.again()).filter((v) => !idle.includes(v.service));
  for (const vital of vitals) onEvent({ kind: 'vital', vital });
  const worse = vitals.some((v) => v.result === 'WORSE' || isSilent(v));
  const unwell = worse ? { unwell: unwellOf(vitals, await context.inspectAgain()) } : {};
  const verdicts = part && step !== undefined && !back.failed ? await closePart(recorded, part, step, journal, context) : [];
  if (!part && !back.failed) await journal.write({ t: 'end', ending: context.by === 'watchman' ? 'cut-off' : 'undone', at: system.now().toISOString(), ...unwell });
  const ended = await readRun(system.files, state, run);
  const rest = ended && stayingOf(ended);
  onEvent({ kind: 'phase', phase: 'ended' });
  const left = verdicts.some((v) => v.outcome !== 'gone' && !v.due);
  return {
    run, ending: 'taken-back', exitCode: back.failed || worse || left || back.stays.length + back.aside.length > 0 ? 3 : 0, verdicts, vitals, remarks: [...back.remarks, ...back.together], stays: back.stays, ...(back.aside.length > 0 ? { aside: back.aside } : {}), stuck: back.failed, ...(rest ? { rest } : {}), ...unwell, ...(back.hand.length > 0 ? { hand: back.hand } : {}),
    away: watcher.away(),
  };
}
