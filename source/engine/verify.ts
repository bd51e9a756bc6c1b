import { deedOf } from '../changes/index.ts';
import type { Bench } from '../changes/deed.ts';
import { Stop } from '../model/errors.ts';
import type { HeldProof, Trace, Verified } from '../model/held.ts';
import type { Machine } from '../model/machine.ts';
import type { Plan } from '../model/plan.ts';
import type { Verdict } from '../model/proof.ts';
import { text } from '../model/text.ts';
import type { System } from '../system/system.ts';
import { isFileChange } from './edits.ts';
import { history, readRun, type Recorded } from './journal.ts';
import { containersNow, runningSince } from './running.ts';
import { needsEngine } from './taken.ts';

export interface VerifyContext {
  /** Refuses every write; reading commands in containers are allowed. */
  readonly system: System;
  readonly state: string;
  readonly inspect: (root: string) => Promise<Machine>;
  readonly prove: (plan: Plan, machine: Machine) => Promise<readonly Verdict[]>;
}

const SEE = text('See what there is: harden-tui history', '查看已有的运行：harden-tui history');

async function recordOf(run: string, { system, state }: VerifyContext): Promise<Recorded> {
  const recorded = await readRun(system.files, state, run);
  if (!recorded) throw new Stop(text(`There is no run ${run}.`, `没有第 ${run} 次运行。`), [SEE]);
  if (recorded.ending === 'unfinished') {
    throw new Stop(text(`Run ${run} was cut off in the middle, so it proved nothing.`, `第 ${run} 次运行中途被切断，没有验证过什么。`), [text(`Take it back: harden-tui undo ${run}`, `撤销它：harden-tui undo ${run}`)]);
  }
  if (recorded.ending !== 'applied') throw new Stop(text(`Nothing of run ${run} stands any more, so there is nothing to verify.`, `第 ${run} 次运行的改动都已不在，没有可验证的内容。`), [SEE]);
  const { root } = recorded.head;
  if ((await system.files.stat(root).catch(() => undefined))?.kind !== 'directory') {
    throw new Stop(text(`The folder of run ${run} is gone: ${root}.`, `第 ${run} 次运行的目录已不存在：${root}。`), [SEE]);
  }
  return recorded;
}

const needsDocker = ({ head, undos }: Recorded): boolean => head.plan.steps.some((s) => undos.has(s.number) && needsEngine(s.change));

function mustBeThatDaemon({ head }: Recorded, machine: Machine): void {
  if (!machine.docker || machine.docker.id === head.daemon) return;
  throw new Stop(
    text(`Run ${head.run} was made on another Docker daemon (${head.endpoint ?? ''}).`, `第 ${head.run} 次运行是在另一个 Docker 守护进程上进行的（${head.endpoint ?? ''}）。`),
    [text('Choose it with --docker-host or --context.', '用 --docker-host 或 --context 选择它。')],
  );
}

/** Every step that stands, asked whether all is as it left it. One that can't be asked is unknown, and the others go on. */
async function stepTraces({ standing, undos }: Recorded, machine: Machine, bench: Bench): Promise<readonly Trace[]> {
  const asked = standing.steps.filter((s) => undos.has(s.number) && (!needsEngine(s.change) || machine.docker));
  const traces = await Promise.all(asked.map(async ({ number, change }): Promise<readonly Trace[]> => {
    const found = await deedOf(change.kind).still?.(change, undos.get(number), bench).catch((error: unknown): readonly Trace[] => {
      const why = error instanceof Stop ? error.what : text(String((error as Error).message), String((error as Error).message));
      return [{ held: 'cannot-tell', what: text(`step ${number} could not be looked at: ${why.en}`, `无法查看第 ${number} 步：${why['zh-CN']}`) }];
    });
    return (found ?? []).map((t) => ({ ...t, step: number }));
  }));
  return traces.flat();
}

/** A file that a later run of ours wrote, and that is as that one left it, did not drift. */
async function withoutLaterRuns(traces: readonly Trace[], { head }: Recorded, { system, state }: VerifyContext): Promise<readonly Trace[]> {
  if (!traces.some((t) => t.file)) return traces;
  const later = (await history(system.files, state)).filter((r) => r.root === head.root && Number(r.run) > Number(head.run) && r.ending === 'applied');
  const lastFirst = (await Promise.all(later.map((r) => readRun(system.files, state, r.run)))).filter((r) => r !== undefined).reverse();
  return Promise.all(traces.map(async (trace): Promise<Trace> => {
    for (const run of lastFirst) {
      const step = run.head.plan.steps.find((s) => isFileChange(s.change) && s.change.path === trace.file && run.undos.has(s.number));
      if (!step) continue;
      const bench: Bench = { system, root: head.root, run: run.head.run, say: () => undefined };
      const left = await deedOf(step.change.kind).still?.(step.change, run.undos.get(step.number), bench);
      return left?.length === 0 ? { ...trace, held: 'holds', what: text(`${trace.file ?? ''} was changed by run ${run.head.run} since`, `${trace.file ?? ''} 后来由第 ${run.head.run} 次运行改过`) } : trace;
    }
    return trace;
  }));
}

const HELD = { gone: 'holds', left: 'drifted', 'cannot-tell': 'cannot-tell' } as const;

/** `due`: the first of two runs left the risk on purpose, and what it did prove holds. */
function heldProof(verdict: Verdict, recorded: Recorded, machine: Machine, provenAt: string): HeldProof {
  const { finding, risk, proof } = verdict;
  // That the first step holds does not say that the risk is gone.
  const title = verdict.due ? text(`the first of two steps: ${verdict.title.en}`, `两步中的第一步：${verdict.title['zh-CN']}`) : verdict.title;
  const held = verdict.due ? 'holds' : HELD[verdict.outcome];
  const subjects = recorded.head.plan.findings.find((f) => f.id === finding)?.subjects ?? [];
  const after = held === 'drifted' ? subjects.filter((s) => s.kind === 'service').flatMap((s) => containersNow(machine, s.name)).filter((c) => c.startedAt > provenAt) : [];
  const first = [...after].sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1))[0];
  return { finding, risk, title, held, proof, ...(first ? { latest: { container: first.name, at: first.startedAt } } : {}) };
}

/** Proves an old run again on what runs and lies there now: what holds, what drifted, and since when. Nothing is written. */
export async function verify(run: string, context: VerifyContext): Promise<Verified> {
  const recorded = await recordOf(run, context);
  const { head, proven, standing } = recorded;
  const machine = await context.inspect(head.root);
  if (needsDocker(recorded)) mustBeThatDaemon(recorded, machine);
  const provenAt = proven?.at ?? recorded.endedAt ?? head.at;
  const bench: Bench = { system: context.system, root: head.root, run, say: () => undefined };
  const silent: readonly Trace[] = needsDocker(recorded) && !machine.docker ? [{ held: 'cannot-tell', what: text('Docker does not answer, so nothing could be seen running', 'Docker 没有响应，看不到任何运行中的内容') }] : [];
  const traces = [
    ...(await withoutLaterRuns(await stepTraces(recorded, machine, bench), recorded, context)),
    ...(silent.length > 0 ? silent : runningSince(standing, machine, proven?.running)),
  ].map((t): Trace => (t.when && t.when.at <= provenAt ? { held: t.held, what: t.what, ...(t.step === undefined ? {} : { step: t.step }), ...(t.file === undefined ? {} : { file: t.file }) } : t));
  const proofs = (await context.prove(standing, machine)).map((v) => heldProof(v, recorded, machine, provenAt));
  const good = [...proofs, ...traces].every((p) => p.held === 'holds');
  return { run, name: head.name, root: head.root, provenAt, proofs, traces, filesOnly: head.plan.findings.length === 0, ...(recorded.gone.size > 0 ? { undone: head.plan.choices.filter((c) => recorded.gone.has(c.finding)) } : {}), exitCode: good ? 0 : 3 };
}
