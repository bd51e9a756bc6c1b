import { join, resolve } from 'node:path';
import { deedOf } from '../changes/index.ts';
import { StepFailed, type Bench } from '../changes/deed.ts';
import { hashOf } from '../inspect/files.ts';
import { Bug, Stop } from '../model/errors.ts';
import type { Machine } from '../model/machine.ts';
import type { Plan } from '../model/plan.ts';
import type { Verdict, Vital } from '../model/proof.ts';
import { same, text, type Text } from '../model/text.ts';
import { logged } from '../system/logged.ts';
import type { System } from '../system/system.ts';
import { mustEqualBaseline } from './baseline.ts';
import { fillOnce } from './fill.ts';
import { guarded } from './guarded.ts';
import { mustTakeLines, openJournal } from './journal.ts';
import { mustBeDrained } from './drained.ts';
import { explained, meantBy, type Explained, type Ground } from './explained.ts';
import { lostWrite, writesOf } from './kept-writes.ts';
import { mustOpenLowPorts } from './low-ports.ts';
import { STAGES } from './rehearse/context.ts';
import { earlierStarts } from './patience.ts';
import { runningOf } from './running.ts';
import { lockOf, withLock } from './lock.ts';
import type { Event, Result } from './session.ts';
import { dropStrays } from './strays.ts';
import { takeBack } from './take-back.ts';
import { awayWith, closedPorts, hostOwners, leftRunning, startedWith } from './taken.ts';
import { watch, type Check } from './watch.ts';
import { isSilent } from './worker-answers.ts';

export interface ApplyContext {
  readonly system: System;
  readonly state: string;
  /** The machine as it was planned on; its vitals are noted before the first step. */
  readonly machine: Machine;
  /** A fresh picture, with reading commands in containers allowed. */
  readonly inspectAgain: () => Promise<Machine>;
  readonly prove: (machine: Machine) => Promise<readonly Verdict[]>;
  /** What is gone besides, though nobody chose it. */
  readonly along?: (machine: Machine) => readonly Verdict[];
  readonly checks: readonly Check[];
  /** Go on although a rebuild brings more than the fix. */
  readonly acceptDrift: boolean;
  /** It was rehearsed: the unmodified files were built, and held against what runs. */
  readonly rehearsed?: boolean;
  /** What it was planned on, and rehearsed on: what is other now may explain what fails. */
  readonly ground?: Ground;
  readonly onEvent: (event: Event) => void;
  readonly interrupt?: AbortSignal;
}

interface Failure {
  readonly what: Text;
  readonly log: readonly string[];
  readonly step?: number;
  /** Not the plan's doing: the disk, the rights, the engine. */
  readonly outside?: true;
}

class Interrupted extends Error {}

/** Refuses a stale plan before anything is begun: another daemon, or a file that was edited since. */
async function mustStillHold(plan: Plan, { system, machine }: ApplyContext): Promise<void> {
  if (plan.daemon && machine.docker && plan.daemon !== machine.docker.id) {
    throw new Stop(text('This plan was made for another Docker daemon.', '这个方案是为另一个 Docker 守护进程制定的。'), [text('Plan again on this one: harden-tui fix', '在这里重新规划：harden-tui fix')]);
  }
  for (const { change } of plan.steps) {
    if (change.kind !== 'edit-file') continue;
    const bytes = await system.files.read(resolve(plan.root, change.path)).catch(() => undefined);
    if (bytes && hashOf(bytes) === change.hash) continue;
    throw new Stop(text(`${change.path} was changed since it was read. Nothing was begun.`, `${change.path} 在读取之后被改过。什么都没有开始。`), [text('Run harden-tui again: it will plan with the new text.', '重新运行 harden-tui，它会按新内容重新规划。')]);
  }
}

function failureOf(error: unknown, step: number | undefined): Failure {
  const at = step === undefined ? {} : { step };
  if (error instanceof StepFailed) return { what: error.what, log: error.log, ...at };
  if (error instanceof Stop) return { what: error.what, log: error.next.map((n) => n.en), outside: true, ...at };
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC') return { what: text('The disk is full.', '磁盘已满。'), log: [message], outside: true, ...at };
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return { what: text('A file may not be written by this user.', '当前用户无权写入文件。'), log: [message], outside: true, ...at };
  if (code === 'ECONNREFUSED' || code === 'ENOENT' || code === 'ECONNRESET') return { what: text('Docker stopped answering.', 'Docker 停止响应。'), log: [message], outside: true, ...at };
  return { what: same(message), log: [], ...at };
}

/** Applies a plan: each step in the journal before it runs, then watched and proven; what fails is taken back. */
export async function apply(plan: Plan, context: ApplyContext): Promise<Result> {
  await mustStillHold(plan, context);
  await mustOpenLowPorts(plan, context.machine, context.system);
  await mustBeDrained(plan, context.machine, context.system);
  if (!context.rehearsed) await mustEqualBaseline(plan, context.machine, context.system, context.acceptDrift, join(context.state, STAGES));
  const { system, state } = context;
  await mustTakeLines(system.files, state);
  return withLock(system.files, system.processes, state, lockOf(plan), () => guarded(system, (guards) => locked(plan, context, guards)));
}

async function locked(plan: Plan, context: ApplyContext, guards: (run: string) => Promise<void>): Promise<Result> {
  const { machine, state, interrupt, onEvent } = context;
  const replaced = startedWith(plan);
  onEvent({ kind: 'phase', phase: 'vitals-before' });
  const earlier = await earlierStarts(context.system.files, state, plan.root, replaced);
  const rehearsed = context.ground?.readyMs;
  const watcher = await watch({ ...context, closes: closedPorts(plan), leftRunning: leftRunning(plan), replaced, hosts: hostOwners(plan), starts: [...earlier, ...(rehearsed === undefined ? [] : [rehearsed])] });
  const writes = await writesOf(context.system, machine, replaced);
  const journal = await openJournal(context.system.files, state);
  await guards(journal.run);
  await journal.write({
    t: 'run', run: journal.run, root: plan.root, name: plan.name, at: context.system.now().toISOString(), by: await context.system.processes.me(), plan,
    ...(machine.docker ? { endpoint: machine.docker.endpoint, daemon: machine.docker.id } : {}),
  });
  await journal.write({ t: 'vitals', vitals: watcher.before });
  let current: number | undefined;
  const system = logged(context.system, (argv) => onEvent({ kind: 'command', argv }));
  const tags: string[] = [];
  const keeps = async (tag: string): Promise<void> => {
    tags.push(tag);
    await journal.write({ t: 'keeps', tag });
  };
  const bench: Bench = { system, root: plan.root, run: journal.run, say: (line) => onEvent({ kind: 'line', step: current ?? 0, line }), fill: fillOnce(), stood: new Map(), keeps, built: (service, image) => journal.write({ t: 'built', service, image }) };
  const undos = new Map<number, unknown>();
  let why: Explained | undefined;
  const mayGoOn = (): void => {
    if (interrupt?.aborted) throw new Interrupted();
  };
  const base = { run: journal.run, remarks: [] as readonly Text[] };

  try {
    onEvent({ kind: 'phase', phase: 'steps' });
    for (const { number, change } of plan.steps) {
      mayGoOn();
      current = number;
      const started = system.now().getTime();
      onEvent({ kind: 'step', step: number, state: 'running', ms: 0 });
      const deed = deedOf(change.kind);
      const undo = await deed.prepare(change, bench);
      await journal.write({ t: 'step', step: number, undo });
      undos.set(number, undo);
      if (change.kind === 'stop-services') watcher.stopped(awayWith(change));
      if (change.kind === 'restart-host') watcher.stopped(change.services);
      await deed.run(change, undo, bench);
      await deed.arrived?.(change, undo, bench);
      await journal.write({ t: 'done', step: number });
      onEvent({ kind: 'step', step: number, state: 'done', ms: system.now().getTime() - started });
    }
    current = undefined;
    mayGoOn();
    onEvent({ kind: 'phase', phase: 'watching' });
    const watched = replaced.length > 0 ? await watcher.after() : { vitals: [] as readonly Vital[] };
    if (watched.failure) {
      const { what, log, service, machine: now } = watched.failure;
      why = explained(service, log, plan, now, context.ground);
      throw new StepFailed(what, log);
    }
    mayGoOn();
    onEvent({ kind: 'phase', phase: 'proving' });
    const after = await context.inspectAgain();
    const lost = lostWrite(writes, await writesOf(context.system, after, replaced), plan);
    if (lost) {
      why = explained(lost.service, [], plan, after, context.ground);
      throw new StepFailed(lost.what, []);
    }
    const verdicts = await context.prove(after);
    for (const verdict of verdicts) onEvent({ kind: 'verdict', verdict });
    const left = verdicts.filter((v) => v.outcome === 'left' && !v.due);
    const along = context.along?.(after) ?? [];
    await journal.write({ t: 'verdicts', verdicts, ...(along.length > 0 ? { along } : {}) });
    await journal.write({ t: 'proven', at: system.now().toISOString(), running: runningOf(plan, after) });
    if (left.length > 0) why = { blames: left.map((v) => v.finding) };
    if (left.length > 0) throw new StepFailed(text(`Still there on the new process: ${left.map((v) => v.title.en).join('; ')}`, `新进程上仍然存在：${left.map((v) => v.title['zh-CN']).join('；')}`), left.map((v) => v.proof.en));
    const away = watcher.away();
    await journal.write({ t: 'end', ending: 'applied', at: system.now().toISOString(), away });
    onEvent({ kind: 'phase', phase: 'ended' });
    return { ...base, ending: 'applied', exitCode: verdicts.every((v) => v.outcome === 'gone') && !watched.vitals.some(isSilent) ? 0 : 3, verdicts, along, vitals: watched.vitals, away };
  } catch (error) {
    const interrupted = error instanceof Interrupted;
    const failure = interrupted ? { what: text('You stopped it.', '你中止了这次运行。'), log: [] } : { ...failureOf(error, current), ...(why ?? (error instanceof StepFailed ? meantBy(error.log) : {})) };
    if (error instanceof Bug || error instanceof TypeError) onEvent({ kind: 'line', step: 0, line: String(error.stack) });
    if (current !== undefined) onEvent({ kind: 'step', step: current, state: 'failed', ms: 0, text: failure.what });
    onEvent({ kind: 'phase', phase: 'taking-back', text: failure.what });
    watcher.stopped(startedWith({ steps: plan.steps.filter((s) => undos.has(s.number)) }));
    const back = await takeBack(plan.steps, undos, bench, journal, onEvent);
    await dropStrays(tags, undos, system.docker);
    const after = replaced.length > 0 && undos.size > 0 ? await watcher.again().catch(() => []) : [];
    const ending = undos.size === 0 ? 'nothing-started' : interrupted ? 'interrupted' : 'taken-back';
    if (!back.failed) await journal.write({ t: 'end', ending, at: system.now().toISOString() }).catch(() => undefined);
    onEvent({ kind: 'phase', phase: 'ended' });
    return { ...base, remarks: back.remarks, stuck: back.failed, ending, exitCode: interrupted ? 130 : undos.size === 0 ? 2 : 3, verdicts: [], vitals: after, failure, away: watcher.away() };
  }
}
